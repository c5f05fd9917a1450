import { numbersOf } from './config';
import type { PlainObject } from './plain';

/** What zero padding puts on and cropping takes off: `[[top, bottom], [left, right]]`, also where the source gives one number or two. */
export function frameOf(config: PlainObject, key: string): readonly (readonly number[])[] | undefined {
  const value = config[key];
  const single = numbersOf(config, key, 2);
  if (single) return single.map((size) => [size, size]);
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const sides = value.map((_, axis) => numbersOf({ side: value[axis] ?? null }, 'side', 2));
  return sides.every((side) => side !== undefined) ? sides : undefined;
}
