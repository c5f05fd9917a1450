import { isUnknownPlain, type Plain } from '../../model/plain';
import { labelled, shortName } from '../writing';

/**
 * How an optimizer changes a weight `w` whose gradient is `g`, in step `t` (from 1). What is remembered from step to step starts at 0 where
 * `start` does not say otherwise. Rules and defaults are those of tfjs-core's optimizers and tfjs-layers' `optimizers.ts` (4.22); a test runs
 * each of these texts beside the real optimizer.
 */
export interface Optimizer {
  /** `adam`. */
  readonly name: string;
  /** One assignment a line, in the order in which they are made. */
  readonly rule: readonly string[];
  readonly start?: string;
  /** Parameters that the source leaves to their defaults: `learningRate 0.001`. */
  readonly defaults: readonly string[];
}

interface Kind {
  /** Positional parameters with their defaults; undefined where one must be given. */
  readonly parameters: readonly (readonly [name: string, fallback: Plain | undefined])[];
  readonly rule: (value: (name: string) => string) => readonly string[];
  readonly start?: (value: (name: string) => string) => string;
}

const EPSILON = ['epsilon', 1e-7] as const;

const KINDS: Readonly<Record<string, Kind>> = {
  sgd: { parameters: [['learningRate', undefined]], rule: (of) => [`w ← w - ${of('learningRate')}*g`] },
  momentum: {
    parameters: [
      ['learningRate', undefined],
      ['momentum', undefined],
      ['useNesterov', false],
    ],
    rule: (of) => [
      `v ← ${of('momentum')}*v + g`,
      of('useNesterov') === 'true' ? `w ← w - ${of('learningRate')}*(g + ${of('momentum')}*v)` : `w ← w - ${of('learningRate')}*v`,
    ],
  },
  adam: {
    parameters: [['learningRate', 0.001], ['beta1', 0.9], ['beta2', 0.999], EPSILON],
    rule: (of) => [
      `m ← ${of('beta1')}*m + ${rest(of('beta1'))}*g`,
      `v ← ${of('beta2')}*v + ${rest(of('beta2'))}*g²`,
      `w ← w - ${of('learningRate')}*m/(1 - ${of('beta1')}^t)/(√(v/(1 - ${of('beta2')}^t)) + ${of('epsilon')})`,
    ],
  },
  adamax: {
    parameters: [['learningRate', 0.002], ['beta1', 0.9], ['beta2', 0.999], EPSILON, ['decay', 0]],
    rule: (of) => [
      `m ← ${of('beta1')}*m + ${rest(of('beta1'))}*g`,
      `u ← max(${of('beta2')}*u, |g|)`,
      `w ← w - ${rate(of)}/(1 - ${of('beta1')}^t)*m/(u + ${of('epsilon')})`,
    ],
  },
  adagrad: {
    parameters: [
      ['learningRate', undefined],
      ['initialAccumulatorValue', 0.1],
    ],
    rule: (of) => ['s ← s + g²', `w ← w - ${of('learningRate')}*g/√(s + 1e-7)`],
    start: (of) => `s starts at ${of('initialAccumulatorValue')}`,
  },
  adadelta: {
    parameters: [['learningRate', 0.001], ['rho', 0.95], EPSILON],
    rule: (of) => [
      `d ← g*√(u + ${of('epsilon')})/√(s + ${of('epsilon')})`,
      `s ← ${of('rho')}*s + ${rest(of('rho'))}*g²`,
      `u ← ${of('rho')}*u + ${rest(of('rho'))}*d²`,
      `w ← w - ${of('learningRate')}*d`,
    ],
  },
  rmsprop: {
    parameters: [['learningRate', undefined], ['decay', 0.9], ['momentum', 0], EPSILON, ['centered', false]],
    rule: (of) => {
      const centered = of('centered') === 'true';
      const scaled = `${of('learningRate')}*g/√(s ${centered ? '- a² - ' : '+ '}${of('epsilon')})`;
      return [
        `s ← ${of('decay')}*s + ${rest(of('decay'))}*g²`,
        ...(centered ? [`a ← ${of('decay')}*a + ${rest(of('decay'))}*g`] : []),
        ...(of('momentum') === '0' ? [`w ← w - ${scaled}`] : [`m ← ${of('momentum')}*m + ${scaled}`, 'w ← w - m']),
      ];
    },
  },
};

