/** Characters. TensorFlow.js' own bundles have some hundred thousand; a program's file that is called like one has not. */
const MIN_TENSORFLOW = 100_000;
/** Characters. What a page loads beyond this is a library or a bundle, not the program. */
const MAX_SCRIPT = 400_000;

/** A copy of TensorFlow.js among the project's files. */
export const isTensorFlowCopy = (path: string, text: string): boolean =>
  text.length > MIN_TENSORFLOW && /(^|\/)(tf|tfjs|tensorflow)([-.](core|layers|es\d+|fesm|node|min|\d))*(\.min)?\.[cm]?js$/i.test(path);

/** A script that a page loads and that is not worth a reading of its own: what it defines is not known. */
export const isLibraryScript = (path: string, text: string): boolean => text.length > MAX_SCRIPT || isTensorFlowCopy(path, text);
