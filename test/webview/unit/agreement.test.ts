import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { CUSTOM_LAYERS } from '../../unit/reader/tensors/customLayers';
import { compile } from '../../../webview/engine/build/compile';
import { agree, graphOf, modelOf } from '../support/agreement';
import { executeAll } from '../support/execution';
import { PROGRAMS } from '../support/programs';

const example = (name: string): string => readFileSync(join(__dirname, '../../../examples', `${name}.ts`), 'utf8');

/** What runs in no model, and why. */
const REFUSED: Readonly<Record<string, { readonly layer: string; readonly why: RegExp }>> = {
  randomWidth: {
    layer: 'tf.layers.randomWidth({ inputShape: [8, 8, 3], factor: 0.2 })',
    why: /its output shape \[undefined, -1, 8\] is not known before it runs/,
  },
  resizing: {
    layer: 'tf.layers.resizing({ inputShape: [8, 8, 3], height: 4, width: 4 })',
    why: /x must be rank 3 or 4, but got rank 1/,
  },
  convLstm2dCell: {
    layer: "tf.layers.rnn({ inputShape: [3, 4, 4, 1], name: 'w', cell: tf.layers.convLstm2dCell({ filters: 2, kernelSize: 2 }) })",
    why: /Input 0 is incompatible with layer w: expected ndim=3, found ndim=5/,
  },
};

describe('models that are read and run as TensorFlow.js runs them, layer by layer', () => {
  before(() => tf.setBackend('cpu'));
  // Names of weights are the runtime's own to give away once.
  afterEach(() => tf.disposeVariables());

  it('LeNet-5', async () => {
    await agree(example('lenet5'));
  });

  it('AlexNet with its normalisation, on smaller pictures and with fewer neurons', async () => {
    const small = example('alexnet').replace('[227, 227, 3]', '[67, 67, 3]').replaceAll('4096', '24').replace('= 1000', '= 10');
    const { steps } = await agree(small);
    assert.deepEqual(
      steps.filter(({ layer }) => layer.factory === 'custom').map(({ layer, runs }) => [layer.name, runs?.getClassName()]),
      [
        ['norm1', 'OpsLayer'],
        ['norm2', 'OpsLayer'],
      ],
    );
  });

  for (const [name, source] of Object.entries(PROGRAMS)) {
    it(name, async () => {
      await agree(source);
    });
  }

  it('use every layer that TensorFlow.js has, but for those that no model can be run with', async () => {
    const classes = ['Layer', 'RNN', 'RNNCell'];
    const sources = Object.values(PROGRAMS).join('\n') + example('lenet5');
    const unused = Object.keys(tf.layers).filter((name) => !classes.includes(name) && !sources.includes(`tf.layers.${name}(`));
    assert.deepEqual(unused.sort(), Object.keys(REFUSED).sort());
    for (const [name, { layer, why }] of Object.entries(REFUSED)) {
      const source = `export const create = () => tf.sequential({ layers: [${layer}] });`;
      const program = compile(graphOf(source));
      const stops = program.steps.map(({ stop }) => stop);
      const feeds = program.feeds.map(({ shape }) => tf.zeros([...shape]));
      const ran = ({ stop }: { readonly stop: string | undefined }): void => void stops.push(stop);
      const { signal } = new AbortController();
      const kept = await executeAll({ program, feeds, keep: () => false, finished: () => Promise.resolve(), ran, signal });
      kept.dispose();
      assert.match(stops.find((stop) => stop !== undefined) ?? '', why, name);
      // What has another size each time can be predicted, but with no program that is made before.
      if (name === 'randomWidth') continue;
      assert.throws(() => modelOf(source).predict(tf.zeros([1, ...(name === 'resizing' ? [8, 8, 3] : [3, 4, 4, 1])])), why, name);
    }
  });

  for (const [name, { source }] of Object.entries(CUSTOM_LAYERS)) {
    it(`a layer class: ${name}`, async () => {
      await agree(source);
    });
  }
});
