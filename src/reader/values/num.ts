import { SAMPLES } from './standIns';

/**
 * A number that depends on unknowns: one value for each stand-in, in lockstep, and the text of the expression it came from.
 * NaN marks a stand-in for which there is no value.
 */
export class Num {
  constructor(
    readonly samples: readonly number[],
    /** Keys of the unknowns it depends on. */
    readonly dependsOn: ReadonlySet<string>,
    /** The expression, for identity and for naming conditions. */
    readonly text: string,
  ) {}
}

export type Numeric = number | Num;

export const isNumeric = (value: unknown): value is Numeric => typeof value === 'number' || value instanceof Num;

/** The value for stand-in `k`. */
export const sample = (value: Numeric, k: number): number => (typeof value === 'number' ? value : (value.samples[k] ?? NaN));

export const textOf = (value: Numeric): string => (typeof value === 'number' ? String(value) : value.text);

const union = (values: readonly Numeric[]): ReadonlySet<string> => {
  const all = new Set<string>();
  for (const value of values) if (value instanceof Num) for (const key of value.dependsOn) all.add(key);
  return all;
};

/** Applies a pure function of numbers sample by sample; all known gives a known number. */
export function combine(operands: readonly Numeric[], text: string, compute: (...values: number[]) => number): Numeric {
  if (operands.every((operand) => typeof operand === 'number')) return compute(...(operands as number[]));
  const samples = Array.from({ length: SAMPLES }, (_, k) => compute(...operands.map((operand) => sample(operand, k))));
  return new Num(samples, union(operands), text.length <= 200 ? text : `${text.slice(0, 199)}…`);
}

/** True where both are the same number under every stand-in. */
export const sameNumeric = (a: Numeric, b: Numeric): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return Object.is(a, b);
  for (let k = 0; k < SAMPLES; k++) if (!Object.is(sample(a, k), sample(b, k))) return false;
  return true;
};

/** A text that is equal for equal numbers under every stand-in. */
export const signature = (samples: readonly (number | null | undefined)[]): string => samples.join(',');
