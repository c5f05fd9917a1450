import type { Count } from '../../model/shape';
import { sameCount } from './rows';

/** What the right side has more than the left one: `+5,120 (+12.5 %)`, `=` where nothing, `?` where a formula is among them. */
export function showDifference(
  left: Count | undefined,
  right: Count | undefined,
  { isSameProgram, show }: { readonly isSameProgram: boolean; readonly show: (amount: number) => string },
): string {
  if (typeof left !== 'number' || typeof right !== 'number')
    return left !== undefined && sameCount(left, right, isSameProgram) === true ? '=' : '?';
  const more = right - left;
  if (more === 0) return '=';
  const sign = more > 0 ? '+' : '-';
  return `${sign}${show(Math.abs(more))}${left === 0 ? '' : ` (${sign}${percent(Math.abs(more) / left)} %)`}`;
}

/** `0.2`, `12.5`, `122`, `1,263`; never 0, for there is a difference. */
function percent(share: number): string {
  const value = 100 * share;
  if (value < 0.05) return '<0.1';
  return value < 100 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value).toLocaleString('en-US');
}
