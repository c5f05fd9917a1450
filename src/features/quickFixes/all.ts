import type { Propose } from './fix';
import { flatten } from './flatten';
import { largestWindow } from './largestWindow';
import { samePadding } from './samePadding';
import { projectedShortcut } from './shortcut';
import { targetShape } from './targetShape';
import { uniqueName } from './uniqueName';
import { zeroPadding } from './zeroPadding';

/** Every fix, the likeliest first: of several that work the first is the preferred one. */
export const PROPOSERS: readonly Propose[] = [uniqueName, zeroPadding, projectedShortcut, targetShape, flatten, samePadding, largestWindow];
