import type { Plain, PlainObject } from '../model/plain';
import { numberOf, textOf } from '../model/config';

/**
 * What an initializer fills a weight with, and how far its values spread: `deviation` is the standard deviation of what is drawn, after cutting.
 * As in tfjs-layers' `initializers.ts` (4.22); a test holds the numbers against samples of the runtime's.
 */
export interface Filling {
  readonly text: string;
  /** The same for weights of any shape, of what scales with it: `in` and `out` are the weight's fans. */
  readonly rule?: string;
  readonly deviation?: number;
}

/** What is left of a normal distribution's deviation when all beyond two deviations is drawn anew. */
const CUT_AT_TWO = 0.879626;

/**
 * @param initializer as a layer's configuration has it: `{ className: 'VarianceScaling', config: { scale: 2, mode: 'fanIn', … } }`.
 * @param shape of the weight; only what scales with it asks for one.
 */
export function fillingOf(initializer: Plain | undefined, shape: readonly number[] | undefined): Filling | undefined {
  if (typeof initializer !== 'object' || initializer === null || Array.isArray(initializer)) return undefined;
  const { className, config } = initializer as PlainObject;
  const given = typeof config === 'object' && config !== null && !Array.isArray(config) ? (config as PlainObject) : {};
  return typeof className === 'string' && Object.hasOwn(FILLINGS, className) ? FILLINGS[className]?.(given, shape) : undefined;
}

type Fill = (config: PlainObject, shape: readonly number[] | undefined) => Filling | undefined;

const constant =
  (value: number): Fill =>
  () => ({ text: `all ${value}` });

const normal =
  (isCut: boolean): Fill =>
  (config) => {
    const [mean, deviation] = [numberOf(config, 'mean'), numberOf(config, 'stddev')];
    if (mean === undefined || deviation === undefined) return undefined;
    const cut = isCut ? `, cut at ±2σ` : '';
    return { text: `normal, mean ${mean}, σ = ${deviation}${cut}`, deviation: deviation * (isCut ? CUT_AT_TWO : 1) };
  };

const uniform: Fill = (config) => {
  const [low, high] = [numberOf(config, 'minval'), numberOf(config, 'maxval')];
  return low === undefined || high === undefined
    ? undefined
    : { text: `uniform from ${low} to ${high}`, deviation: (high - low) / Math.sqrt(12) };
};

const gained =
  (text: string): Fill =>
  (config) => {
    const gain = numberOf(config, 'gain') ?? 1;
    return { text: gain === 1 ? text : `${text}, times ${gain}` };
  };

/** Scaled so that the values neither grow nor fade from layer to layer. */
const scaled: Fill = (config, shape) => {
  const [scale, mode, distribution] = [numberOf(config, 'scale'), textOf(config, 'mode'), textOf(config, 'distribution')];
  const fans = shape && fansOf(shape);
  if (scale === undefined || !mode || !fans) return undefined;
  const fan = fanOf(mode, fans);
  const isUniform = distribution === 'uniform';
  const variance = scale / Math.max(1, fan.size);
  const size = Math.sqrt(variance * (isUniform ? 3 : 1));
  const rooted = `√(${isUniform ? 3 * scale : scale}/`;
  const write = (root: string): string => (isUniform ? `uniform within ±${root}` : `normal, σ = ${root}, cut at ±2σ`);
  const name = mode === 'fanIn' ? 'in' : mode === 'fanOut' ? 'out' : '((in + out)/2)';
  return {
    text: write(`${rooted}${fan.text}) = ${short(size)}`),
    rule: write(`${rooted}${name})`),
    deviation: isUniform ? size / Math.sqrt(3) : size * CUT_AT_TWO,
  };
};

interface Fans {
  readonly into: number;
  readonly out: number;
}

/** What goes into one value, and what one value goes into: channels times the kernel's elements. */
export function fansOf(shape: readonly number[]): Fans | undefined {
  if (shape.length < 2 || shape.length > 5) return undefined;
  const field = shape.slice(0, -2).reduce((all, size) => all * size, 1);
  return { into: field * (shape.at(-2) ?? NaN), out: field * (shape.at(-1) ?? NaN) };
}

function fanOf(mode: string, { into, out }: Fans): { readonly size: number; readonly text: string } {
  if (mode === 'fanIn') return { size: into, text: String(into) };
  if (mode === 'fanOut') return { size: out, text: String(out) };
  return { size: (into + out) / 2, text: `((${into} + ${out})/2)` };
}

/** Four digits: what a person compares. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));

const FILLINGS: Readonly<Record<string, Fill>> = {
  Zeros: constant(0),
  Ones: constant(1),
  Constant: (config) => ({ text: `all ${numberOf(config, 'value') ?? '?'}` }),
  RandomNormal: normal(false),
  TruncatedNormal: normal(true),
  RandomUniform: uniform,
  Identity: gained('ones on the diagonal, else 0'),
  Orthogonal: gained('random, rows and columns at right angles'),
  VarianceScaling: scaled,
};

/** What an initializer that scales with its weight comes to, before it is given one: `in` and `out` are the weight's fans. */
const GENERAL: Readonly<Record<string, string>> = {
  glorotNormal: 'normal, σ = √(2/(in + out)), cut at ±2σ',
  glorotUniform: 'uniform within ±√(6/(in + out))',
  heNormal: 'normal, σ = √(2/in), cut at ±2σ',
  heUniform: 'uniform within ±√(6/in)',
  leCunNormal: 'normal, σ = √(1/in), cut at ±2σ',
  leCunUniform: 'uniform within ±√(3/in)',
  zeros: 'all 0',
  ones: 'all 1',
  orthogonal: 'random, rows and columns at right angles',
};

export const GENERAL_NAMES: readonly string[] = Object.keys(GENERAL);

/** By the function's name in `tf.initializers`. */
export const generalFilling = (name: string): string | undefined => (Object.hasOwn(GENERAL, name) ? GENERAL[name] : undefined);
