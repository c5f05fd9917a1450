import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { CUSTOM_LAYERS } from '../../unit/reader/tensors/customLayers';
import { agree } from '../support/agreement';
import { PROGRAMS } from '../support/programs';

const example = (name: string): string => readFileSync(join(__dirname, '../../../examples', `${name}.ts`), 'utf8');

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

  for (const [name, { source }] of Object.entries(CUSTOM_LAYERS)) {
    it(`a layer class: ${name}`, async () => {
      await agree(source);
    });
  }
});
