/** The worker's entry: it owns TensorFlow.js, the backend and the one canvas that everything is drawn on. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { Channel, type Handlers, type Port } from '../../src/protocol/channel';
import { chooseBackend } from './backend/choose';
import { findCpu, findWasm } from './backend/cpu';
import { findWebgl } from './backend/webgl';
import { findWebgpu } from './backend/webgpu';
import type { Device, ReadFile } from './backend/types';
import type { BuildJob, EngineContract, PageContract } from './messages';
import { Session } from './session';

/** Freed textures beyond this go back to the driver instead of waiting to be used again, bytes. */
const IDLE_TEXTURES = 256 * 2 ** 20;

let device: Device | undefined;
let session: Session | undefined;
/** Models follow one another: the next is made when the one before has freed everything. */
let following: Promise<unknown> = Promise.resolve();

const readFile: ReadFile = (name) => channel.request('file', { name });

const replaceSession = async (job: BuildJob): Promise<Session> => {
  if (!device) throw new Error('No backend has been started.');
  await session?.close();
  session = undefined;
  session = new Session(job, device, readFile, {
    filling: (bytes, of) => channel.emit('filling', { bytes, of }),
    layer: (ran) => channel.emit('layer', ran, ran.thumbnail ? [ran.thumbnail] : []),
  });
  return session;
};

const running = (): Session => {
  if (!session) throw new Error('No model has been built.');
  return session;
};

const handlers: Handlers<EngineContract> = {
  start: async ({ backend }) => {
    tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', IDLE_TEXTURES);
    const chosen = await chooseBackend(
      backend,
      { webgpu: findWebgpu, webgl: findWebgl, wasm: () => findWasm(readFile), cpu: findCpu },
      (reason) => channel.emit('lost', { reason }),
    );
    ({ device } = chosen);
    return { name: device.name, renderer: chosen.renderer, passedOver: chosen.passedOver };
  },
  build: async (job, signal) => {
    const made = following.then(() => replaceSession(job));
    following = made.catch(() => undefined);
    return (await made).build(signal);
  },
  fill: (_, signal) => running().fill(signal),
  run: (job, signal) => running().run(job, signal),
  picture: (job, signal) => running().picture(job, signal),
  numbers: () => running().numbers(),
  maps: ({ key }, signal) => running().maps(key, signal),
  memory: () => {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes, deviceBytes: device?.bytes() };
  },
};

const channel = new Channel<EngineContract, PageContract>(self as unknown as Port, handlers);
