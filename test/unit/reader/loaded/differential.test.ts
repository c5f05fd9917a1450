import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelRead } from '../../../../src/model/reading';
import { HEAD, readSource } from '../../../support/readSource';
import { cases } from '../../layers/cases';
import { models } from '../../layers/models';
import { realLayer, realModel, summaryOf } from '../../layers/real';

const PROGRAM = `${HEAD}const model = await tf.loadLayersModel('model.json');\nexport default model;`;

/** What the reader makes of a topology: the model, where it has one with totals. */
function readTopology(topology: unknown): ModelRead | undefined {
  const reading = readSource({ '/main.ts': PROGRAM, '/model.json': JSON.stringify({ modelTopology: topology, weightsManifest: [] }) });
  assert.deepEqual(reading.limits, []);
  assert.deepEqual(reading.sites, []);
  const [model] = reading.models;
  return model && model.error === undefined && model.totalParams !== '?' ? model : undefined;
}

/** TensorFlow.js keeps a hole where it never computed a size, and computes some that are no number. */
const shapeOf = (tensor: tf.SymbolicTensor): unknown => Array.from(tensor.shape, (size) => (Number.isNaN(size) ? '?' : (size ?? null)));

const describeRead = (model: ModelRead): unknown => {
  // A Sequential's own input is none of its layers.
  const layers = model.graph.layers.filter((layer) => model.graph.kind === 'functional' || layer.className !== 'InputLayer');
  return {
    layers: new Map(layers.map(({ name, className, params }) => [name, className === 'Model' || className === 'Sequential' ? 'model' : [className, params]])),
    totals: [model.totalParams, model.trainableParams, model.nonTrainableParams],
    shapes: [model.inputShapes, model.outputShapes],
  };
};

const count = (weights: readonly { readonly shape: readonly (number | null)[] }[]): number =>
  weights.reduce((sum, { shape }) => sum + shape.reduce<number>((product, size) => product * (size ?? 0), 1), 0);

const describeReal = (model: tf.LayersModel): unknown => {
  const layers = model.layers.filter((layer) => !(model instanceof tf.Sequential) || layer.getClassName() !== 'InputLayer');
  return {
    layers: new Map(layers.map((layer) => [layer.name, 'layers' in layer ? 'model' : [layer.getClassName(), layer.countParams()]])),
    totals: [model.countParams(), count(model.trainableWeights), count(model.nonTrainableWeights)],
    shapes: [model.inputs.map(shapeOf), model.outputs.map(shapeOf)],
  };
};

/** Loads a topology with the real TensorFlow.js, and with the reader, and compares. */
async function compare(topology: object, what: string): Promise<'read' | 'refused'> {
  const read = readTopology(topology);
  let real: tf.LayersModel;
  try {
    real = await tf.models.modelFromJSON(structuredClone(topology) as Parameters<typeof tf.models.modelFromJSON>[0]);
  } catch {
    assert.equal(read, undefined, `${what}: TensorFlow.js refuses to load it`);
    return 'refused';
  }
  assert.ok(read, `${what}: TensorFlow.js loads it`);
  assert.deepEqual(describeRead(read), describeReal(real), what);
  real.dispose();
  return 'read';
}

const jsonOf = (model: tf.LayersModel): { class_name: string; config: Record<string, unknown> } =>
  JSON.parse(model.toJSON(null) as string) as ReturnType<typeof jsonOf>;

describe('a model that TensorFlow.js has saved is read as TensorFlow.js loads it', function () {
  this.timeout(60_000);

  afterEach(() => tf.disposeVariables());

  it('every kind of layer', async () => {
    let read = 0;
    for (const { factory, options, inputs } of cases) {
      let topology: ReturnType<typeof jsonOf>;
      try {
        const tensors = inputs.map((shape) => tf.input({ batchShape: [...shape] }));
        const layer = realLayer(tf, { spec: 'factory', factory, options });
        const outputs = layer.apply(tensors.length === 1 ? tensors[0]! : tensors) as tf.SymbolicTensor;
        const model = tf.model({ inputs: tensors, outputs });
        topology = jsonOf(model);
        model.dispose();
      } catch {
        continue;
      }
      try { if ((await compare(topology, `${factory} ${JSON.stringify(options)}`)) === 'read') read++; } catch (e: any) { console.log('FAIL', e.message.slice(0, 700)); }
    }
    assert.ok(read > 250, `${read} layers were compared`);
  });
});

void models; void realModel; void summaryOf;
