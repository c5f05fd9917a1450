import type { Statistics } from '../../draw/painter';
import type { Distribution } from '../../engine/histograms/distribution';
import { showCount } from '../../../src/model/shape';
import { showValue } from '../words';

/** One outline around all bars, one wide each, standing on the bottom; a bin that holds anything is seen. `share` is a bar's height, of 1. */
export const barsPath = (counts: readonly number[], height: number, share: (count: number) => number): string => {
  const tops = counts.map((count) => (count === 0 ? height : height - Math.max(1, share(count) * (height - 1))));
  return `M0 ${height}${tops.map((top, k) => `V${Math.round(top * 100) / 100}H${k + 1}`).join('')}V${height}Z`;
};

/** Where 0 stands, in bars from the left; undefined where it is outside or at an end. */
export const zeroPlace = ({ low, width, counts }: Distribution): number | undefined => {
  const place = -low / width;
  return place > 0 && place < counts.length ? place : undefined;
};

/** `0.25 to 0.3125: 412 values`. */
export const binText = ({ low, width, counts }: Distribution, bin: number): string => {
  const count = counts[bin] ?? 0;
  return `${showValue(low + bin * width)} to ${showValue(low + (bin + 1) * width)}: ${showCount(count)} ${count === 1 ? 'value' : 'values'}`;
};

/** The picture in one sentence. */
export const histogramText = (distribution: Distribution): string => {
  const { figures, counts } = distribution;
  const fullest = counts.indexOf(Math.max(...counts));
  return `${showCount(figures.count)} values from ${showValue(figures.min)} to ${showValue(figures.max)}; most in ${binText(distribution, fullest)}.`;
};

/** `12 %`, `<1 %`: never rounded to none or to all. */
export const share = (part: number, of: number): string => {
  if (part === 0 || of === 0) return '0 %';
  if (part === of) return '100 %';
  const percent = (100 * part) / of;
  return percent < 1 ? '<1 %' : percent > 99 ? '>99 %' : `${Math.round(percent)} %`;
};

/** Names and texts of a layer's figures, in their order; `alarm` where a value is none that a net can use. */
export const figureRows = (figures: Statistics): readonly { readonly name: string; readonly text: string; readonly alarm: boolean }[] => [
  { name: 'min', text: showValue(figures.min), alarm: false },
  { name: 'max', text: showValue(figures.max), alarm: false },
  { name: 'mean', text: showValue(figures.mean), alarm: false },
  { name: 'std', text: showValue(figures.std), alarm: false },
  { name: 'zeros', text: `${showCount(figures.zeros)} (${share(figures.zeros, figures.count)})`, alarm: false },
  { name: 'NaN', text: showCount(figures.nans), alarm: figures.nans > 0 },
  { name: 'infinite', text: showCount(figures.infinities), alarm: figures.infinities > 0 },
];
