import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import { needOf, refuseTooLarge, showBytes } from '../../../webview/engine/build/memory';
import type { Program } from '../../../webview/engine/build/program';
import type { StepOutcome } from '../../../webview/engine/run/execute';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { executeAll } from '../support/execution';
import { chain, graph, input, layer, lenet } from '../support/graphs';

const nothing = (): Promise<void> => Promise.resolve();

/** Runs a graph on cpu with its fresh weights; everything is freed when `use` returns. */
const running = async (
  model: ModelGraph,
  feeds: readonly tf.Tensor[],
  use: (outputs: Map<string, tf.Tensor>, program: Program) => void,
): Promise<StepOutcome[]> => {
  const program = compile(model);
  await fillSlots(program.slots, undefined, 42, nothing);
  const outcomes: StepOutcome[] = [];
  const kept = await executeAll({
    program,
    feeds: feeds.map((feed) => feed.clone()),
    keep: () => true,
    finished: nothing,
    ran: (outcome) => outcomes.push(outcome),
    signal: new AbortController().signal,
  });
  use(new Map(outcomes.flatMap(({ step, outputs: [first] }) => (first ? [[step.layer.name, first] as const] : []))), program);
  kept.dispose();
  for (const slot of program.slots) slot.dispose();
  return outcomes;
};

/** The values that the panel gave to the weights, for TensorFlow.js' own model, whose layers hold theirs in the same order. */
const weightsOf = (program: Program): tf.Tensor[] => program.slots.map((slot) => slot.read());

const close = (found: tf.Tensor | undefined, expected: tf.Tensor): void => {
  assert.deepEqual(found?.shape, expected.shape);
  const [a, b] = [found.dataSync(), expected.dataSync()];
  a.forEach((value, k) => assert.ok(Math.abs(value - (b[k] ?? NaN)) < 1e-5, `value ${k}: ${value}, not ${b[k]}`));
};

