import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import type { PlainObject } from '../../../src/model/plain';
import { sights, type Sight } from '../../../src/features/receptiveField';
import { HEAD, onlyModel, readSource } from '../../support/readSource';

type Step = readonly [factory: 'conv2d' | 'averagePooling2d' | 'depthwiseConv2d' | 'zeroPadding2d' | 'cropping2D', options: PlainObject];

const CLASS_NAMES = {
  conv2d: 'Conv2D',
  averagePooling2d: 'AveragePooling2D',
  depthwiseConv2d: 'DepthwiseConv2D',
  zeroPadding2d: 'ZeroPadding2D',
  cropping2D: 'Cropping2D',
};
const SIZE = 40;

/** A chain of layers, with a skip from `skip[0]` to behind `skip[1]` where one is given; all weights are ones, so that nothing cancels. */
function chain(steps: readonly Step[], skip?: readonly [number, number]): { graph: ModelGraph; run: (image: tf.Tensor) => tf.Tensor } {
  const nodes: { layer: number; inputs: { node: number; index: number }[]; outputShape: (number | null)[] }[] = [];
  const layers: GraphLayer[] = [];
  const values: tf.SymbolicTensor[] = [];
  const put = (factory: string, className: string, options: PlainObject, inputs: number[], output: tf.SymbolicTensor): void => {
    layers.push({ name: `layer${layers.length}`, factory, className, options });
    nodes.push({ layer: layers.length - 1, inputs: inputs.map((node) => ({ node, index: 0 })), outputShape: output.shape });
    values.push(output);
  };
  put('input', 'InputLayer', {}, [], tf.input({ shape: [SIZE, SIZE, 1] }));
  for (const [factory, options] of steps) {
    const from = values.length - 1;
    const ones = { useBias: false, kernelInitializer: 'ones', depthwiseInitializer: 'ones' };
    const layer = (tf.layers[factory] as (options: object) => tf.layers.Layer)({
      ...options,
      ...(/conv/i.test(factory) ? ones : {}),
    });
    put(factory, CLASS_NAMES[factory], options, [from], layer.apply(values[from]!) as tf.SymbolicTensor);
    if (skip?.[1] === from + 1) {
      const inputs = [skip[0], values.length - 1];
      put('add', 'Add', {}, inputs, tf.layers.add().apply(inputs.map((index) => values[index]!)) as tf.SymbolicTensor);
    }
  }
  const model = tf.model({ inputs: values[0]!, outputs: values.at(-1)! });
  return {
    graph: { name: 'm', kind: 'functional', layers, nodes, inputs: [], outputs: [] },
    run: (image) => model.apply(image) as tf.Tensor,
  };
}

/** What the middle element of the last map really depends on, and how much further its neighbour does: by gradients. */
function measured(run: (image: tf.Tensor) => tf.Tensor): Sight {
  const extent = (offset: number): [number, number] => {
    const gradient = tf.grad((image) => {
      const out = run(image);
      const middle = Math.floor(out.shape[1]! / 2) + offset;
      return out.slice([0, middle, middle, 0], [1, 1, 1, 1]).sum();
    })(tf.ones([1, SIZE, SIZE, 1]));
    const rows = Array.from((gradient.sum([0, 2, 3]) as tf.Tensor1D).dataSync());
    return [rows.findIndex((value) => value !== 0), rows.findLastIndex((value) => value !== 0)];
  };
  const [here, next] = [extent(0), extent(1)];
  return { size: here[1] - here[0] + 1, step: next[0] - here[0] };
}

