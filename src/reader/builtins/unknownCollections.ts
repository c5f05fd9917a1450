import { guessedItems } from '../operations/iterate';
import type { Machine } from '../machine';
import { Arr } from '../state/heap';
import type { CallPlace } from '../values/native';
import { Unknown, type Value } from '../values/values';
import { arrayMember } from './arrays';

const COLLECTION_METHODS = new Set(['forEach', 'map', 'flatMap', 'filter', 'reduce', 'reduceRight', 'some', 'every', 'find']);

export const isCollectionMethod = (key: string): boolean => COLLECTION_METHODS.has(key);

/** `sizes.forEach(…)` of an unknown collection: read with one, two and three items, each a case of its own. */
export function callArrayMethodOnUnknown(m: Machine, unknown: Unknown, key: string, args: readonly Value[], at: CallPlace): Value {
  if (!m.canFork) return new Unknown(m.freshKey('deep'), '?', 'it depends on too many conditions at once');
  const guesses = guessedItems(unknown);
  return m.fork(
    guesses.map(({ literals }) => literals),
    (i) => {
      const array = new Arr(guesses[i]?.items ?? []);
      return m.interpreter.call(arrayMember(m, array, key), array, args, at);
    },
  );
}