describe('program of a graph', () => {
  before(() => tf.setBackend('cpu'));

  it('has the shapes, counts and weights of TensorFlow.js, and allocates nothing', () => {
    const before = tf.memory().numTensors;
    const program = compile(lenet());
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(
      program.steps.map((step) => [step.layer.name, program.values[step.outputs[0] ?? -1]?.shape, step.slots.map((slot) => slot.shape)]),
      [
        ['input', [1, 32, 32, 1], []],
        ['c1', [1, 28, 28, 6], [[5, 5, 1, 6], [6]]],
        ['s2', [1, 14, 14, 6], []],
        ['c3', [1, 10, 10, 16], [[5, 5, 6, 16], [16]]],
        ['s4', [1, 5, 5, 16], []],
        ['c5', [1, 1, 1, 120], [[5, 5, 16, 120], [120]]],
        ['flatten', [1, 120], []],
        ['f6', [1, 84], [[120, 84], [84]]],
        ['output', [1, 10], [[84, 10], [10]]],
      ],
    );
    assert.equal(needOf(program).parameters, 61_706);
  });

  it('runs branches, merges and shared layers as TensorFlow.js does', async () => {
    const model = graph(
      'siamese',
      [
        input(6),
        layer('other', 'inputLayer', { inputShape: [6] }, { className: 'InputLayer' }),
        layer('tower', 'dense', { units: 4, activation: 'relu' }),
        layer('sum', 'add'),
        layer('both', 'concatenate'),
        layer('out', 'dense', { units: 3 }),
      ],
      [[0], [1], [2, 0], [2, 1], [3, 2, 3], [4, 4, 2], [5, 5]],
    );
    const [x, y] = [tf.randomUniform([1, 6]), tf.randomUniform([1, 6])];
    const outcomes = await running(model, [x, y], (outputs, program) => {
      const [a, b] = [tf.input({ shape: [6] }), tf.input({ shape: [6] })];
      const tower = tf.layers.dense({ units: 4, activation: 'relu' });
      const [ta, tb] = [tower.apply(a) as tf.SymbolicTensor, tower.apply(b) as tf.SymbolicTensor];
      const sum = tf.layers.add().apply([ta, tb]) as tf.SymbolicTensor;
      const both = tf.layers.concatenate().apply([sum, ta]) as tf.SymbolicTensor;
      const reference = tf.model({ inputs: [a, b], outputs: tf.layers.dense({ units: 3 }).apply(both) as tf.SymbolicTensor });
      reference.setWeights(weightsOf(program));
      close(outputs.get('out'), reference.predict([x, y]) as tf.Tensor);
      assert.deepEqual(
        program.steps.map((step) => step.shared),
        [false, false, false, true, false, false, false],
      );
      assert.equal(needOf(program).parameters, reference.countParams(), 'shared weights count once');
    });
    assert.deepEqual(
      outcomes.map(({ step }) => step.key),
      ['input@0', 'other@1', 'tower@2', 'tower@3', 'sum@4', 'both@5', 'out@6'],
    );
  });

  it('unfolds nested models, and keeps their weights when they are applied again', async () => {
    const encoder = chain('encoder', [
      input(5),
      layer('hidden', 'dense', { units: 4, activation: 'tanh' }),
      layer('code', 'dense', { units: 2 }),
    ]);
    const nested: GraphLayer = { name: 'encoder', className: 'Sequential', factory: 'model', options: {}, model: encoder };
    const model = graph(
      'pair',
      [input(5), layer('twist', 'activation', { activation: 'sigmoid' }), nested, layer('sum', 'add')],
      [[0], [1, 0], [2, 0], [2, 1], [3, 2, 3]],
    );
    const x = tf.randomUniform([1, 5]);
    const outcomes = await running(model, [x], (outputs, program) => {
      const a = tf.input({ shape: [5] });
      const inner = tf.sequential({
        layers: [tf.layers.dense({ inputShape: [5], units: 4, activation: 'tanh' }), tf.layers.dense({ units: 2 })],
      });
      const twisted = tf.layers.activation({ activation: 'sigmoid' }).apply(a) as tf.SymbolicTensor;
      const sum = tf.layers.add().apply([inner.apply(a) as tf.SymbolicTensor, inner.apply(twisted) as tf.SymbolicTensor]);
      const reference = tf.model({ inputs: a, outputs: sum as tf.SymbolicTensor });
      reference.setWeights(weightsOf(program));
      close(outputs.get('sum'), reference.predict(x) as tf.Tensor);
      assert.equal(needOf(program).parameters, reference.countParams());
      assert.deepEqual(program.steps[2]?.path, ['encoder']);
      assert.equal(program.slots[0]?.path, 'encoder/hidden');
    });
    assert.deepEqual(
      outcomes.map(({ step }) => step.key),
      ['input@0', 'twist@1', 'encoder@2/hidden@1', 'encoder@2/code@2', 'encoder@3/hidden@1', 'encoder@3/code@2', 'sum@4'],
    );
  });

  it('passes masks on, as TensorFlow.js does', async () => {
    const model = chain('text', [
      input(7),
      layer('embed', 'embedding', { inputDim: 10, outputDim: 4, maskZero: true }),
      layer('rnn', 'lstm', { units: 3 }),
    ]);
    const x = tf.tensor2d([[1, 5, 0, 2, 0, 0, 0]]);
    await running(model, [x], (outputs, program) => {
      const reference = tf.sequential({
        layers: [tf.layers.embedding({ inputShape: [7], inputDim: 10, outputDim: 4, maskZero: true }), tf.layers.lstm({ units: 3 })],
      });
      reference.setWeights(weightsOf(program));
      close(outputs.get('rnn'), reference.predict(x) as tf.Tensor);
      // The mask matters: without it the zeros at the end would be read too.
      const unmasked = tf.sequential({
        layers: [tf.layers.embedding({ inputShape: [7], inputDim: 10, outputDim: 4 }), tf.layers.lstm({ units: 3 })],
      });
      unmasked.setWeights(weightsOf(program));
      assert.notDeepEqual(outputs.get('rnn')?.dataSync(), (unmasked.predict(x) as tf.Tensor).dataSync());
    });
  });

  it('builds wrapped layers, calls in options and a Sequential without an InputLayer of its own', async () => {
    const cell = { $layer: { name: 'inner', className: 'LSTM', factory: 'lstm', options: { units: 3, returnSequences: true } } };
    const call = { $tf: 'initializers.randomUniform', args: [{ minval: -1, maxval: 1 }] };
    const model = chain('wrapped', [
      layer('both', 'bidirectional', { layer: cell, mergeMode: 'concat', inputShape: [4, 2] }, { className: 'Bidirectional' }),
      layer(
        'each',
        'timeDistributed',
        { layer: { $layer: { name: 'd', className: 'Dense', factory: 'dense', options: { units: 5, kernelInitializer: call } } } },
        { className: 'TimeDistributed' },
      ),
    ]);
    const outcomes = await running(model, [tf.randomUniform([1, 4, 2])], (outputs) =>
      assert.deepEqual(outputs.get('each')?.shape, [1, 4, 5]),
    );
    assert.deepEqual(
      outcomes.map(({ step, stop }) => [step.layer.name, stop]),
      [
        ['both_input', undefined],
        ['both', undefined],
        ['each', undefined],
      ],
    );
  });

  it('frees everything but what is kept, also when a run is stopped', async () => {
    const program = compile(lenet());
    await fillSlots(program.slots, undefined, 1, nothing);
    const before = tf.memory().numTensors;
    const run = async (keep: boolean, signal: AbortSignal, ran: () => void = () => undefined) =>
      executeAll({ program, feeds: [tf.zeros([1, 32, 32, 1])], keep: () => keep, finished: nothing, ran, signal });
    const kept = await run(true, new AbortController().signal);
    assert.equal(tf.memory().numTensors, before + 9);
    kept.dispose();
    await run(false, new AbortController().signal);
    assert.equal(tf.memory().numTensors, before);
    const controller = new AbortController();
    let steps = 0;
    await assert.rejects(
      run(true, controller.signal, () => ++steps === 4 && controller.abort()),
      { name: 'AbortError' },
    );
    assert.equal(steps, 4);
    assert.equal(tf.memory().numTensors, before);
    for (const slot of program.slots) slot.dispose();
  });

  describe('where a layer cannot run', () => {
    const reasons = (model: ModelGraph): (string | undefined)[] =>
      compile(model).steps.map((step) => step.stop ?? (step.unreached ? 'unreached' : undefined));

    it('says why, and goes on where nothing depends on it', () => {
      const custom = layer('norm', 'custom', {}, { className: 'LRN', stop: 'class LRN is a custom layer' });
      assert.deepEqual(
        reasons(graph('g', [input(4), custom, layer('d', 'dense', { units: 2 }), layer('sum', 'add')], [[0], [1, 0], [2, 0], [3, 1, 2]])),
        [undefined, 'class LRN is a custom layer', undefined, 'unreached'],
      );
    });

    it('names an unknown value and its reason', () => {
      const units = { $unknown: 'numClasses', reason: 'parameter of createModel' };
      assert.deepEqual(reasons(chain('m', [input(4), layer('d', 'dense', { units })])), [
        undefined,
        'numClasses is unknown: parameter of createModel',
      ]);
      assert.match(
        reasons(chain('m', [{ ...input(), options: { batchInputShape: [null, { $unknown: 'size', reason: 'read from a file' }] } }]))[0] ??
          '',
        /size is unknown/,
      );
    });

    it("gives TensorFlow.js' own words for what it refuses", () => {
      const [, , third] = reasons(graph('g', [input(4), layer('d', 'dense', { units: 3 }), layer('sum', 'add')], [[0], [1, 0], [2, 0, 1]]));
      assert.match(third ?? '', /Operands could not be broadcast together with shapes/);
    });

    it('takes nothing for a factory that tf.layers merely inherits or that makes no layer', () => {
      for (const factory of ['constructor', '__proto__', 'toString', 'Layer', 'input2'])
        assert.match(
          reasons(chain('m', [input(4), layer('x', factory)]))[1] ?? '',
          /TensorFlow\.js|makes no layer|without 'new'|not a layer/,
        );
      const initializer = { $tf: 'constructor.constructor', args: ['return 1'] };
      assert.match(
        reasons(chain('m', [input(4), layer('d', 'dense', { units: 1, kernelInitializer: initializer })]))[1] ?? '',
        /is not a function of TensorFlow\.js/,
      );
    });
  });

  describe('its input', () => {
    it('takes 224 for the open sides of a picture, 32 for an open length, and says so', () => {
      assert.deepEqual(compile(chain('m', [input(null, null, 3)])).feeds[0], {
        value: 0,
        name: 'input',
        shape: [1, 224, 224, 3],
        open: [1, 2],
        channelsFirst: false,
        indicesBelow: undefined,
      });
      assert.deepEqual(compile(chain('m', [input(null, 8)])).feeds[0]?.shape, [1, 32, 8]);
    });

    it('is a list of indices where an embedding reads it', () => {
      assert.equal(compile(chain('m', [input(7), layer('e', 'embedding', { inputDim: 10, outputDim: 4 })])).feeds[0]?.indicesBelow, 10);
    });
  });
});

