import * as tfl from '@tensorflow/tfjs-layers';
import { makeLayer } from './make';
import type { LayerSpec, SpecValue } from './spec';
import { withoutWeights } from './weightless';

/** `tf.layers` holds classes too (Layer, RNN, RNNCell); its factories start with a small letter. */
const names: ReadonlySet<string> = new Set(Object.keys(tfl.layers).filter((name) => /^[a-z]/.test(name)));

const inner: LayerSpec = { spec: 'factory', factory: 'simpleRNN', options: { units: 1 } };
const cell: LayerSpec = { spec: 'factory', factory: 'simpleRNNCell', options: { units: 1 } };

/** Options that are enough for any factory to make a layer, whose class is all that is asked for. */
const ENOUGH: { readonly [key: string]: SpecValue } = {
  units: 1,
  filters: 1,
  kernelSize: 1,
  rate: 0.5,
  stddev: 1,
  n: 1,
  dims: [1],
  targetShape: [1],
  inputDim: 1,
  outputDim: 1,
  activation: 'linear',
  shape: [1],
  height: 1,
  width: 1,
  factor: 0.5,
  numTokens: 2,
  scale: 1,
  cells: [cell],
};

/** What the wrappers wrap: options that other factories do not take. */
const WRAPPED: { readonly [factory: string]: { readonly [key: string]: SpecValue } } = {
  bidirectional: { layer: inner },
  timeDistributed: { layer: inner },
  rnn: { cell },
  inputLayer: { inputShape: [1] },
  cropping2D: { cropping: [1, 1] },
  dot: { axes: 1 },
  categoryEncoding: { outputMode: 'oneHot' },
};

const classNames = new Map<string, string | undefined>();

/** The names that can be called on `tf.layers` of this TensorFlow.js to make a layer. */
export const factoryNames = (): readonly string[] => [...names];

/** True for the name of a factory of `tf.layers` (`conv2d`, `input`), false for all else, inherited names included. */
export const isFactory = (name: string): boolean => names.has(name);

/** `Conv2D` for `conv2d`: the class of the layer that a factory makes. undefined for what is not a factory. */
export const classNameOf = (factory: string): string | undefined => {
  if (!isFactory(factory)) return undefined;
  if (!classNames.has(factory)) classNames.set(factory, askClassName(factory));
  return classNames.get(factory);
};

/** Options from which a factory makes a layer. */
export const optionsEnough = (factory: string): { readonly [key: string]: SpecValue } => ({ ...ENOUGH, ...WRAPPED[factory] });

const askClassName = (factory: string): string | undefined => {
  const options = optionsEnough(factory);
  const outcome = withoutWeights(() => makeLayer({ spec: 'factory', factory, options }).getClassName());
  return 'value' in outcome ? outcome.value : undefined;
};
