import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import type { ModelRead } from '../../src/model/reading';
import { describeReal, runProgram, type RealModel } from './realProgram';
import { readSource } from './readSource';

/** A reading's model in the terms of the runtime's: each layer once, the InputLayer that a Sequential hides left out. */
function describeRead(model: ModelRead): RealModel {
  const { graph } = model;
  const shapesOf = (layer: number): unknown => {
    const shapes = graph.nodes.filter((node) => node.layer === layer).map((node) => node.outputShape);
    return shapes.length > 1 ? shapes : shapes[0];
  };
  return {
    layers: graph.layers.flatMap((layer, i) =>
      layer.site || layer.factory === 'model'
        ? [
            {
              className: layer.className,
              outputShape: shapesOf(i),
              params: Number(layer.params ?? NaN),
              trainableParams: Number(layer.trainableParams ?? NaN),
            },
          ]
        : [],
    ),
    totalParams: model.totalParams as number,
    trainableParams: model.trainableParams as number,
  };
}

const isNested = (layer: { className: string }): boolean => ['Sequential', 'Model', 'Functional'].includes(layer.className);
const lastShape = (shape: unknown): unknown => (Array.isArray(shape) && Array.isArray(shape[0]) ? shape.at(-1) : shape);

/** Layers are compared as a set: the runtime orders them by their making, the graph by their use. Nested models' counts are in the totals. */
const comparable = ({ layers, ...totals }: RealModel): unknown => ({
  ...totals,
  layers: layers.map((layer) => JSON.stringify(isNested(layer) ? { outputShape: lastShape(layer.outputShape) } : layer)).sort(),
});

/** Runs `create()` of the entry with TensorFlow.js, and holds what is read of all files against the model that it returns. */
export async function assertReadsAs(files: { readonly [path: string]: string }, entry = '/main.ts'): Promise<void> {
  const create = runProgram(files, entry)['create'] as () => tf.LayersModel | Promise<tf.LayersModel>;
  const real = describeReal(await create());
  const readings = Object.keys(files)
    .filter((path) => path.startsWith('/'))
    .map((path) => readSource(files, undefined, path));
  const models = readings.flatMap((reading) => reading.models);
  const outputs = JSON.stringify(real.layers.at(-1)?.outputShape);
  const model = models.find((one) => one.totalParams === real.totalParams && one.graph.layers.length >= real.layers.length);
  assert.ok(
    model,
    `no model with ${real.totalParams} parameters and output ${outputs} was read: ${JSON.stringify(models.map((one) => [one.totalParams, one.graph.stop, one.error]))}`,
  );
  assert.deepEqual(comparable(describeRead(model)), comparable(real));
  assert.deepEqual(
    readings.flatMap((reading) => reading.problems),
    [],
  );
  assert.deepEqual(
    readings.flatMap((reading) => reading.limits),
    [],
  );
}
