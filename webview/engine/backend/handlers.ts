import * as tf from '@tensorflow/tfjs-core';
import type { Handlers } from '../../../src/protocol/channel';
import type { DeviceEvents, DeviceRequests } from '../contract/device';
import type { Running } from '../running';
import { withRightBatchNorm } from './batchNormKernel';
import { chooseBackend } from './choose';
import { findCpu, findWasm } from './cpu';
import { findWebgl } from './webgl';
import { findWebgpu } from './webgpu';

/** Freed textures beyond this go back to the driver instead of waiting to be used again, bytes. */
const IDLE_TEXTURES = 256 * 2 ** 20;

export const deviceHandlers = (engine: Running): Handlers<{ requests: DeviceRequests; events: DeviceEvents }> => ({
  start: async ({ backend, avoid }) => {
    tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', IDLE_TEXTURES);
    const chosen = await chooseBackend(
      backend,
      { webgpu: findWebgpu, webgl: findWebgl, wasm: () => findWasm(engine.readFile), cpu: findCpu },
      (reason) => engine.emit('lost', { reason }),
      avoid,
    );
    engine.device = chosen.device;
    // Other backends leave to it what they have no kernel for.
    withRightBatchNorm('cpu');
    return { name: chosen.device.name, renderer: chosen.renderer, passedOver: chosen.passedOver };
  },
  memory: () => {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes, deviceBytes: engine.device?.bytes() };
  },
});
