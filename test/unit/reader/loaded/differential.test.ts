import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelRead } from '../../../../src/model/reading';
import { HEAD, readSource } from '../../../support/readSource';
import { cases, type Case } from '../../layers/cases';
import { models } from '../../layers/models';
import { realLayer, realModel } from '../../layers/real';

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
    layers: new Map(
      layers.map(({ name, className, params }) => [
        name,
        className === 'Model' || className === 'Sequential' ? 'model' : [className, params],
      ]),
    ),
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
    // Only then does a Sequential find two layers of one name; every use of it does.
    if (real instanceof tf.Sequential) real.build();
  } catch {
    assert.equal(read, undefined, `${what}: TensorFlow.js refuses to load it`);
    return 'refused';
  }
  assert.ok(read, `${what}: TensorFlow.js loads it`);
  assert.deepEqual(describeRead(read), describeReal(real), what);
  real.dispose();
  return 'read';
}

/** Every key in TensorFlow.js' own spelling, as `getConfig` gives it and older versions have saved it. */
const inCamelCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replace(/_(\w)/g, (_all, next: string) => next.toUpperCase()), inCamelCase(inner)]),
  );
};

/** The ways in which one topology is written down. */
const FORMS: { readonly [form: string]: (topology: Topology) => object | undefined } = {
  'as saved': (topology) => topology,
  'as converted from a Keras file': (topology) => ({ keras_version: '2.1.4', backend: 'tensorflow', model_config: topology }),
  'in camel case': (topology) => inCamelCase(topology) as object,
  'as a Functional': (topology) => (topology.class_name === 'Model' ? { ...topology, class_name: 'Functional' } : undefined),
  'as a bare list of layers': ({ class_name, config }) =>
    class_name === 'Sequential' && config['layers'] ? { class_name, config: config['layers'] } : undefined,
  'with an input layer of its own': ({ class_name, config }) => {
    const layers = config['layers'] as readonly { readonly config: { readonly batch_input_shape?: unknown } }[];
    const shape = class_name === 'Sequential' ? layers[0]?.config.batch_input_shape : undefined;
    if (!shape) return undefined;
    const input = {
      class_name: 'InputLayer',
      config: { batch_input_shape: shape, dtype: 'float32', sparse: false, ragged: false, name: 'first' },
    };
    return { class_name, config: { ...config, layers: [input, ...layers], build_input_shape: shape } };
  },
};

type Topology = { readonly class_name: string; readonly config: Readonly<Record<string, unknown>> };

const topologyOf = (model: tf.LayersModel): Topology => {
  // A recurrent layer says that what it was called with is not saved with it; here it has nothing.
  const topology = JSON.parse(model.toJSON(null) as string) as Topology;
  model.dispose();
  return topology;
};

/** A model of one layer; undefined where TensorFlow.js refuses to make or save it. */
function modelOf({ factory, options, inputs }: Case): Topology | undefined {
  try {
    const tensors = inputs.map((shape) => tf.input({ batchShape: [...shape] }));
    const outputs = realLayer(tf, { spec: 'factory', factory, options }).apply(tensors.length === 1 ? tensors[0]! : tensors);
    return topologyOf(tf.model({ inputs: tensors, outputs: outputs as tf.SymbolicTensor }));
  } catch {
    return undefined;
  }
}

describe('a model that TensorFlow.js has saved is read as TensorFlow.js loads it', function () {
  this.timeout(120_000);
  const { warn } = console;

  before(() => (console.warn = () => undefined));
  after(() => (console.warn = warn));

  it('every kind of layer', async () => {
    const kinds = new Map<string, number>();
    let read = 0;
    for (const one of cases) {
      const seen = kinds.get(one.factory) ?? 0;
      kinds.set(one.factory, seen + 1);
      // Two ways of making each one: what an option does is the business of other tests.
      if (seen > 1) continue;
      const topology = modelOf(one);
      // Its cells have automatic names, which count on from what was made before.
      if (!topology || one.factory === 'stackedRNNCells') continue;
      if ((await compare(topology, `${one.factory} ${JSON.stringify(one.options)}`)) === 'read') read++;
    }
    assert.ok(read > 80, `${read} layers were compared`);
  });

  for (const [form, write] of Object.entries(FORMS)) {
    it(`stacks, graphs, nested, shared and wrapped layers, ${form}`, async () => {
      const compared: string[] = [];
      for (const [what, spec] of Object.entries(models)) {
        const topology = write(topologyOf(realModel(tf, spec).model));
        if (topology && (await compare(topology, what)) === 'read') compared.push(what);
      }
      assert.ok(compared.length >= 3, compared.join('; '));
    });
  }
});
