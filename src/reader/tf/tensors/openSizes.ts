import type { Machine } from '../../machine';
import type { Num } from '../../values/num';
import { Unknown } from '../../values/values';
import type { OpCall } from './eager';
import { inputDependencies } from './inputs';
import { isRefusedOp, type OpOutcome } from './results';

/** The sizes that a symbolic shape leaves open (null): any number will do, and no one needs to know which. */
const PREFIX = 'open:';

export const isOpenSize = (key: string): boolean => key.startsWith(PREFIX);

/** The batch, or another size that is null in a layer's input: one for each axis, as inputs of one layer agree in them. */
export function openSize(m: Machine, axis: number): Num {
  const name = axis === 0 ? 'batch' : `size of axis ${axis}`;
  return m.numberOf(new Unknown(PREFIX + axis, name, 'the input leaves it open'));
}

/**
 * TensorFlow.js' words where it refuses a call for every batch size that was tried, and nothing but the batch is open; undefined where
 * anything else is. The batch shows as null in them.
 */
export function openSizesOnly(m: Machine, call: OpCall, outcomes: readonly OpOutcome[]): string | undefined {
  const keys = [...inputDependencies(call.args)];
  if (keys.length !== 1 || keys[0] !== PREFIX + 0) return undefined;
  const batch = openSize(m, 0).samples;
  const messages = outcomes.map((outcome) => (isRefusedOp(outcome) && !outcome.limit ? outcome.error.split(/(\d+)/) : []));
  const [first = []] = messages;
  const words = first.map((word, i) => {
    if (messages.every((message) => message[i] === word)) return word;
    return messages.every((message, k) => Number(message[i]) % (batch[k] ?? NaN) === 0) ? 'null' : undefined;
  });
  return words.length > 0 && messages.every((message) => message.length === words.length) && words.every((word) => word !== undefined)
    ? words.join('')
    : undefined;
}
