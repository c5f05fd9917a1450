import { setImmediate } from 'node:timers/promises';

/** Resolves some turns of the event loop later. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate();
}

/** After so many turns, what was answered in this one has been written: the connection writes an answer a turn after it is given. */
export const UNTIL_WRITTEN = 2;
