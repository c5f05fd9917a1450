import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { applyLayer } from '../../../src/layers/apply';
import { replayModel } from '../../../src/layers/replay';
import type { Applied, ConcreteShape, LayerSpec, Replayed, SpecValue } from '../../../src/layers/spec';
import { productsIn } from '../../support/kernelProducts';
import { cases, layer } from './cases';
import { Net, sequential, vgg16 } from './nets';
import { realLayer, tidily } from './real';

const macs = (spec: LayerSpec, ...inputs: ConcreteShape[]): number | undefined => (applyLayer(spec, inputs) as Applied).macs;

/** With ones for inputs and weights each product is 1, so the outputs add up to the number of products. */
const products = (spec: LayerSpec, ...inputs: ConcreteShape[]): number =>
  tidily(() => {
    const ones = inputs.map((shape) => tf.ones(shape as number[]));
    return tf.sum(realLayer(tf, spec).apply(ones.length === 1 ? ones[0]! : ones) as tf.Tensor).arraySync() as number;
  });

const ones = { kernelInitializer: 'ones', depthwiseInitializer: 'ones', useBias: false };

describe('multiply-accumulates are the products that TensorFlow.js really adds up', () => {
  const counted: readonly [string, SpecValue, ...ConcreteShape[]][] = [
    ['conv1d', { filters: 3, kernelSize: 4, strides: 2 }, [1, 17, 5]],
    ['conv2d', { filters: 6, kernelSize: [5, 3] }, [1, 20, 18, 3]],
    ['conv2d', { filters: 6, kernelSize: 3, strides: [2, 3] }, [1, 20, 18, 3]],
    ['conv2d', { filters: 6, kernelSize: 3, dilationRate: 2 }, [1, 20, 18, 3]],
    ['conv3d', { filters: 2, kernelSize: [2, 3, 2] }, [1, 6, 7, 8, 3]],
    ['conv2dTranspose', { filters: 4, kernelSize: 3, strides: 2 }, [1, 7, 6, 5]],
    ['conv3dTranspose', { filters: 2, kernelSize: 2, strides: 2 }, [1, 3, 4, 5, 3]],
    ['depthwiseConv2d', { kernelSize: 3, depthMultiplier: 2, strides: 2 }, [1, 11, 12, 5]],
    ['dense', { units: 7 }, [1, 9]],
    ['dense', { units: 7 }, [1, 4, 5, 9]],
    ['dot', { axes: -1 }, [1, 9], [1, 9]],
    ['dot', { axes: [2, 2] }, [1, 4, 9], [1, 5, 9]],
    ['timeDistributed', { layer: layer('dense', { units: 3, ...ones }) }, [1, 6, 5]],
    ['timeDistributed', { layer: layer('conv2d', { filters: 3, kernelSize: 2, ...ones }) }, [1, 4, 7, 8, 2]],
  ];
  for (const [factory, options, ...inputs] of counted) {
    it(`${factory} ${JSON.stringify(options)}`, () => {
      const spec = layer(factory, { ...ones, ...(options as object) });
      assert.equal(macs(spec, ...inputs), products(spec, ...inputs));
    });
  }

  it('channels may come first', () => {
    const first = { filters: 6, kernelSize: 3, dataFormat: 'channelsFirst' };
    assert.equal(
      macs(layer('conv2d', first), [null, 3, 20, 18]),
      macs(layer('conv2d', { ...first, dataFormat: 'channelsLast' }), [null, 20, 18, 3]),
    );
  });

  it('under padding every output still counts all taps, as is the custom', () => {
    assert.equal(macs(layer('conv2d', { filters: 64, kernelSize: 3, padding: 'same' }), [null, 224, 224, 3]), 224 * 224 * 3 * 3 * 3 * 64);
  });

  it('a separable convolution is a depthwise and a pointwise one', () => {
    assert.equal(
      macs(layer('separableConv2d', { filters: 8, kernelSize: 3, depthMultiplier: 2 }), [null, 10, 10, 4]),
      8 * 8 * (9 * 4 * 2 + 4 * 2 * 8),
    );
  });

  it('recurrent layers count every gate at every step', () => {
    const [steps, size, units] = [12, 5, 7];
    const step = size * units + units * units;
    const shape = [null, steps, size];
    assert.equal(macs(layer('simpleRNN', { units }), shape), steps * step);
    assert.equal(macs(layer('gru', { units }), shape), steps * 3 * step);
    assert.equal(macs(layer('lstm', { units, returnSequences: true }), shape), steps * 4 * step);
    assert.equal(macs(layer('bidirectional', { layer: layer('lstm', { units }) }), shape), 2 * steps * 4 * step);
    const cells = [layer('gruCell', { units }), layer('lstmCell', { units: 3 })];
    assert.equal(macs(layer('rnn', { cell: cells }), shape), steps * (3 * step + 4 * (units * 3 + 3 * 3)));
    assert.equal(macs(layer('convLstm2d', { filters: 4, kernelSize: 3 }), [null, 6, 10, 11, 2]), 6 * 8 * 9 * 4 * 9 * (2 * 4 + 4 * 4));
  });

  it('layers that only compare, add or look up cost nothing', () => {
    const free: readonly [string, SpecValue, ...ConcreteShape[]][] = [
      ['maxPooling2d', {}, [null, 8, 8, 3]],
      ['batchNormalization', {}, [null, 8, 8, 3]],
      ['embedding', { inputDim: 100, outputDim: 8 }, [null, 5]],
      ['add', undefined, [null, 5], [null, 5]],
      ['flatten', {}, [null, 4, 5]],
    ];
    for (const [factory, options, ...inputs] of free) assert.equal(macs(layer(factory, options), ...inputs), 0, factory);
  });

  it('a window that is larger than its input, which TensorFlow.js lets pass, has no count', () => {
    assert.equal(macs(layer('conv2d', { filters: 6, kernelSize: 40 }), [null, 28, 30, 3]), undefined);
  });

  it('open sizes leave it open', () => {
    assert.equal(macs(layer('conv2d', { filters: 2, kernelSize: 3 }), [null, null, null, 3]), undefined);
    assert.equal(macs(layer('lstm', { units: 2 }), [null, null, 3]), undefined);
  });
});