describe('receptive field', () => {
  const cases: readonly (readonly [title: string, steps: readonly Step[], skip?: readonly [number, number]])[] = [
    ['one convolution', [['conv2d', { filters: 1, kernelSize: 5 }]]],
    [
      'convolutions and a pool',
      [
        ['conv2d', { filters: 1, kernelSize: 3 }],
        ['averagePooling2d', { poolSize: 2 }],
        ['conv2d', { filters: 1, kernelSize: 3, padding: 'same' }],
      ],
    ],
    [
      'strides',
      [
        ['conv2d', { filters: 1, kernelSize: 3, strides: 2, padding: 'same' }],
        ['conv2d', { filters: 1, kernelSize: 3, strides: 2, padding: 'same' }],
      ],
    ],
    [
      'a pool of another stride',
      [
        ['averagePooling2d', { poolSize: 3, strides: 2 }],
        ['depthwiseConv2d', { kernelSize: 3 }],
      ],
    ],
    [
      'a skip',
      [
        ['conv2d', { filters: 1, kernelSize: 3, padding: 'same' }],
        ['conv2d', { filters: 1, kernelSize: 3, padding: 'same' }],
        ['conv2d', { filters: 1, kernelSize: 3, padding: 'same' }],
      ],
      [1, 3],
    ],
    [
      'padding with zeros, and cropping, which shift what lies beside a skip',
      [
        ['zeroPadding2d', { padding: [3, 3] }],
        ['conv2d', { filters: 1, kernelSize: 7, strides: 2 }],
        ['zeroPadding2d', { padding: 1 }],
        ['averagePooling2d', { poolSize: 3, strides: 2 }],
        ['conv2d', { filters: 1, kernelSize: 3, padding: 'same' }],
        ['cropping2D', { cropping: 1 }],
      ],
    ],
    [
      'a branch that is padded and one that is not',
      [
        ['zeroPadding2d', { padding: 2 }],
        ['conv2d', { filters: 1, kernelSize: 5 }],
      ],
      [0, 2],
    ],
  ];
  for (const [title, steps, skip] of cases) {
    it(`of ${title} is what the gradient reaches`, () => {
      const { graph, run } = chain(steps, skip);
      const rows = sights(graph).at(-1)![0]!;
      const truth = measured(run);
      assert.deepEqual(rows, truth);
    });
  }

  it('of a layer class of the source goes by what its call computes', () => {
    const source = (call: string): string => `${HEAD}class Own extends tf.layers.Layer {
      call(inputs: tf.Tensor4D[]) { return ${call}; }
    }
    export const m = tf.sequential({ layers: [tf.layers.conv2d({ filters: 2, kernelSize: 5, inputShape: [9, 9, 1] }), new Own({}), tf.layers.maxPooling2d({ poolSize: 2 })] });`;
    const last = (call: string): unknown => sights(onlyModel(readSource(source(call))).graph).at(-1)?.[0];
    assert.deepEqual(last('tf.localResponseNormalization(inputs[0]!, 2)'), { size: 6, step: 2 });
    assert.deepEqual(last('inputs[0]!.relu().mul(2)'), { size: 6, step: 2 });
    assert.equal(last('inputs[0]!.reverse(1)'), undefined);
  });

  it('of sequences is one of steps', () => {
    const source = `${HEAD}export const m = tf.sequential({ layers: [
      tf.layers.conv1d({ filters: 2, kernelSize: 5, inputShape: [40, 3] }),
      tf.layers.maxPooling1d({ poolSize: 2 }),
      tf.layers.conv1d({ filters: 2, kernelSize: 3 }),
    ] });`;
    const run = (): tf.LayersModel =>
      tf.sequential({
        layers: [
          tf.layers.conv1d({ filters: 1, kernelSize: 5, inputShape: [40, 1], useBias: false, kernelInitializer: 'ones' }),
          tf.layers.averagePooling1d({ poolSize: 2 }),
          tf.layers.conv1d({ filters: 1, kernelSize: 3, useBias: false, kernelInitializer: 'ones' }),
        ],
      });
    const model = run();
    const reached = tf.grad((x) => (model.apply(x) as tf.Tensor).slice([0, 5, 0], [1, 1, 1]).sum())(tf.ones([1, 40, 1]));
    const size = Array.from(reached.dataSync()).filter((value) => value !== 0).length;
    assert.deepEqual(sights(onlyModel(readSource(source)).graph).at(-1), [{ size, step: 2 }]);
  });

  it('is not known behind what mixes the image, or an open option', () => {
    const { graph } = chain([['conv2d', { filters: 1, kernelSize: 3 }]]);
    const layers = (layer: Partial<GraphLayer>): ModelGraph => ({
      ...graph,
      layers: [graph.layers[0]!, { ...graph.layers[1]!, ...layer }],
    });
    assert.equal(sights(layers({ className: 'Flatten', factory: 'flatten' }))[1], undefined);
    assert.equal(sights(layers({ factory: 'custom' }))[1], undefined);
    assert.equal(sights(layers({ options: { filters: 1, kernelSize: 3, strides: { $unknown: 's', reason: 'parameter' } } }))[1], undefined);
  });
});
