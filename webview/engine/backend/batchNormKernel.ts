import * as tf from '@tensorflow/tfjs-core';

type Kernel = NonNullable<ReturnType<typeof tf.getKernel>>;
type Inputs = Readonly<Record<'x' | 'mean' | 'variance', tf.Tensor> & Partial<Record<'scale' | 'offset', tf.Tensor>>>;

let tookFormula = false;

/** True where a batch norm was computed by its formula since this was last asked. */
export const formulaTaken = (): boolean => {
  const was = tookFormula;
  tookFormula = false;
  return was;
};

/**
 * TensorFlow.js 4.22's kernels on cpu and wasm take a batch norm's statistics in turn along the last axis, whatever axis they are for (`axis: 1`).
 * There the batch norm is computed by its formula, as webgl and webgpu compute it. To be called once the backend has started.
 */
export const withRightBatchNorm = (backend: 'cpu' | 'wasm'): void => {
  const kernel = tf.getKernel('FusedBatchNorm', backend);
  if (!kernel) return;
  tf.unregisterKernel('FusedBatchNorm', backend);
  tf.registerKernel({
    kernelName: 'FusedBatchNorm',
    backendName: backend,
    kernelFunc: (params): ReturnType<Kernel['kernelFunc']> => {
      const inputs = params.inputs as unknown as Inputs;
      if (!isForAnotherAxis(inputs.mean)) return kernel.kernelFunc(params);
      tookFormula = true;
      const { varianceEpsilon } = (params.attrs ?? {}) as { readonly varianceEpsilon?: number };
      return byFormula(inputs, varianceEpsilon ?? 0.001);
    },
  });
};

/** True where the statistics are broadcast from an axis before the last one. */
const isForAnotherAxis = (mean: tf.Tensor): boolean => mean.shape.length > 1 && mean.shape.at(-1) !== tf.util.sizeFromShape(mean.shape);

const byFormula = ({ x, mean, variance, scale, offset }: Inputs, epsilon: number): tf.Tensor =>
  tf.tidy(() => {
    const normed = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
    const scaled = scale ? tf.mul(normed, scale) : normed;
    return offset ? tf.add(scaled, offset) : scaled;
  });
