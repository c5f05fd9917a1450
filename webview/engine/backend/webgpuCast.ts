import * as tf from '@tensorflow/tfjs-core';
import { webgpu_util, type WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>[0];

/**
 * Replaces the kernel that changes types on webgpu. TensorFlow.js 4.22 hands on the bits of a whole number where a float is wanted, so that every
 * truth value or index becomes zero, and with it every mask of a recurrent layer. Here the number itself is converted.
 */
export const mendCast = (): void => {
  const original = tf.getKernel('Cast', 'webgpu');
  if (!original) return;
  tf.unregisterKernel('Cast', 'webgpu');
  tf.registerKernel({
    ...original,
    kernelFunc: (params) => {
      const backend = params.backend as WebGPUBackend;
      const { x } = params.inputs as { x: tf.TensorInfo };
      const { dtype } = params.attrs as unknown as { dtype: tf.DataType };
      if (x.dtype === dtype || !isNumber(x.dtype) || !isNumber(dtype)) return original.kernelFunc(params);
      return backend.runWebGPUProgram(convert(x.shape, dtype), [x], dtype);
    },
  });
};

const isNumber = (dtype: tf.DataType): boolean => dtype === 'float32' || dtype === 'int32' || dtype === 'bool';

/** One value a thread; the backend declares input and output with their own types, and reads and writes them as floats. */
const convert = (shape: number[], dtype: tf.DataType): Program => {
  const dispatchLayout = webgpu_util.flatDispatchLayout(shape);
  const workgroupSize: [number, number, number] = [128, 1, 1];
  return {
    variableNames: ['A'],
    outputShape: shape,
    size: true,
    workgroupSize,
    dispatchLayout,
    dispatch: webgpu_util.computeDispatch(dispatchLayout, shape, workgroupSize),
    shaderKey: `layerscopeCast_${dtype}`,
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let value = getAByOutputIndex(index);
          setOutputAtIndex(index, ${dtype === 'bool' ? 'select(0.0, 1.0, value != 0.0)' : dtype === 'int32' ? 'trunc(value)' : 'value'});
        }
      }
    `,
  };
};
