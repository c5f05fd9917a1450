import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { CpuPainter } from '../../draw/cpuPainter';
import { withRightBatchNorm } from './batchNormKernel';
import { withoutWrongKernels } from './wrongKernels';
import type { Device, Found, Missing, ReadFile } from './types';

const bytes = (): number => tf.memory().numBytes;

/** Largest typed array that is asked of one allocation; wasm's whole memory ends at 2 GB. */
const ONE_GB = 2 ** 30;

export const findWasm = (readFile: ReadFile): Promise<Found | Missing> => {
  if (typeof WebAssembly === 'undefined') return Promise.resolve({ missing: 'no WebAssembly' });
  return Promise.resolve({ renderer: '', software: false, start: () => startWasm(readFile) });
};

const startWasm = async (readFile: ReadFile): Promise<Device> => {
  // The worker has no network: the page reads the file for it.
  const { platform } = tf.env();
  platform.fetch = async (path) => new Response(await readFile(path.slice(path.lastIndexOf('/') + 1)));
  // Without the slash at its end the path is silently taken for something else.
  setWasmPaths('./', true);
  if (!(await tf.setBackend('wasm'))) throw new Error('The wasm file does not start.');
  withoutWrongKernels('wasm');
  withRightBatchNorm('wasm');
  return { name: 'wasm', makesPrograms: false, painter: new CpuPainter(), finished: () => Promise.resolve(), bytes, largestTensor: ONE_GB };
};

export const findCpu = (): Promise<Found | Missing> =>
  Promise.resolve({
    renderer: '',
    software: false,
    start: async () => {
      await tf.setBackend('cpu');
      return {
        name: 'cpu',
        makesPrograms: false,
        painter: new CpuPainter(),
        finished: () => Promise.resolve(),
        bytes,
        largestTensor: ONE_GB,
      };
    },
  });
