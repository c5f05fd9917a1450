import type { GraphLayer, GraphNode, ModelGraph } from '../../../src/model/graph';
import type { PlainObject } from '../../../src/model/plain';

const classNames: Readonly<Record<string, string>> = {
  inputLayer: 'InputLayer',
  conv2d: 'Conv2D',
  averagePooling2d: 'AveragePooling2D',
  maxPooling2d: 'MaxPooling2D',
  flatten: 'Flatten',
  dense: 'Dense',
  add: 'Add',
  batchNormalization: 'BatchNormalization',
  activation: 'Activation',
  embedding: 'Embedding',
  lstm: 'LSTM',
};

/** A layer of a graph, as the reader would hand it over. */
export const layer = (name: string, factory: string, options: PlainObject = {}, more: Partial<GraphLayer> = {}): GraphLayer => ({
  name,
  factory,
  className: classNames[factory] ?? factory,
  options,
  site: { id: `lenet5.ts#${name}`, call: 0, of: 1, line: 10 + name.length },
  ...more,
});

export const input = (...shape: (number | null)[]): GraphLayer => ({
  name: 'input',
  factory: 'inputLayer',
  className: 'InputLayer',
  options: { batchInputShape: [null, ...shape] },
});

/** Layers that follow one another. */
export const chain = (name: string, layers: readonly GraphLayer[]): ModelGraph => ({
  name,
  kind: 'sequential',
  layers,
  nodes: layers.map((_, index): GraphNode => ({ layer: index, inputs: index === 0 ? [] : [{ node: index - 1, index: 0 }] })),
  inputs: [{ node: 0, index: 0 }],
  outputs: [{ node: layers.length - 1, index: 0 }],
});

/** A model of any form: each node names its layer by index, and the nodes that feed it. */
export const graph = (
  name: string,
  layers: readonly GraphLayer[],
  nodes: readonly (readonly [layer: number, ...inputs: number[]])[],
): ModelGraph => ({
  name,
  kind: 'functional',
  layers,
  nodes: nodes.map(([index, ...inputs]) => ({ layer: index, inputs: inputs.map((node) => ({ node, index: 0 })) })),
  inputs: nodes.flatMap(([, ...inputs], node) => (inputs.length === 0 ? [{ node, index: 0 }] : [])),
  outputs: [{ node: nodes.length - 1, index: 0 }],
});

/** LeNet-5 as `examples/lenet5.ts` has it. */
export const lenet = (activation = 'tanh'): ModelGraph =>
  chain('createLeNet', [
    input(32, 32, 1),
    layer('c1', 'conv2d', { filters: 6, kernelSize: 5, activation }),
    layer('s2', 'averagePooling2d', { poolSize: 2, strides: 2 }),
    layer('c3', 'conv2d', { filters: 16, kernelSize: 5, activation }),
    layer('s4', 'averagePooling2d', { poolSize: 2, strides: 2 }),
    layer('c5', 'conv2d', { filters: 120, kernelSize: 5, activation }),
    layer('flatten', 'flatten'),
    layer('f6', 'dense', { units: 84, activation }),
    layer('output', 'dense', { units: 10, activation: 'softmax' }),
  ]);
