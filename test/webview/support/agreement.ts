import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import type { Program, Step } from '../../../webview/engine/build/program';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { streamOf } from '../../../webview/engine/weights/random';
import { executeAll } from './execution';
import { runProgram } from '../../support/realProgram';
import { HEAD, readSource } from '../../support/readSource';

const nothing = (): Promise<void> => Promise.resolve();

const withHead = (source: string): string => (source.includes('import * as tf') ? source : HEAD + source);

/** What the reader makes of the last model of a source. */
export const graphOf = (source: string): ModelGraph =>
  readSource(withHead(source)).models.at(-1)?.graph ?? assert.fail('no model was read');

/** What TensorFlow.js makes of it; the source exports `create`, or a function that begins with it. */
export const modelOf = (source: string): tf.LayersModel => {
  const exported = runProgram({ '/main.ts': withHead(source) }, '/main.ts');
  const make = Object.entries(exported).find(([name]) => name.startsWith('create'))?.[1];
  assert.ok(typeof make === 'function', 'the source exports a function that makes the model');
  const model = (make as () => tf.LayersModel)();
  countFromOne(model);
  return model;
};

const layersIn = (model: tf.LayersModel): tf.layers.Layer[] =>
  model.layers.flatMap((layer) => (layer instanceof tf.LayersModel ? [layer, ...layersIn(layer)] : [layer]));

/** Names that TensorFlow.js gave (`dense_Dense7`) count through the whole process; a reading counts from one. */
const countFromOne = (model: tf.LayersModel): void => {
  const counts = new Map<string, number>();
  for (const layer of [...new Set(layersIn(model))].sort((a, b) => a.id - b.id)) {
    const prefix = /^([a-z0-9_]+_[A-Z][A-Za-z0-9]*?)\d+$/.exec(layer.name)?.[1];
    if (prefix === undefined) continue;
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    layer.name = prefix + count;
  }
};

/** Values for every weight, none of them zero: what a bias or a moving mean does is seen too. */
export const fillByChance = (program: Program): void =>
  program.slots.forEach((slot, k) => {
    const [low, high] = /variance/.test(slot.name) ? [0.5, 1.5] : [-0.4, 0.5];
    slot.fill(tf.randomUniform([...slot.shape], low, high, 'float32', k + 1));
  });

/** Values for every input; whole numbers where they are looked up in an embedding. */
export const feedsByChance = (program: Program): tf.Tensor[] =>
  program.feeds.map(({ shape, indicesBelow }, k) =>
    indicesBelow === undefined
      ? tf.randomUniform([...shape], -1, 1, 'float32', 100 + k)
      : tf.randomUniformInt([...shape], 0, indicesBelow, 100 + k).toFloat(),
  );

/** Gives the weights that the program holds to TensorFlow.js' own model. */
export const copyWeights = (program: Program, model: tf.LayersModel): void => {
  for (const path of new Set(program.slots.map((slot) => slot.path))) {
    const slots = program.slots.filter((slot) => slot.path === path);
    const layer = path.split('/').reduce<tf.layers.Layer>((at, name) => (at as tf.LayersModel).getLayer(name), model);
    const ordered = [...slots.filter(({ trainable }) => trainable), ...slots.filter(({ trainable }) => !trainable)];
    layer.setWeights(ordered.map((slot) => slot.read()));
  }
};

/** Outputs of every application of every layer, nested ones too, by `model/layer`, in the order of the applications. */
export type Outputs = ReadonlyMap<string, readonly (readonly tf.Tensor[])[]>;

/** What TensorFlow.js itself computes, with a model of its own for the values of each model's inside. */
export const outputsOf = (
  model: tf.LayersModel,
  inputs: readonly tf.Tensor[],
  prefix = '',
  into = new Map<string, tf.Tensor[][]>(),
): Outputs => {
  // A model is its own first application: the one that made it.
  const isUse = (layer: tf.layers.Layer, inputs: readonly tf.SymbolicTensor[]): boolean =>
    inputs.length > 0 && !(layer instanceof tf.LayersModel && inputs[0] === layer.inputs[0]);
  const applied = model.layers
    .filter((layer) => layer.getClassName() !== 'InputLayer')
    .flatMap((layer) => layer.inboundNodes.filter(({ inputTensors }) => isUse(layer, inputTensors)).map((node) => ({ layer, node })));
  const wanted = applied.flatMap(({ node }) => [...node.inputTensors, ...node.outputTensors]);
  const computed = [...new Set(wanted)].filter((symbolic) => !model.inputs.includes(symbolic));
  const all = tf.model({ inputs: model.inputs, outputs: computed }).predict([...inputs]) as tf.Tensor | tf.Tensor[];
  const values = new Map([
    ...computed.map((symbolic, k) => [symbolic, Array.isArray(all) ? all[k] : all] as const),
    ...model.inputs.map((symbolic, k) => [symbolic, inputs[k]] as const),
  ]);
  const valuesOf = (symbolic: readonly tf.SymbolicTensor[]): tf.Tensor[] => symbolic.map((one) => values.get(one) ?? assert.fail(one.name));
  for (const { layer, node } of applied) {
    const key = prefix + layer.name;
    if (layer instanceof tf.LayersModel) outputsOf(layer, valuesOf(node.inputTensors), `${key}/`, into);
    else into.set(key, [...(into.get(key) ?? []), valuesOf(node.outputTensors)]);
  }
  return into;
};

