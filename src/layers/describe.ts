import type * as tfl from '@tensorflow/tfjs-layers';
import { copyShape } from './shapes';
import type { Applied, Constructed, LayerSpec } from './spec';
import { countValues } from './weights';

type Layer = tfl.layers.Layer;

const isModel = (layer: Layer): layer is tfl.LayersModel => 'layers' in layer && Array.isArray(layer.layers);

const isObject = (value: object): value is { getClassName(): string } =>
  'getClassName' in value && typeof value.getClassName === 'function';

/** What can go through JSON of a value, so that it can cross to another thread; non-finite numbers become their names. */
const toPlain = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (Array.isArray(value)) return value.map(toPlain);
  // A layer or initialiser where TensorFlow.js expects plain data comes back from it as it is.
  if (isObject(value)) return { className: value.getClassName() };
  const plain: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const copy = toPlain(inner);
    if (copy !== undefined && key !== '__proto__') plain[key] = copy;
  }
  return plain;
};

/** `getConfig()` as plain data. A model's would repeat all its layers; its name and trainability are enough. */
export const configOf = (layer: Layer): { readonly [key: string]: unknown } => {
  if (isModel(layer)) return { name: layer.name, trainable: layer.trainable };
  try {
    return toPlain(layer.getConfig()) as { readonly [key: string]: unknown };
  } catch {
    // A wrapper with nothing in it can be made, and fails only when it is asked to describe itself: the program did not ask.
    return { name: layer.name };
  }
};

/** The name that a spec gives its layer, as TensorFlow.js reads it: an empty one counts as none. */
const givenName = (spec: LayerSpec): string | undefined => {
  if (spec.spec === 'model') return spec.model.name;
  const { options } = spec;
  const name =
    typeof options === 'object' && options !== null && !Array.isArray(options) && Object.hasOwn(options, 'name')
      ? (options as { readonly name: unknown }).name
      : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
};

/** What is known of a layer before it is applied. */
export const describeLayer = (spec: LayerSpec, layer: Layer): Constructed => {
  const name = givenName(spec);
  const batchInputShape = layer.batchInputShape as (number | null)[] | undefined | null;
  return {
    className: layer.getClassName(),
    ...(name === undefined ? {} : { name }),
    config: configOf(layer),
    ...(batchInputShape ? { batchInputShape: copyShape(batchInputShape) } : {}),
  };
};

/** Counts of values in a layer's weights; 0 for a layer that was never applied and so has none. */
export const countsOf = (layer: Layer): { readonly params: number; readonly trainableParams: number } => {
  if (isModel(layer) ? layer.layers.length === 0 : !layer.built) return { params: 0, trainableParams: 0 };
  return { params: layer.countParams(), trainableParams: countValues(layer.trainableWeights) };
};

/** A built layer's weights under the names that they have within it (`kernel`, `forward_lstm_LSTM1/kernel`). */
export const weightsOf = (layer: Layer): Applied['weights'] => {
  const trainable = new Set(layer.trainableWeights);
  const scope = `${layer.name}/`;
  return layer.weights.map((weight) => {
    const { originalName, shape } = weight;
    const name = originalName.startsWith(scope) ? originalName.slice(scope.length) : originalName;
    return { name, shape: copyShape(shape), trainable: trainable.has(weight) };
  });
};
