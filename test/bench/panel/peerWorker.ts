/** The peer's side: what a program does that uses TensorFlow.js alone, on the same backend, in a worker as ours. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-backend-webgpu';
import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import { Channel, type Contract, type Port } from '../../../src/protocol/channel';
import { freshValues } from '../../../webview/engine/weights/values';
import type { PeerContract } from './contract';
import { putMaps } from './putMaps';

type Factory = (options: Record<string, unknown>) => tf.layers.Layer;

let model: tf.LayersModel | undefined;
let perLayer: readonly tf.LayersModel[] = [];
/** Values of weights by layer, name and size. */
const values = new Map<string, Float32Array>();

const made = (): tf.LayersModel => {
  if (!model) throw new Error('No model was built.');
  return model;
};

const layersOf = (graph: ModelGraph): tf.layers.Layer[] => {
  const factories = tf.layers as unknown as Record<string, Factory>;
  const [input, ...rest] = graph.layers;
  const batchInputShape = (input?.options['batchInputShape'] ?? []) as (number | null)[];
  return rest.map(({ factory, name, options }: GraphLayer, index) => {
    const make = factories[factory];
    if (!make) throw new Error(`tf.layers.${factory} is not a layer.`);
    const weights = 'kernelInitializer' in options ? { kernelInitializer: 'zeros' } : {};
    return make({ ...(options as Record<string, unknown>), ...weights, name, ...(index === 0 ? { batchInputShape } : {}) });
  });
};

const keyOf = (layer: string, index: number, shape: readonly number[]): string => `${layer}/${index}/${shape.join('×')}`;

/** The shapes of a model's weights, known before any of them has a value. */
const build = (graph: ModelGraph): tf.Sequential => tf.sequential({ name: graph.name, layers: layersOf(graph) });

const give = (net: tf.LayersModel): void => {
  for (const layer of net.layers) {
    const given = layer.weights.map(({ shape }, index) =>
      tf.tensor(values.get(keyOf(layer.name, index, shape as number[])) ?? [], shape as number[]),
    );
    layer.setWeights(given);
    tf.dispose(given);
  }
};

const prepare = async (graph: ModelGraph, seed: number): Promise<void> => {
  const net = build(graph);
  for (const layer of net.layers) {
    for (const [index, { shape }] of layer.weights.entries()) {
      const key = keyOf(layer.name, index, shape as number[]);
      if (values.has(key)) continue;
      const [name, initializer] = index === 0 ? ['kernel', tf.initializers.heNormal({})] : ['bias', tf.initializers.zeros()];
      const fresh = await freshValues({ seed, path: layer.name, weight: `${index}:${name}` }, initializer as never, shape as number[], () =>
        Promise.resolve(),
      );
      if (fresh) values.set(key, fresh);
    }
  }
  net.dispose();
};

const inputOf = (net: tf.LayersModel, given: Float32Array): tf.Tensor =>
  tf.tensor(given, [1, ...(net.inputs[0]?.shape.slice(1) as number[])]);

const predicted = (net: tf.LayersModel, given: Float32Array): tf.Tensor => tf.tidy(() => net.predict(inputOf(net, given)) as tf.Tensor);

/** TensorFlow.js holds WebGPU work back until there is much of it. */
const handOver = (): void => {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = tf.backend() as WebGPUBackend;
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
};

new Channel<PeerContract, Contract>(self as unknown as Port, {
  start: async ({ backend, wasm }) => {
    if (backend === 'wasm') setWasmPaths(wasm);
    if (!(await tf.setBackend(backend))) throw new Error(`${backend} does not start for the peer.`);
    return null;
  },
  prepare: async ({ graph, seed }) => {
    await prepare(graph, seed);
    return null;
  },
  build: ({ graph }) => {
    model?.dispose();
    model = build(graph);
    give(model);
    return null;
  },
  predict: ({ values: given }) => {
    predicted(made(), given).dispose();
    handOver();
    return null;
  },
  output: async ({ values: given }) => {
    const output = predicted(made(), given);
    const fetched = await output.data();
    output.dispose();
    return [...fetched];
  },
  layerModels: () => {
    const { inputs, layers } = made();
    perLayer = layers.map((layer) => tf.model({ inputs, outputs: layer.output as tf.SymbolicTensor }));
    return null;
  },
  drawLayers: async ({ values: given, drawn }) => {
    const x = inputOf(made(), given);
    for (const [index, one] of perLayer.entries()) {
      const output = one.predict(x) as tf.Tensor;
      // The panel's list shows about three maps of each layer, its tiles those of one.
      putMaps(index, await output.data<'float32'>(), output.shape, drawn === 'panel' && index > 0 ? 3 : 64);
      output.dispose();
    }
    x.dispose();
    return perLayer.length;
  },
});
