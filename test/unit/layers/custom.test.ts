import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { applyLayer, constructLayer } from '../../../src/layers/apply';
import { replayModel } from '../../../src/layers/replay';
import { isRefused, type Applied, type CustomSpec, type Replayed } from '../../../src/layers/spec';
import { layer } from './cases';
import { Net, sequential } from './nets';
import { realApply, tidily } from './real';

const scale: CustomSpec = {
  spec: 'custom',
  className: 'Scale',
  options: { name: 'it', inputShape: [4] },
  weights: [
    { name: 'gain', shape: [4], trainable: true },
    { name: 'steps', shape: [], trainable: false },
  ],
  outputs: { '[null,4]': [null, 8] },
};

/** What the spec says of a class of the source, as the class itself. */
class Scale extends tf.layers.Layer {
  static className = 'Scale';
  override build(inputShape: tf.Shape): void {
    this.addWeight('gain', [inputShape[1]!], 'float32', tf.initializers.ones());
    this.addWeight('steps', [], 'float32', tf.initializers.zeros(), undefined, false);
    super.build(inputShape);
  }
  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape[1] === 4 ? [inputShape[0]!, 8] : inputShape;
  }
}

describe('layer classes of the source', () => {
  it('are constructed without being applied', () => {
    assert.deepEqual(constructLayer(scale), {
      className: 'Scale',
      name: 'it',
      config: { name: 'it', trainable: true, batchInputShape: [null, 4], dtype: 'float32' },
      batchInputShape: [null, 4],
    });
  });

  it('have the shapes, counts and weights of the real class', () => {
    const real = tidily(() => {
      const made = new Scale({ name: 'it', inputShape: [4] });
      const output = made.apply(tf.input({ shape: [4] })) as tf.SymbolicTensor;
      return {
        outputShape: output.shape,
        params: made.countParams(),
        weights: made.weights.map(({ originalName, shape }) => ({ originalName, shape })),
      };
    });
    const { outputShape, params, trainableParams, weights, macs, className } = applyLayer(scale, [[null, 4]]) as Applied;
    assert.deepEqual({ outputShape, params, weights: weights.map(({ name, shape }) => ({ originalName: `it/${name}`, shape })) }, real);
    assert.deepEqual({ className, trainableParams, macs }, { className: 'Scale', trainableParams: 4, macs: undefined });
  });

  it('are not followed for a shape that they were not read with, unless they keep every shape', () => {
    const refused = applyLayer(scale, [[null, 5]]);
    assert.ok(isRefused(refused) && refused.limit);
    const keeps: CustomSpec = { ...scale, outputs: { '[null,4]': [null, 4] } };
    assert.deepEqual((applyLayer(keeps, [[null, 5]]) as Applied).outputShape, [null, 5]);
  });

  it('may take and give several tensors', () => {
    const swap: CustomSpec = {
      ...scale,
      options: undefined,
      weights: [],
      outputs: {
        '[[null,4],[null,5]]': [
          [null, 5],
          [null, 4],
        ],
      },
    };
    assert.deepEqual(
      (
        applyLayer(swap, [
          [null, 4],
          [null, 5],
        ]) as Applied
      ).outputShape,
      [
        [null, 5],
        [null, 4],
      ],
    );
  });

  it('are named after their class, and may bear the name of a TensorFlow.js class', () => {
    const dense: CustomSpec = { ...scale, className: 'Dense', options: { inputShape: [4] }, weights: [] };
    const replayed = replayModel(sequential([dense, layer('dense', { units: 2 })])) as Replayed;
    assert.deepEqual(
      replayed.layers.map(({ name }) => name),
      ['dense_Dense1', 'dense_Dense2'],
    );
    assert.deepEqual(
      replayed.nodes.map(({ macs }) => macs),
      [undefined, 16],
    );
  });

  it('cannot have two weights of one name', () => {
    const twice: CustomSpec = { ...scale, weights: [scale.weights[0]!, scale.weights[0]!] };
    assert.deepEqual(applyLayer(twice, [[null, 4]]), { error: 'Duplicate weight name gain for layer it' });
  });

  it('work inside wrappers', () => {
    const { outputShape, params } = applyLayer(layer('timeDistributed', { layer: { ...scale, options: {} } }), [[null, 7, 4]]) as Applied;
    assert.deepEqual({ outputShape, params }, { outputShape: [null, 7, 8], params: 5 });
  });
});

describe('shared layers', () => {
  it('keep the weights of their first application', () => {
    const dense = layer('dense', { units: 3, name: 'it' });
    const rows = [[[null, 7, 4]], [[null, 9, 4]]] as const;
    const real = realApply(dense, rows[1], rows[0]).value!;
    const { outputShape, params } = applyLayer(dense, rows[1], rows[0]) as Applied;
    assert.deepEqual({ outputShape, params }, { outputShape: real.outputShape, params: real.params });
  });

  it('refuse what does not fit those, in TensorFlow.js’ words', () => {
    const dense = layer('dense', { units: 3, name: 'it' });
    const real = realApply(dense, [[null, 5]], [[null, 4]]);
    assert.deepEqual(applyLayer(dense, [[null, 5]], [[null, 4]]), { error: real.error });
    assert.match(real.error!, /expected axis -1 of input shape to have value 4/);
  });

  it('count once, however often they are applied', () => {
    const net = new Net();
    const x = net.input({ shape: [4] });
    const twin = net.layer(layer('dense', { units: 4 }));
    const replayed = replayModel(net.model([x], [net.call(twin, net.call(twin, net.call(twin, x)))])) as Replayed;
    assert.deepEqual([replayed.totalParams, replayed.nodes.length, replayed.layers.length], [20, 4, 2]);
  });
});

describe('input layers', () => {
  it('take no input and give what they state', () => {
    for (const spec of [layer('inputLayer', { inputShape: [5], name: 'a' }), layer('input', { shape: [5], name: 'a' })]) {
      const answer = applyLayer(spec, []);
      assert.ok(!isRefused(answer));
      const { outputShape, params, macs, className, name } = answer;
      assert.deepEqual(
        { outputShape, params, macs, className, name },
        { outputShape: [null, 5], params: 0, macs: 0, className: 'InputLayer', name: 'a' },
      );
    }
  });
});
