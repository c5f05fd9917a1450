import { isUnknownPlain, type Plain, type PlainObject } from '../../model/plain';
import { cut, oneLine } from '../writing';

/** Options that say nothing about what a layer computes, or that its place in the model says already. */
const LEFT_OUT: ReadonlySet<string> = new Set(['name', 'inputShape', 'batchInputShape', 'inputDim', 'inputDType', 'batchSize', 'weights']);

/** What TensorFlow.js takes where an option is not given; a test asks it. */
const DEFAULTS: PlainObject = {
  activation: 'linear',
  useBias: true,
  padding: 'valid',
  dilationRate: 1,
  dataFormat: 'channelsLast',
  kernelInitializer: 'glorotNormal',
  biasInitializer: 'zeros',
  trainable: true,
};

/** A pool moves by its window where it is not told otherwise. */
const POOL = /^(Max|Average)Pooling\dD$/;
const POOL_SIZE = 2;

/** What concerns training alone: no shape, count or answer of the net as it stands depends on it. */
const FOR_TRAINING = /(Initializer|Regularizer|Constraint)$/;

/** Classes with another value there. */
const EXCEPTIONS: { readonly [className: string]: PlainObject } = {
  ...forEach(['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Conv3DTranspose', 'SeparableConv2D', 'DepthwiseConv2D'], { strides: 1 }),
  ...forEach(['ZeroPadding2D'], { padding: 1 }),
  ...forEach(['SimpleRNN', 'LSTM', 'GRU'], { activation: 'tanh' }),
  BatchNormalization: { momentum: 0.99, epsilon: 0.001, axis: -1, center: true, scale: true },
};

function forEach(classes: readonly string[], defaults: PlainObject): { readonly [className: string]: PlainObject } {
  return Object.fromEntries(classes.map((name) => [name, defaults]));
}

/** What TensorFlow.js takes for an option that is not given; undefined where that is not known here. */
export function defaultOf(className: string, key: string): Plain | undefined {
  const own = Object.hasOwn(EXCEPTIONS, className) ? EXCEPTIONS[className] : undefined;
  if (own && Object.hasOwn(own, key)) return own[key];
  return Object.hasOwn(DEFAULTS, key) ? DEFAULTS[key] : undefined;
}

/**
 * A layer's options so that two ways to say the same become one: `3` for `[3, 3]`, without what is the default, without name and input shape, keys in
 * order; a pool has its strides.
 */
export function settledOptions(className: string, options: PlainObject): PlainObject {
  const given = POOL.test(className) ? poolOptions(options) : options;
  const entries = Object.keys(given)
    .sort()
    .flatMap((key): [string, Plain][] => {
      const value = settled(given[key] ?? null);
      return LEFT_OUT.has(key) || value === null || same(value, defaultOf(className, key)) ? [] : [[key, value]];
    });
  return Object.fromEntries(entries);
}

function poolOptions(options: PlainObject): PlainObject {
  const poolSize = options['poolSize'] ?? POOL_SIZE;
  return { ...options, poolSize, strides: options['strides'] ?? poolSize };
}

/** The options that decide what a net computes. */
export const withoutTraining = (options: PlainObject): PlainObject =>
  Object.fromEntries(Object.entries(options).filter(([key]) => !FOR_TRAINING.test(key)));

function settled(value: Plain): Plain {
  if (!Array.isArray(value) || value.length === 0) return value;
  const list = (value as readonly Plain[]).map(settled);
  const [first] = list;
  return typeof first === 'number' && list.every((entry) => entry === first) ? first : list;
}

export const same = (one: Plain | undefined, other: Plain | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** An option that two layers were given differently; undefined stands for one that was not given. */
export interface OptionChange {
  readonly key: string;
  readonly left: Plain | undefined;
  readonly right: Plain | undefined;
  /** True where a value is open, so that the two may be the same. */
  readonly isOpen: boolean;
}

/**
 * Differences between two layers' options, those that concern training alone last.
 * @param sharesNames open values of one name are one value: both layers are of one program
 */
export function optionChanges(left: PlainObject, right: PlainObject, sharesNames: boolean): readonly OptionChange[] {
  const all = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  const keys = [...all.filter((key) => !FOR_TRAINING.test(key)), ...all.filter((key) => FOR_TRAINING.test(key))];
  return keys.flatMap((key): readonly OptionChange[] => {
    const [one, other] = [left[key], right[key]];
    const isOpen = hasUnknown(one) || hasUnknown(other);
    return same(one, other) && (sharesNames || !isOpen) ? [] : [{ key, left: one, right: other, isOpen }];
  });
}

const hasUnknown = (value: Plain | undefined): boolean =>
  isUnknownPlain(value) || (typeof value === 'object' && value !== null && Object.values(value).some((inner: Plain) => hasUnknown(inner)));

const MAX_VALUE = 24;

/** `strides 4 → 3`; the default where a side was not given the option. */
export const showChange = ({ key, left, right }: OptionChange, classes: readonly [string, string]): string =>
  `${cut(oneLine(key), MAX_VALUE)} ${showValue(left ?? defaultOf(classes[0], key))} → ${showValue(right ?? defaultOf(classes[1], key))}`;

function showValue(value: Plain | undefined): string {
  return value === undefined ? 'not set' : cut(oneLine(textOf(value)), MAX_VALUE);
}

function textOf(value: Plain): string {
  if (Array.isArray(value)) return `[${(value as readonly Plain[]).map(textOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const { $unknown, $tf, $layer } = value as PlainObject;
  if (typeof $unknown === 'string') return $unknown;
  if (typeof $tf === 'string') return $tf.split('.').at(-1) ?? $tf;
  const className = typeof $layer === 'object' && $layer !== null ? ($layer as PlainObject)['className'] : undefined;
  return typeof className === 'string' ? className : JSON.stringify(value);
}
