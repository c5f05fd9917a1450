import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../../src/protocol/panel';

/**
 * Kernels that give wrong results in TensorFlow.js 4.22. On wasm the largest of a volume's window is never below zero, and a transposed convolution
 * of volumes adds up the wrong terms. Layers that need them are computed on cpu.
 */
const WRONG: Readonly<Partial<Record<BackendName, readonly string[]>>> = { wasm: ['MaxPool3D', 'Conv3DBackpropInputV2'] };

export const isWrong = (backend: string, kernel: string): boolean => (WRONG[backend as BackendName] ?? []).includes(kernel);

/** Takes the wrong kernels of a backend out, so that nothing is computed by them. */
export const withoutWrongKernels = (backend: BackendName): void => {
  for (const kernel of WRONG[backend] ?? []) if (tf.getKernel(kernel, backend)) tf.unregisterKernel(kernel, backend);
};
