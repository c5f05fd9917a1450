import assert from 'node:assert/strict';
import { applyLayer, constructLayer } from '../../../src/layers/apply';
import { classNameOf, factoryNames, isFactory } from '../../../src/layers/factories';
import { replayModel } from '../../../src/layers/replay';
import { isRefused, type Applied, type LayerSpec, type SpecValue } from '../../../src/layers/spec';
import { layer, made } from './cases';
import { sequential } from './nets';

const refusal = (outcome: object): { error: string; limit?: true } => {
  assert.ok(isRefused(outcome), JSON.stringify(outcome).slice(0, 200));
  return outcome;
};

describe('layers of any size', () => {
  it('a million million parameters are a number', () => {
    const { params, macs } = applyLayer(layer('dense', { units: 1e6 }), [[null, 1e6]]) as Applied;
    assert.deepEqual({ params, macs }, { params: 1e12 + 1e6, macs: 1e12 });
    const model = replayModel(sequential([layer('dense', { units: 1e6, inputShape: [1e6] }), layer('dense', { units: 1e6 })]));
    assert.equal((model as { totalParams?: number }).totalParams, 2e12 + 2e6);
  });

  it('states of a stateful layer are not made either', () => {
    const { outputShape } = applyLayer(layer('simpleRNN', { units: 1e6, stateful: true }), [[1e6, 5, 4]]) as Applied;
    assert.deepEqual(outputShape, [1e6, 1e6]);
  });

  it('what would be work without end is refused as ours, not as TensorFlow.js’', () => {
    const deep = (depth: number): SpecValue => (depth === 0 ? 1 : [deep(depth - 1)]);
    const nest = (depth: number): LayerSpec => layer('timeDistributed', { layer: depth === 0 ? layer('flatten') : nest(depth - 1) });
    const circle: { next?: unknown } = {};
    circle.next = circle;
    const absurd: [LayerSpec, (number | null)[][]][] = [
      [layer('flatten'), [new Array<number>(1000).fill(1)]],
      [layer('add'), new Array<number[]>(20_000).fill([1, 2])],
      [layer('reshape', { targetShape: new Array<number>(20_000).fill(1) }), [[null, 1]]],
      [layer('prelu', { sharedAxes: [1e9] }), [[null, 5]]],
      [
        layer('concatenate', { axis: 1e9 }),
        [
          [null, 5],
          [null, 5],
        ],
      ],
      [layer('dense', { units: 1, name: 'x'.repeat(1e6) }), [[null, 5]]],
      [layer('dense', { units: deep(100) }), [[null, 5]]],
      [layer('dense', circle as SpecValue), [[null, 5]]],
      [nest(200), [[null, 5]]],
    ];
    for (const [spec, inputs] of absurd) {
      const { error, limit } = refusal(applyLayer(spec, inputs));
      assert.equal(limit, true, error);
      assert.ok(error.length < 200, error);
    }
  });

  it('long refusals are cut', () => {
    const { error } = refusal(applyLayer(layer('dense', { units: 1, kernelInitializer: 'x'.repeat(9000) }), [[null, 5]]));
    assert.ok(error.length <= 4000);
  });
});

describe('hostile names', () => {
  const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', ''];

  it('are no factories', () => {
    for (const name of hostile) {
      assert.equal(isFactory(name), false);
      assert.equal(classNameOf(name), undefined);
      assert.equal(refusal(constructLayer(layer(name, {}))).error, `tf.layers.${name} is not a function`);
    }
  });

  it('are no initializers', () => {
    const paths = [
      ...hostile.map((name) => `initializers.${name}`),
      'initializers',
      'layers.dense',
      '__proto__.x',
      'initializers.zeros.call',
      'models.modelFromJSON',
    ];
    for (const path of paths) {
      assert.equal(
        refusal(constructLayer(layer('dense', { units: 1, kernelInitializer: made(path) }))).error,
        `tf.${path} is not a function`,
      );
    }
  });

  it('are layer names like others', () => {
    for (const name of ['__proto__', '<img src=x onerror=alert(1)>', '[link](command:x)', 'a\nb']) {
      const described = constructLayer(layer('flatten', { name }));
      assert.deepEqual('name' in described && described.name, name);
    }
  });

  it('do not reach any prototype', () => {
    const options = JSON.parse('{"units": 1, "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}') as SpecValue;
    applyLayer(layer('dense', options), [[null, 5]]);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });
});

describe('factories', () => {
  it('each has the class name that its layers have', () => {
    for (const name of factoryNames()) assert.match(classNameOf(name) ?? name, /^[A-Z]/);
    assert.deepEqual(['conv2d', 'maxPool2d', 'input', 'reLU', 'bidirectional', 'lstm'].map(classNameOf), [
      ...['Conv2D', 'MaxPooling2D', 'InputLayer', 'ReLU', 'Bidirectional', 'LSTM'],
    ]);
  });

  it('what TensorFlow.js 4.22 lacks is refused in the words of JavaScript', () => {
    const absent = [
      'separableConv1d',
      'upSampling1d',
      'spatialDropout2d',
      'zeroPadding1d',
      'cropping1d',
      'subtract',
      'lambda',
      'multiHeadAttention',
    ];
    for (const name of [...absent, 'groupNormalization']) {
      assert.equal(isFactory(name), false);
      assert.deepEqual(constructLayer(layer(name, {})), { error: `tf.layers.${name} is not a function` });
    }
  });
});
