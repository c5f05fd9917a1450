import { scaleLinear, scaleSymlog } from 'd3-scale';
import type { Distribution } from '../../engine/histograms/distribution';
import { showCount } from '../../../src/model/shape';

/** A mark on an axis. */
export interface Tick {
  /** Place as a share of the axis: 0 at the left or at the bottom, 1 at the other end. */
  readonly at: number;
  readonly text: string;
}

/** As many marks as there is room for without labels that touch. */
const VALUES = 5;
const COUNTS = 3;

/** Round values below the bars. */
export const valueTicks = ({ low, width, counts }: Distribution): readonly Tick[] => {
  const scale = scaleLinear([low, low + counts.length * width], [0, 1]);
  const ticks = scale.ticks(VALUES);
  const most = Math.max(...ticks.map(Math.abs));
  // Plain digits as long as they are few.
  const isPlain = most >= 1e-3 && most < 1e6;
  const text = scale.tickFormat(VALUES, isPlain ? undefined : '~e');
  return ticks.map((value) => ({ at: scale(value), text: value === 0 && !isPlain ? '0' : text(value) }));
};

/** Height of a bar of so many values, as a share of the fullest one's. */
export const countScale = (most: number, logarithmic: boolean): ((count: number) => number) => {
  const ends = [0, Math.max(1, most)];
  // log(1 + count): a bin of one value is seen, an empty one is not.
  return logarithmic ? scaleSymlog(ends, [0, 1]) : scaleLinear(ends, [0, 1]);
};

/** Round counts beside the bars: a few even steps, or powers of ten on a logarithmic scale. */
export const countTicks = (most: number, logarithmic: boolean): readonly Tick[] => {
  const scale = countScale(most, logarithmic);
  const values = logarithmic ? powersOfTen(most) : scaleLinear([0, most], [0, 1]).ticks(COUNTS).filter(isCount);
  return values.map((value) => ({ at: scale(value), text: showCount(value) }));
};

const isCount = (value: number): boolean => value > 0 && Number.isInteger(value);

/** Evenly chosen ones up to `most`, the largest among them. */
const powersOfTen = (most: number): readonly number[] => {
  const largest = Math.floor(Math.log10(Math.max(1, most)));
  const step = Math.max(1, Math.ceil(largest / COUNTS));
  const powers: number[] = [];
  for (let power = largest; power >= 0 && powers.length < COUNTS; power -= step) powers.unshift(10 ** power);
  return powers;
};
