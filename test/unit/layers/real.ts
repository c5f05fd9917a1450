import * as tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import type { Applied, ConcreteShape, LayerSpec, ModelSpec, SpecValue } from '../../../src/layers/spec';

/**
 * The other side of the differential tests: the same specs carried out by the real TensorFlow.js with real weights, through code of its own
 * that shares nothing with src/layers but the spec.
 */
type Tf = typeof tf;

const quiet = (instance: Tf): Tf => {
  // Keeps the advice to install tfjs-node out of the tests' output; layers' own warnings go elsewhere.
  instance.env().set('IS_TEST', true);
  return instance;
};

quiet(tf);

/** TensorFlow.js as a program that just started finds it: a module instance of its own, whose name counters stand at nothing. */
export const freshTf = (): Tf => {
  const load = createRequire(__filename);
  for (const path of Object.keys(load.cache))
    if (/@tensorflow[\\/]tfjs-(layers|data|converter)[\\/]|@tensorflow[\\/]tfjs[\\/]/.test(path)) delete load.cache[path];
  return quiet(load('@tensorflow/tfjs') as Tf);
};

const isSpec = (value: SpecValue): value is LayerSpec => typeof value === 'object' && value !== null && 'spec' in value;

const realValue = (instance: Tf, value: SpecValue): unknown => {
  if (Array.isArray(value)) return value.map((inner: SpecValue) => realValue(instance, inner));
  if (typeof value !== 'object' || value === null) return value;
  if (isSpec(value)) return realLayer(instance, value);
  const plain = value as { readonly [key: string]: SpecValue };
  if (typeof plain['$tf'] === 'string') {
    const [space, name] = plain['$tf'].split('.') as ['initializers', 'zeros'];
    const call = instance[space][name] as (...args: unknown[]) => unknown;
    return call(...((plain['args'] ?? []) as SpecValue[]).map((arg) => realValue(instance, arg)));
  }
  return Object.fromEntries(Object.entries(plain).map(([key, inner]) => [key, realValue(instance, inner)]));
};

export const realLayer = (instance: Tf, spec: LayerSpec): tf.layers.Layer => {
  if (spec.spec === 'model') return realModel(instance, spec.model).model;
  if (spec.spec === 'custom') throw new Error('custom layers are written out in the tests');
  const { factory, options } = spec;
  const make = (instance.layers as unknown as Record<string, (options?: unknown) => tf.layers.Layer>)[factory]!;
  return options === undefined ? make() : make(realValue(instance, options));
};

/** What a real model is, and the layers in the order of the spec. */
export const realModel = (instance: Tf, spec: ModelSpec): { model: tf.LayersModel; layers: tf.layers.Layer[] } => {
  const layers: tf.layers.Layer[] = [];
  const tensors: tf.SymbolicTensor[][] = [];
  const find = (refs: ModelSpec['inputs']) => refs.map(({ node, index }) => tensors[node]![index]!);
  const upTo = (index: number) => {
    while (layers.length <= index) {
      const { layer } = spec.layers[layers.length]!;
      const isInput = layer.spec === 'factory' && layer.factory === 'input';
      layers.push(
        isInput
          ? (instance.input(realValue(instance, layer.options) as { shape: number[] }) as tf.SymbolicTensor).sourceLayer
          : realLayer(instance, layer),
      );
    }
  };
  const name = spec.name ? { name: spec.name } : {};
  let model: tf.LayersModel;
  if (spec.kind === 'sequential') {
    upTo(spec.nodes[0]!.layer);
    const stack = instance.sequential(name);
    for (const { layer } of spec.nodes) {
      upTo(layer);
      stack.add(layers[layer]!);
    }
    model = stack;
  } else {
    for (const { layer, inputs } of spec.nodes) {
      upTo(layer);
      const from = find(inputs);
      const outputs =
        inputs.length === 0 ? layers[layer]!.inboundNodes[0]!.outputTensors : layers[layer]!.apply(from.length === 1 ? from[0]! : from);
      tensors.push([outputs].flat() as tf.SymbolicTensor[]);
    }
    model = instance.model({ inputs: find(spec.inputs), outputs: find(spec.outputs), ...name });
  }
  upTo(spec.layers.length - 1);
  if (spec.trainable !== undefined) model.trainable = spec.trainable;
  spec.layers.forEach(({ trainable }, index) => {
    if (trainable !== undefined) layers[index]!.trainable = trainable;
  });
  return { model, layers };
};

/** What `model.summary()` of the runtime prints. */
export const summaryOf = (model: tf.LayersModel): string[] => {
  const lines: string[] = [];
  model.summary(undefined, undefined, (line: string) => lines.push(line));
  return lines;
};

/** One form for what both sides leave out or cannot send: holes and undefined are null, numbers that JSON lacks their names. */
export const normal = (value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return Array.from(value, normal);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, normal(inner)]])));
};

/** Runs `work` and collects what it warns of, or the text of what it throws. */
export const observe = <T>(work: () => T): { value?: T; error?: string; warnings: string[] } => {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string) => void warnings.push(text);
  try {
    return { value: work(), warnings };
  } catch (thrown) {
    return { error: (thrown as Error).message, warnings };
  } finally {
    console.warn = warn;
  }
};

export interface RealApplied {
  readonly className: string;
  readonly outputShape: unknown;
  readonly params: number;
  readonly trainableParams: number;
  readonly weights: unknown;
  readonly config: unknown;
}

const valuesIn = (weights: readonly tf.LayerVariable[]): number =>
  weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);

/** A real layer, really applied; its tensors are disposed of again. */
export const realApply = (spec: LayerSpec, inputs: readonly ConcreteShape[], builtWith?: readonly ConcreteShape[]) =>
  observe((): RealApplied => {
    const symbols = (shapes: readonly ConcreteShape[]) => shapes.map((shape) => tf.input({ batchShape: [...shape] }));
    tf.engine().startScope();
    try {
      const layer = realLayer(tf, spec);
      if (builtWith) layer.apply(builtWith.length === 1 ? symbols(builtWith)[0]! : symbols(builtWith));
      const output = layer.apply(inputs.length === 1 ? symbols(inputs)[0]! : symbols(inputs)) as tf.SymbolicTensor | tf.SymbolicTensor[];
      return describeReal(layer, output);
    } finally {
      tf.engine().endScope();
      tf.disposeVariables();
    }
  });

const describeReal = (layer: tf.layers.Layer, output: tf.SymbolicTensor | tf.SymbolicTensor[]): RealApplied => {
  const trainable = new Set(layer.trainableWeights);
  return {
    className: layer.getClassName(),
    outputShape: normal(Array.isArray(output) ? output.map(({ shape }) => shape) : output.shape),
    params: layer.countParams(),
    trainableParams: valuesIn(layer.trainableWeights),
    weights: layer.weights.map((weight) => ({
      name: weight.originalName.replace(`${layer.name}/`, ''),
      shape: weight.shape,
      trainable: trainable.has(weight),
    })),
    config: normal(layer.getConfig()),
  };
};

/** The parts of an answer that the runtime has too. */
export const comparable = ({ className, outputShape, params, trainableParams, weights, config }: Applied): unknown =>
  normal({ className, outputShape, params, trainableParams, weights, config });
