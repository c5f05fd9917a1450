import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { shapeList } from '../../../src/model/shape';
import { compile } from '../../../webview/engine/build/compile';
import { HEAD, onlyModel, readSource } from '../../support/readSource';
import { models } from '../../unit/layers/models';
import { realModel } from '../../unit/layers/real';

/** Batch 1, as the panel runs a model first. */
const withBatch = (shape: readonly unknown[]): readonly unknown[] => shape.map((size, axis) => (axis === 0 && size === null ? 1 : size));

describe('program of a model that is loaded', () => {
  before(() => tf.setBackend('cpu'));

  it('has every layer of the published MobileNet, with its shapes', () => {
    const address = 'https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json';
    const { graph } = onlyModel(readSource(`${HEAD}export const model = await tf.loadLayersModel('${address}');`));
    const program = compile(graph);
    assert.equal(program.steps.length, 88);
    assert.deepEqual(
      program.steps.map((step) => program.values[step.outputs[0] ?? -1]?.shape),
      graph.nodes.map(({ outputShape = [] }) => withBatch(shapeList(outputShape)[0] ?? [])),
    );
  });

  it('has the weights of TensorFlow.js for stacks, graphs, nested and wrapped layers', () => {
    for (const what of [
      'a stack in a stack in a functional model',
      'a layer shared by two inputs',
      'a model with frozen layers',
      'two outputs',
    ]) {
      const real = realModel(tf, models[what] ?? assert.fail(what)).model;
      const text = JSON.stringify({ modelTopology: JSON.parse(real.toJSON(null) as string) as object });
      const { graph } = onlyModel(
        readSource({ '/main.ts': `${HEAD}export const model = await tf.loadLayersModel('model.json');`, '/model.json': text }),
      );
      assert.equal(graph.stop, undefined);
      const count = compile(graph).slots.reduce((sum, { shape }) => sum + tf.util.sizeFromShape([...shape]), 0);
      assert.equal(count, real.countParams(), what);
    }
  });
});
