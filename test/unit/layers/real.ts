import * as tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import type { Applied, ConcreteShape, LayerSpec, ModelSpec, SpecValue } from '../../../src/layers/spec';

/**
 * The other side of the differential tests: the same specs carried out by the real TensorFlow.js with real weights, through code of its own
 * that shares nothing with src/layers but the spec.
 */
type Tf = Pick<typeof tf, 'layers' | 'input' | 'model' | 'sequential' | 'initializers' | 'regularizers' | 'constraints'>;

// Keeps the advice to install tfjs-node out of the tests' output; layers' own warnings go elsewhere.
tf.env().set('IS_TEST', true);

/**
 * Runs `work` with TensorFlow.js' layers as a program that just started finds them: a module instance of its own, whose name counters stand
 * at nothing. Both instances register their classes with the one core, so what was registered is put back afterwards.
 */
export const inFreshTf = <T>(work: (instance: Tf) => T): T => {
  const load = createRequire(__filename);
  const path = load.resolve('@tensorflow/tfjs-layers');
  const registry = tf.serialization.SerializationMap.getMap();
  const kept = { module: load.cache[path], classes: registry.classNameMap };
  registry.classNameMap = { ...kept.classes };
  Reflect.deleteProperty(load.cache, path);
  try {
    return work(load(path) as Tf);
  } finally {
    registry.classNameMap = kept.classes;
    load.cache[path] = kept.module;
  }
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
  if (factory === 'input') return (instance.input(realValue(instance, options) as { shape: number[] }) as tf.SymbolicTensor).sourceLayer;
  const make = (instance.layers as unknown as Record<string, (options?: unknown) => tf.layers.Layer>)[factory]!;
  return options === undefined ? make() : make(realValue(instance, options));
};

/** A real model, its layers in the order of the spec, and the shapes of its nodes as they were when they were made. */
export interface RealModel {
  readonly model: tf.LayersModel;
  readonly layers: readonly tf.layers.Layer[];
  readonly nodes: readonly unknown[];
}

const shapesOf = (tensors: readonly tf.SymbolicTensor[]): unknown =>
  normal(tensors.length === 1 ? tensors[0]!.shape : tensors.map(({ shape }) => shape));

/** The model of a spec, made by the real TensorFlow.js. */
export const realModel = (instance: Tf, spec: ModelSpec): RealModel => {
  const layers: tf.layers.Layer[] = [];
  const upTo = (index: number): tf.layers.Layer => {
    while (layers.length <= index) layers.push(realLayer(instance, spec.layers[layers.length]!.layer));
    return layers[index]!;
  };
  const { model, nodes } = (spec.kind === 'sequential' ? realStack : realGraph)(instance, spec, upTo);
  upTo(spec.layers.length - 1);
  if (spec.trainable !== undefined) model.trainable = spec.trainable;
  spec.layers.forEach(({ trainable }, index) => {
    if (trainable !== undefined) layers[index]!.trainable = trainable;
  });
  return { model, layers, nodes };
};

type UpTo = (index: number) => tf.layers.Layer;

const realStack = (instance: Tf, spec: ModelSpec, upTo: UpTo): Omit<RealModel, 'layers'> => {
  if (spec.nodes[0]) upTo(spec.nodes[0].layer);
  const model = instance.sequential(spec.name ? { name: spec.name } : {});
  const nodes = spec.nodes.map(({ layer }) => {
    model.add(upTo(layer));
    return shapesOf(model.outputs);
  });
  return { model, nodes };
};

const realGraph = (instance: Tf, spec: ModelSpec, upTo: UpTo): Omit<RealModel, 'layers'> => {
  const tensors: tf.SymbolicTensor[][] = [];
  const find = (refs: ModelSpec['inputs']) => refs.map(({ node, index }) => tensors[node]?.[index] as tf.SymbolicTensor);
  const nodes = spec.nodes.map(({ layer, inputs }) => {
    const made = upTo(layer);
    const from = find(inputs);
    tensors.push(
      inputs.length === 0
        ? made.inboundNodes[0]!.outputTensors
        : ([made.apply(from.length === 1 ? from[0]! : from)].flat() as tf.SymbolicTensor[]),
    );
    return shapesOf(tensors.at(-1)!);
  });
  const model = instance.model({ inputs: find(spec.inputs), outputs: find(spec.outputs), ...(spec.name ? { name: spec.name } : {}) });
  return { model, nodes };
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
  if (value instanceof tf.serialization.Serializable) return { className: value.getClassName() };
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
    return tidily(() => {
      const layer = realLayer(tf, spec);
      if (builtWith) layer.apply(builtWith.length === 1 ? symbols(builtWith)[0]! : symbols(builtWith));
      const output = layer.apply(inputs.length === 1 ? symbols(inputs)[0]! : symbols(inputs)) as tf.SymbolicTensor | tf.SymbolicTensor[];
      return describeReal(layer, output);
    });
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

/** Runs `work`, then disposes of the tensors and variables that it made. */
export const tidily = <T>(work: () => T): T => {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
  }
};

/** Automatic names without their number: the runtime's counter is further on than ours. */
export const withoutCount = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/\b([a-z0-9_]+_[A-Z][A-Za-z0-9]*[A-Za-z])\d+\b/g, '$1#'));
