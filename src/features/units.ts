import { showCount, type Count } from '../model/shape';

/** `0.06 %`, `9.3 %`, `100 %`. */
export function showShare(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 0.01) return '<0.01 %';
  if (percent === 0 || percent === 100) return `${percent} %`;
  const shown = percent.toFixed(percent < 1 ? 2 : 1);
  // What is not all must not look like all.
  return shown === '100.0' ? '>99.9 %' : `${shown} %`;
}

/** `1.16 MB`, `250 MB`, decimal units. */
export const showBytes = (bytes: number): string => scaled(bytes, ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']);

/** `105,415,200`, and `1.14 G` from a thousand million up. */
export const showLarge = (count: number): string =>
  count < 1e9 ? count.toLocaleString('en-US') : scaled(count, ['', 'k', 'M', 'G', 'T', 'P', 'E']);

/** A number of at most `width` characters, shortened with a unit where it must be: `14,714,688` -> `14.7 M`. */
export function fitCount(count: Count, width: number): string {
  const exact = showCount(count);
  return exact.length <= width || typeof count !== 'number' ? exact : scaled(count, ['', 'k', 'M', 'G', 'T', 'P', 'E']);
}

/** Three significant digits and a unit, a step of 1,000 each. */
function scaled(value: number, units: readonly string[]): string {
  let step = 0;
  let rest = value;
  while (Math.round(rest * 100) / 100 >= 1000 && step < units.length - 1) {
    rest /= 1000;
    step++;
  }
  const digits = step === 0 || rest >= 100 ? 0 : rest >= 10 ? 1 : 2;
  return `${rest.toFixed(digits)} ${units[step] ?? ''}`.trim();
}
