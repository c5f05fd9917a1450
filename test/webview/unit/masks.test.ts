import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { compile } from '../../../webview/engine/build/compile';
import { copyWeights, feedsByChance, fillByChance, graphOf, modelOf } from '../support/agreement';
import { executeAll } from '../support/execution';

const PLAIN = `class Plain extends tf.layers.Layer {
  static className = 'Plain';
  constructor(config: object) { super(config as never); }
  override call(inputs: tf.Tensor[]) { return tf.neg(inputs[0]!); }
}`;

/** What the panel computes for a source, and what TensorFlow.js itself predicts with the same weights and inputs. */
const both = async (source: string): Promise<{ readonly ours: number[]; readonly theirs: number[] }> => {
  const program = compile(graphOf(source));
  fillByChance(program);
  const model = modelOf(source);
  copyWeights(program, model);
  const feeds = feedsByChance(program);
  const theirs = [...(model.predict([...feeds]) as tf.Tensor).dataSync()];
  const ours: number[] = [];
  const kept = await executeAll({
    program,
    feeds: feeds.map((feed) => feed.clone()),
    keep: () => false,
    finished: () => Promise.resolve(),
    ran: ({ step, outputs }) => {
      if (step.outputs[0] === program.outputs[0]) ours.push(...(outputs[0]?.dataSync() ?? []));
    },
    signal: new AbortController().signal,
  });
  kept.dispose();
  for (const slot of program.slots) slot.dispose();
  return { ours, theirs };
};

const close = (ours: readonly number[], theirs: readonly number[]): void => {
  assert.ok(theirs.length > 0);
  assert.equal(ours.length, theirs.length);
  ours.forEach((value, k) => assert.ok(Math.abs(value - (theirs[k] ?? NaN)) < 1e-5, `${value}, not ${theirs[k]}`));
};

describe('masks, as TensorFlow.js hands them on', () => {
  before(() => tf.setBackend('cpu'));
  afterEach(() => tf.disposeVariables());

  it('stay on for layers behind their end, in a model in a model too', async () => {
    const { ours, theirs } = await both(`${PLAIN}
      export function create(): tf.LayersModel {
        const inner = tf.sequential({ name: 'inner', layers: [
          tf.layers.dense({ name: 'each', units: 3, inputShape: [6, 2] }),
          tf.layers.gru({ name: 'gru', units: 2, returnSequences: true }),
        ] });
        const words = tf.input({ shape: [6], name: 'words' });
        const table = tf.layers.embedding({ name: 'table', inputDim: 3, outputDim: 2, maskZero: true }).apply(words) as tf.SymbolicTensor;
        const x = inner.apply(new Plain({ name: 'plain' }).apply(table) as tf.SymbolicTensor) as tf.SymbolicTensor;
        return tf.model({ inputs: words, outputs: tf.layers.simpleRNN({ name: 'last', units: 2 }).apply(x) as tf.SymbolicTensor });
      }`);
    close(ours, theirs);
  });

  it('that begin in a model in a model end with it, but for a Sequential\u2019s first', async () => {
    for (const before of ['', `tf.layers.reLU({ name: 'before', inputShape: [6] }),`]) {
      const { ours, theirs } = await both(`
      export const create = () => tf.sequential({ layers: [ ${before}
        tf.sequential({ name: 'inner', layers: [
          tf.layers.embedding({ name: 'table', inputDim: 3, outputDim: 2, maskZero: true, inputLength: 6 }),
          tf.layers.gru({ name: 'gru', units: 2, returnSequences: true }),
        ] }),
        tf.layers.lstm({ name: 'last', units: 2 }),
      ] });`);
      close(ours, theirs);
    }
  });

  it('stay on for a sequence that became shorter', async () => {
    const { ours, theirs } = await both(`
      export const create = () => tf.sequential({ layers: [
        tf.layers.embedding({ name: 'table', inputDim: 3, outputDim: 2, maskZero: true, inputLength: 6 }),
        tf.layers.conv1d({ name: 'conv', filters: 2, kernelSize: 3 }),
        tf.layers.lstm({ name: 'last', units: 2 }),
      ] });`);
    close(ours, theirs);
  });
});