const stepName = (step: Step): string => [...step.path, step.layer.name].join('/');

const largestDifference = (a: tf.Tensor, b: tf.Tensor): number => {
  const [one, other] = [[...a.dataSync()], [...b.dataSync()]];
  return one.reduce((most, value, k) => Math.max(most, Math.abs(value - (other[k] ?? NaN)) / Math.max(1, Math.abs(other[k] ?? NaN))), 0);
};

/**
 * Reads a source, runs the graph as the panel does, runs the source itself with TensorFlow.js and the same weights and inputs, and holds every
 * output of every layer against each other. Gives the program for further questions.
 */
export const agree = async (source: string): Promise<Program> => {
  const program = compile(graphOf(source));
  for (const step of program.steps) assert.deepEqual([step.key, step.stop, step.unreached], [step.key, undefined, false]);
  fillByChance(program);
  const model = modelOf(source);
  copyWeights(program, model);
  const feeds = feedsByChance(program);
  const expected = outputsOf(model, feeds);
  const before = tf.memory().numTensors;
  const found = new Map<string, (readonly tf.Tensor[])[]>();
  const kept = await executeAll({
    program,
    feeds: feeds.map((feed) => feed.clone()),
    keep: () => true,
    finished: nothing,
    ran: ({ step, outputs, stop }) => {
      assert.equal(stop, undefined, `${step.key}: ${stop}`);
      if (step.runs) found.set(stepName(step), [...(found.get(stepName(step)) ?? []), outputs]);
    },
    signal: new AbortController().signal,
  });
  assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
  for (const [name, applications] of expected) {
    assert.equal(found.get(name)?.length, applications.length, `${name}: applications`);
    applications.forEach((outputs, k) => {
      outputs.forEach((output, index) => {
        const mine = found.get(name)?.[k]?.[index];
        assert.ok(mine, `${name}: output ${index} of application ${k}`);
        assert.deepEqual(mine.shape, output.shape, name);
        const worst = largestDifference(mine, output);
        assert.ok(worst < 1e-5, `${name}: ${worst}`);
      });
    });
  }
  kept.dispose();
  assert.equal(tf.memory().numTensors, before, 'a run leaves no tensor');
  for (const slot of program.slots) slot.dispose();
  return program;
};

/** One step of a reference, computed by TensorFlow.js on cpu in Node. */
export interface ReferenceStep {
  /** Of the first output. */
  readonly values: Float32Array;
  /** The first input, and its shape. */
  readonly input: tf.Tensor;
  /** In the layer's own order, by name; the panel's fresh ones. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }[];
}

/**
 * What TensorFlow.js itself computes for a source with the panel's fresh weights of `seed` and its random inputs of `inputSeed`: each step that is
 * no input, by step key.
 */
export const referenceOf = async (
  source: string,
  seed: number,
  inputSeed: number,
): Promise<{ readonly graph: ModelGraph; readonly steps: ReadonlyMap<string, ReferenceStep> }> => {
  const graph = graphOf(source);
  const program = compile(graph);
  await fillSlots(program.slots, undefined, seed, nothing);
  const model = modelOf(source);
  copyWeights(program, model);
  const feeds = program.feeds.map(({ name, shape, indicesBelow }) => {
    const random = streamOf(inputSeed, 'input', name);
    const value = (k: number): number => (indicesBelow === undefined ? random.at(k) : Math.floor(random.at(k) * indicesBelow));
    return tf.tensor(
      Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, k) => value(k)),
      [...shape],
    );
  });
  const outputs = outputsOf(model, feeds);
  const counts = new Map<string, number>();
  const made = new Map(program.feeds.map((feed, k) => [feed.value, feeds[k] ?? assert.fail(feed.name)]));
  const steps = program.steps
    .filter((step) => step.runs)
    .map((step) => {
      const name = stepName(step);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const all = outputs.get(name)?.[count] ?? assert.fail(`${step.key}: ${step.stop}`);
      step.outputs.forEach((id, k) => made.set(id, all[k] ?? assert.fail(step.key)));
      const weights = step.slots.map((slot) => ({ name: slot.name, shape: slot.shape, values: Float32Array.from(slot.read().dataSync()) }));
      const input = made.get(step.inputs[0] ?? -1) ?? assert.fail(step.key);
      return [step.key, { values: Float32Array.from(all[0]?.dataSync() ?? []), input, weights }] as const;
    });
  for (const slot of program.slots) slot.dispose();
  tf.disposeVariables();
  return { graph, steps: new Map(steps) };
};
