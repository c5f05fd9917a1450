import type { Machine } from '../machine';
import type { CallPlace } from '../values/native';
import type { Value } from '../values/values';
import type { Origin } from './entities';
import { originOf } from './makeLayer';
import { forEachAlternative, freeze, type Option } from './options';

/** One call of a function that makes an initializer, a regularizer or an optimizer. */
export interface MakerNote {
  /** `initializers.heNormal`, `train.adam`. */
  readonly path: string;
  readonly args: readonly Option[];
  readonly origin: Origin;
}

/** Calls beyond this many are not kept: a layer in a loop makes its initializer anew each time. */
const MAX_NOTES = 2_000;

/** Remembers what such a call was given. */
export function noteMaker(m: Machine, path: readonly string[], args: readonly Value[], at: CallPlace): void {
  if (m.makers.length >= MAX_NOTES) return;
  forEachAlternative(m, () => {
    m.makers.push({ path: path.join('.'), args: args.map((arg) => freeze(m, arg)), origin: originOf(m, at) });
    return undefined;
  });
}
