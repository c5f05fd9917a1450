/**
 * Whether a source text has to do with TensorFlow.js: the one rule by which the extension starts its server and the server reads a document.
 * A cheap search; it may say yes too often (a mention in a comment), but never no where the reader could find a layer by itself.
 */
export const mentionsTensorFlow = (text: string): boolean => MENTION.test(text.length > SEARCHED ? text.slice(0, SEARCHED) : text);

/** Characters; imports stand at the top, and a search over a huge text must not be felt. */
const SEARCHED = 1_000_000;

// Packages by name, a script tag's file name, or the global `tf`: in use with what makes models and layers, or handed on whole.
const MENTION =
  /@tensorflow\/tfjs|\btensorflowjs\b|\btfjs\b|\btf\s*(?:\??\.\s*|\[['"])(?:layers|sequential|model|input|models|train)\b|[=(,]\s*tf\s*[;,)\n]/;

/** Whether a file that no one has opened is worth reading for its models: it has to do with TensorFlow.js, and says a word that makes one. */
export const mayDefineModel = (text: string): boolean => mentionsTensorFlow(text) && MAKER.test(text);

const MAKER = /\b(?:sequential|model|Sequential|LayersModel|loadLayersModel)\b/;

/** Languages, as editors call them, in which models are written. */
export const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact', 'html'] as const;
