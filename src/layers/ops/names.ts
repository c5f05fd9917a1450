import * as tfc from '@tensorflow/tfjs-core';

type Namespace = { readonly [name: string]: unknown };

const NAMESPACES: { readonly [name: string]: Namespace } = {
  fused: tfc.fused,
  image: tfc.image,
  linalg: tfc.linalg,
  losses: tfc.losses,
  math: tfc.math,
  signal: tfc.signal,
  sparse: tfc.sparse,
  spectral: tfc.spectral,
  string: tfc.string,
};

const spread = (why: string, names: readonly string[]): [string, string][] => names.map((name) => [name, why]);

/** Functions of `tf` that no answer is given for, each with the reason. */
export const NOT_OPS: ReadonlyMap<string, string> = new Map([
  ...spread('makes no tensor: it sets up, counts, frees or times', [
    ...[
      'backend',
      'copyRegisteredKernels',
      'deprecationWarn',
      'disableDeprecationWarnings',
      'dispose',
      'disposeVariables',
      'enableDebugMode',
    ],
    ...['enableProdMode', 'engine', 'env', 'findBackend', 'findBackendFactory', 'getBackend', 'getGradient', 'getKernel', 'memory'],
    ...['getKernelsForBackend', 'nextFrame', 'print', 'profile', 'ready', 'registerBackend', 'registerGradient', 'registerKernel'],
    ...['removeBackend', 'setBackend', 'setPlatform', 'time', 'unregisterGradient', 'unregisterKernel', 'upcastType', 'sumOutType'],
  ]),
  ...spread('runs a function of the program’s', [
    ...['customGrad', 'grad', 'grads', 'keep', 'multiRNNCell', 'op', 'rand', 'tidy', 'valueAndGrad', 'valueAndGrads', 'variableGrads'],
  ]),
  ...spread('makes something other than tensors', ['buffer']),
]);

/** Functions that wait for values before they know their result. */
const AWAITS_VALUES: ReadonlySet<string> = new Set([
  ...['booleanMaskAsync', 'inTopKAsync', 'setdiff1dAsync', 'whereAsync', 'image.nonMaxSuppressionAsync'],
  ...['image.nonMaxSuppressionPaddedAsync', 'image.nonMaxSuppressionWithScoreAsync'],
]);

/** `tf` also holds classes, which start with a capital letter. */
const isFunctionName = (name: string): boolean => /^[a-z]/.test(name);

export type Op = (...args: unknown[]) => unknown;

/** The function of TensorFlow.js under a path in `tf` (`matMul`, `image.resizeBilinear`); an own function, nothing inherited. */
export const findOp = (path: string): Op | undefined => {
  const [first = '', second, ...rest] = path.split('.');
  const space = second === undefined ? (tfc as Namespace) : Object.hasOwn(NAMESPACES, first) ? NAMESPACES[first] : undefined;
  const name = second ?? first;
  if (!space || rest.length > 0 || NOT_OPS.has(path) || !isFunctionName(name) || !Object.hasOwn(space, name)) return undefined;
  const found = space[name];
  return typeof found === 'function' ? (found as Op) : undefined;
};

/** True where `runOp` has an answer for a path in `tf`, be it a refusal. */
export const isOp = (path: string): boolean => findOp(path) !== undefined;

export const awaitsValues = (path: string): boolean => AWAITS_VALUES.has(path);