/** `1 - 0.999 = 0.001`, without what binary fractions leave behind. */
const rest = (part: string): string => (Number.isNaN(Number(part)) ? `(1 - ${part})` : String(Number((1 - Number(part)).toPrecision(12))));

const rate = (of: (name: string) => string): string =>
  of('decay') === '0' ? of('learningRate') : `${of('learningRate')}/(1 + ${of('decay')}*(t - 1))`;

/** What a name given to `compile` stands for: other numbers than those of the function of `tf.train`, in part. */
const NAMED: Readonly<Record<string, readonly Plain[]>> = {
  adagrad: [0.01],
  adadelta: [1, 0.95],
  adam: [0.001, 0.9, 0.999],
  adamax: [0.002, 0.9, 0.999, null, 0],
  rmsprop: [0.001, 0.9, 0],
  sgd: [0.01],
};

/** Spellings that `compile` takes. */
const SPELLINGS: Readonly<Record<string, string>> = {
  Adagrad: 'adagrad',
  Adadelta: 'adadelta',
  Adam: 'adam',
  Adamax: 'adamax',
  RMSProp: 'rmsprop',
  SGD: 'sgd',
  ...Object.fromEntries(Object.keys(NAMED).map((name) => [name, name])),
};

export const OPTIMIZER_NAMES: readonly string[] = Object.keys(SPELLINGS);

/** The optimizer that `compile` makes of a name; undefined where TensorFlow.js throws `Unknown Optimizer`. */
export function namedOptimizer(name: string): Optimizer | undefined {
  const kind = Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : undefined;
  if (kind === undefined) return undefined;
  const made = optimizerOf(kind, NAMED[kind] ?? []);
  const given = (KINDS[kind]?.parameters ?? []).flatMap(([parameter], i) => {
    const value = NAMED[kind]?.[i];
    return typeof value === 'number' ? [`${parameter} ${value}`] : [];
  });
  return made && { ...made, defaults: [...given, ...made.defaults] };
}

/** `tf.train.adam(0.01)`: `kind` is `adam`, `args` are the call's. */
export function optimizerOf(kind: string, args: readonly Plain[]): Optimizer | undefined {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!known) return undefined;
  const values = new Map(known.parameters.map(([name, fallback], i) => [name, args[i] ?? fallback]));
  const valueOf = (name: string): string => textOf(values.get(name));
  const start = known.start?.(valueOf);
  return {
    name: kind,
    rule: known.rule(valueOf),
    ...(start === undefined ? {} : { start }),
    defaults: known.parameters.flatMap(([name, fallback], i) =>
      (args[i] ?? null) === null && fallback !== undefined && fallback !== false ? [`${name} ${textOf(fallback)}`] : [],
    ),
  };
}

function textOf(value: Plain | undefined): string {
  if (isUnknownPlain(value)) return shortName(value.$unknown);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '?';
}

/** The rule, an assignment a line, and what is left to defaults. */
export function stepLines({ rule, start, defaults }: Optimizer): readonly string[] {
  const notes = [...(defaults.length > 0 ? [`default ${defaults.join(', ')}`] : []), ...(start === undefined ? [] : [start])];
  const short = rule.length === 1 && notes.length > 0 ? `   (${notes.join('; ')})` : '';
  return [
    ...rule.map((line, i) => labelled(i === 0 ? 'step' : '', line + short)),
    ...(notes.length > 0 && short === '' ? [labelled('', notes.join('; '))] : []),
  ];
}
