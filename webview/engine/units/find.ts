import * as tf from '@tensorflow/tfjs-core';
import { FEWEST_SEEN, type UnitReport } from '../contract/units';
import { orStop } from '../run/turns';

/** Copies differ by no more than this part of the layer's range. */
const SAME = 1e-6;
/** Pairs that are compared value by value: at once, and at most. */
const PAIRS_AT_ONCE = 32;
const MOST_PAIRS = 512;
/** Larger outputs are compared in smaller steps, values. */
const MOST_VALUES = 2 ** 24;

/** Figures that copies must agree in before they are compared; in the order of `figuresOf`'s rows. */
const FIGURES = ['nonZero', 'min', 'max', 'mean', 'weighted'] as const;

interface Figures {
  readonly of: (figure: (typeof FIGURES)[number], unit: number) => number;
  /** Largest minus smallest value of the layer. */
  readonly range: number;
}

/**
 * Finds dead units and copies. Figures of each unit are found on the device and read once; only units whose figures agree are compared.
 *
 * @param output batch first; it stays the caller's
 * @param channelsFirst true where units lie on axis 1 instead of the last one
 */
export const findUnits = async (output: tf.Tensor, channelsFirst: boolean, signal: AbortSignal): Promise<UnitReport> => {
  const table = tableOf(output, channelsFirst);
  try {
    const [seen = 0, units = 0] = table.shape;
    const none = { units, inputs: output.shape[0] ?? 1, seen, dead: [], copies: [], cut: false };
    if (seen < FEWEST_SEEN) return none;
    const figures = await figuresOf(table);
    await orStop(signal);
    const dead = Array.from({ length: units }, (_, unit) => unit).filter((unit) => figures.of('nonZero', unit) === 0);
    const alive = Array.from({ length: units }, (_, unit) => unit).filter((unit) => figures.of('nonZero', unit) !== 0);
    const { pairs, cut } = likelyPairs(alive, figures);
    return { ...none, dead, copies: groupsOf(await samePairs(table, pairs, figures.range * SAME, signal)), cut };
  } finally {
    table.dispose();
  }
};

/** [values of a unit, units] */
const tableOf = (output: tf.Tensor, channelsFirst: boolean): tf.Tensor2D =>
  tf.tidy(() => {
    const floats = tf.cast(output, 'float32');
    const axes = output.shape.map((_, axis) => axis);
    const last = channelsFirst && output.rank > 2 ? tf.transpose(floats, [0, ...axes.slice(2), 1]) : floats;
    const units = last.shape[last.rank - 1] ?? 1;
    return tf.reshape(last, [-1, units]) as tf.Tensor2D;
  });

const figuresOf = async (table: tf.Tensor2D): Promise<Figures> => {
  const [seen, units] = table.shape;
  const rows = tf.tidy(() => {
    // Two maps with the same values in other places differ in this one.
    const weights = tf.reshape(tf.sin(tf.range(1, seen + 1, 1, 'float32')), [seen, 1]);
    return tf.stack([
      tf.max(tf.cast(tf.notEqual(table, tf.scalar(0)), 'float32'), 0),
      tf.min(table, 0),
      tf.max(table, 0),
      tf.mean(table, 0),
      tf.mean(tf.mul(table, weights), 0),
    ]);
  });
  try {
    const values = await rows.data<'float32'>();
    const of: Figures['of'] = (figure, unit) => values[FIGURES.indexOf(figure) * units + unit] ?? Number.NaN;
    let [least, most] = [Infinity, -Infinity];
    for (let unit = 0; unit < units; unit++) {
      least = Math.min(least, of('min', unit));
      most = Math.max(most, of('max', unit));
    }
    return { of, range: most - least };
  } finally {
    rows.dispose();
  }
};

/** Pairs whose figures agree: each unit with the first of those before it that it may be a copy of. */
const likelyPairs = (units: readonly number[], { of, range }: Figures): { pairs: readonly (readonly [number, number])[]; cut: boolean } => {
  const pairs: [number, number][] = [];
  if (!(range > 0) || !Number.isFinite(range)) return { pairs, cut: false };
  // A mean over many values is not exact to the last bit.
  const near = 8 * SAME * range;
  const agree = (one: number, other: number): boolean => FIGURES.every((figure) => Math.abs(of(figure, one) - of(figure, other)) <= near);
  const sorted = [...units].sort((a, b) => of('mean', a) - of('mean', b));
  for (let at = 0; at < sorted.length; at++) {
    const unit = sorted[at] ?? 0;
    for (let next = at + 1; next < sorted.length; next++) {
      const other = sorted[next] ?? 0;
      if (of('mean', other) - of('mean', unit) > near) break;
      if (!agree(unit, other)) continue;
      if (pairs.length === MOST_PAIRS) return { pairs, cut: true };
      pairs.push([unit, other]);
    }
  }
  return { pairs, cut: false };
};

/** The pairs that differ by no more than `most` anywhere. */
const samePairs = async (
  table: tf.Tensor2D,
  pairs: readonly (readonly [number, number])[],
  most: number,
  signal: AbortSignal,
): Promise<readonly (readonly [number, number])[]> => {
  const atOnce = Math.max(1, Math.min(PAIRS_AT_ONCE, Math.floor(MOST_VALUES / Math.max(1, table.shape[0]))));
  const same: (readonly [number, number])[] = [];
  for (let from = 0; from < pairs.length; from += atOnce) {
    const some = pairs.slice(from, from + atOnce);
    const differences = tf.tidy(() => {
      const side = (which: 0 | 1): tf.Tensor =>
        tf.gather(
          table,
          tf.tensor1d(
            some.map((pair) => pair[which]),
            'int32',
          ),
          1,
        );
      return tf.max(tf.abs(tf.sub(side(0), side(1))), 0);
    });
    const values = await differences.data<'float32'>();
    differences.dispose();
    same.push(...some.filter((_, k) => (values[k] ?? Infinity) <= most));
    await orStop(signal);
  }
  return same;
};

/** Pairs that share a unit become one group. */
const groupsOf = (pairs: readonly (readonly [number, number])[]): readonly (readonly number[])[] => {
  const groups = new Map<number, Set<number>>();
  for (const [one, other] of pairs) {
    const joined = new Set([...(groups.get(one) ?? [one]), ...(groups.get(other) ?? [other])]);
    for (const unit of joined) groups.set(unit, joined);
  }
  return [...new Set(groups.values())].map((group) => [...group].sort((a, b) => a - b)).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
};