describe('memory', () => {
  it('is what weights and outputs take, known before anything is allocated', () => {
    const need = needOf(compile(lenet()));
    assert.equal(need.weights, 61_706 * 4);
    const outputs = [32 * 32, 28 * 28 * 6, 14 * 14 * 6, 10 * 10 * 16, 5 * 5 * 16, 120, 120, 84, 10];
    assert.equal(need.activations, 4 * outputs.reduce((sum, values) => sum + values, 0));
    assert.equal(need.working, 4 * (28 * 28 * 6 + 14 * 14 * 6), 'c1 and s2 are alive together');
    assert.equal(need.largest, 4 * 400 * 120);
  });

  it('is refused where it is too much, with the figures', () => {
    const refuse =
      (model: ModelGraph, largest = 2 ** 40) =>
      () =>
        refuseTooLarge(needOf(compile(model)), largest, 'webgl');
    assert.throws(
      refuse(chain('m', [input(1e6), layer('d', 'dense', { units: 1e6 })])),
      /needs 4\.0 TB for its weights \(1,000,001,000,000 parameters × 4 bytes\)/,
    );
    assert.throws(
      refuse(chain('m', [input(20_000, 20_000, 1), layer('c', 'conv2d', { filters: 4, kernelSize: 1 })])),
      /takes 8\.0 GB for layer outputs at once/,
    );
    assert.throws(refuse(lenet(), 1000), /One tensor of this model takes 0\.19 MB; webgl holds tensors of up to 1\.0 kB here/);
    assert.doesNotThrow(refuse(lenet()));
  });

  it('is shown as people say it', () => {
    assert.deepEqual([0, 999, 4700, 246_824, 1_000_000, 60_300_000, 553_430_176, 4e12].map(showBytes), [
      '0 B',
      '999 B',
      '4.7 kB',
      '0.25 MB',
      '1.0 MB',
      '60.3 MB',
      '553 MB',
      '4.0 TB',
    ]);
  });
});
