import type { Propose } from './fix';
import { flatten } from './flatten';
import { largestWindow } from './largestWindow';
import { misspelt } from './misspelt';
import { samePadding } from './samePadding';
import { sequences } from './sequences';
import { projectedShortcut } from './shortcut';
import { targetShape } from './targetShape';
import { uniqueName } from './uniqueName';
import { values } from './values';
import { zeroPadding } from './zeroPadding';

/** Every fix, the likeliest first: of several that work the first is the preferred one. */
export const PROPOSERS: readonly Propose[] = [
  misspelt,
  values,
  uniqueName,
  zeroPadding,
  projectedShortcut,
  sequences,
  targetShape,
  flatten,
  samePadding,
  largestWindow,
];