describe('multiply-accumulates of every layer that TensorFlow.js runs', () => {
  /** A batch of one; sizes that are open in a case are left out, for nothing is said of them. */
  const real = (inputs: readonly ConcreteShape[]): readonly number[][] | undefined => {
    const shapes = inputs.map((shape) => shape.map((size, axis) => (axis === 0 ? 1 : size)));
    return shapes.every((shape): shape is number[] => shape.every((size) => typeof size === 'number')) ? shapes : undefined;
  };
  const factories = [...new Set(cases.map((one) => one.factory))];
  const counted = new Set<string>();
  /** Cells are counted with the layers that run them. */
  const COUNTED_INSIDE = new Set(['simpleRNNCell', 'gruCell', 'lstmCell', 'convLstm2dCell', 'stackedRNNCells']);
  /** A dot product of vectors runs as a multiplication and a sum; above it is held against what comes out. */
  const isDotOfVectors = (factory: string, [input = []]: readonly ConcreteShape[]): boolean => factory === 'dot' && input.length === 2;

  for (const factory of factories)
    it(`${factory}: the products in the kernels that it runs`, () => {
      for (const { options, inputs } of cases.filter((one) => one.factory === factory)) {
        const spec = layer(factory, options);
        const applied = applyLayer(spec, inputs);
        const shapes = real(inputs);
        if ('error' in applied || applied.macs === undefined || !shapes || isDotOfVectors(factory, inputs)) continue;
        const products = tidily(() => {
          try {
            const made = realLayer(tf, spec);
            const ones = shapes.map((shape) => (factory === 'embedding' ? tf.zeros(shape, 'int32') : tf.ones(shape)));
            const apply = (): unknown => made.apply(ones.length === 1 ? ones[0]! : ones);
            // Initializers multiply matrices, too, when a layer is built.
            apply();
            return productsIn(apply);
          } catch {
            // What the cpu backend does not run (channels first, in part) has nothing to be counted.
            return undefined;
          }
        });
        if (products === undefined) continue;
        assert.equal(applied.macs, products, JSON.stringify([factory, options, inputs]));
        counted.add(factory);
      }
    });

  it('no kind of layer is left out', () => {
    const left = factories.filter((factory) => !counted.has(factory) && !COUNTED_INSIDE.has(factory));
    assert.deepEqual(left, ['inputLayer']);
  });
});

describe('multiply-accumulates of models', () => {
  const total = ({ nodes }: Replayed) => nodes.reduce((sum, node) => sum + (node.macs ?? NaN), 0);

  it('VGG-16 takes the 15.5 thousand million that are told of it', () => {
    assert.equal(total(replayModel(vgg16()) as Replayed), 15_470_264_320);
  });

  it('a nested model costs what its layers cost, at the size it was made for', () => {
    const inner = sequential([
      layer('conv2d', { filters: 4, kernelSize: 3, inputShape: [10, 10, 1] }),
      layer('flatten'),
      layer('dense', { units: 3 }),
    ]);
    const cost = 8 * 8 * 9 * 4 + 256 * 3;
    const apply = (shape: number[]) => {
      const net = new Net();
      const x = net.input({ shape });
      return replayModel(net.model([x], [net.call(net.layer({ spec: 'model', model: inner }), x)])) as Replayed;
    };
    assert.equal(apply([10, 10, 1]).nodes[1]!.macs, cost);
    assert.equal(apply([12, 12, 1]).nodes[1]!.macs, undefined);
    const stacked = replayModel(sequential([{ spec: 'model', model: inner }, layer('dense', { units: 2 })])) as Replayed;
    assert.deepEqual(
      stacked.nodes.map((node) => node.macs),
      [cost, 6],
    );
  });
});
