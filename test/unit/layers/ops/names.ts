import * as core from '@tensorflow/tfjs-core';

/** Namespaces of `tf` that are not about tensors' shapes, each with the reason. */
const OTHER_NAMESPACES: { readonly [name: string]: string } = {
  default: 'the same once more',
  browser: 'reads and draws images of a page',
  io: 'loads and saves models',
  train: 'optimizers',
  serialization: 'classes of layers',
  util: 'JavaScript values',
  test_util: 'tests',
  tensor_util: 'lists of tensors',
  backend_util: 'backends',
  broadcast_util: 'backends',
  device_util: 'backends',
  gather_util: 'backends',
  kernel_impls: 'backends',
  scatter_util: 'backends',
  slice_util: 'backends',
};

/** Every function that the core of `tf` and its namespaces export, classes aside, as a path. */
export const functionPaths = (): string[] =>
  Object.entries(core).flatMap(([name, value]: [string, unknown]) => {
    if (!/^[a-z]/.test(name)) return [];
    if (typeof value === 'function') return [name];
    if (typeof value !== 'object' || value === null || Object.hasOwn(OTHER_NAMESPACES, name)) return [];
    return Object.entries(value).flatMap(([inner, found]) => (typeof found === 'function' ? [`${name}.${inner}`] : []));
  });

/** The names of all kernels that TensorFlow.js knows of. */
export const kernelNames = (): string[] =>
  Object.entries(core).flatMap(([name, value]: [string, unknown]) =>
    /^_?[A-Z]/.test(name) && name !== 'OP_SCOPE_SUFFIX' && typeof value === 'string' ? [value] : [],
  );
