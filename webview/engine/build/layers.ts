import * as tfl from '@tensorflow/tfjs-layers';
import type { GraphLayer, GraphNode } from '../../../src/model/graph';
import { OpsLayer } from '../ops/layer';
import { layerOptions } from './options';
import { Stop } from './stop';

/** A layer of TensorFlow.js for a layer of the graph. Throws a Stop, or what TensorFlow.js itself throws. */
export const makeLayer = (layer: GraphLayer): tfl.layers.Layer => {
  if (layer.stop !== undefined) throw new Stop(layer.stop);
  if (layer.factory === 'custom') return new OpsLayer(layer);
  const make: unknown = Object.hasOwn(tfl.layers, layer.factory)
    ? (tfl.layers as unknown as Record<string, unknown>)[layer.factory]
    : undefined;
  // `tf.layers` also holds the classes Layer, RNN and RNNCell, which are no factories.
  if (/^[A-Z]/.test(layer.factory)) throw new Stop(`tf.layers.${layer.factory} makes no layer`);
  if (typeof make !== 'function') throw new Stop(`tf.layers.${layer.factory} is not a layer of TensorFlow.js ${tfl.version_layers}`);
  const made: unknown = (make as (options: unknown) => unknown)({ ...layerOptions(layer.options, makeLayer), name: layer.name });
  if (!(made instanceof tfl.layers.Layer)) throw new Stop(`tf.layers.${layer.factory} makes no layer`);
  return made;
};

/** TensorFlow.js' own symbolic application: it checks the inputs, builds the layer, and says the outputs' shapes. */
export const applyLayer = (
  layer: tfl.layers.Layer,
  node: GraphNode,
  inputs: readonly tfl.SymbolicTensor[],
): readonly tfl.SymbolicTensor[] => {
  if (layer instanceof OpsLayer) {
    layer.expect(
      inputs.map(({ shape }) => shape),
      node,
    );
  }
  const outputs = layer.apply(inputs.length === 1 && inputs[0] ? inputs[0] : [...inputs]);
  return (Array.isArray(outputs) ? outputs : [outputs]) as tfl.SymbolicTensor[];
};
