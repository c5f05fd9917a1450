import { zeros } from '@tensorflow/tfjs-core';
import { LimitError } from '../limits';
import type { OpArgument } from './spec';

/** More rounds than an op's own loop over a number it is given is let run. */
const MAX_ROUNDS = 100_000;

/** Ops that count up to an argument of theirs, whatever the backend; by the position of that argument. */
const COUNTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['cosineWindow', [0]],
  ['eye', [0, 1]],
  ['signal.hannWindow', [0]],
  ['signal.hammingWindow', [0]],
]);

/** Ops that look again at an array that they filled: how long it is becomes a shape. */
const READS_ITS_OWN: ReadonlySet<string> = new Set(['cosineWindow', 'signal.hannWindow', 'signal.hammingWindow']);

/** True where typed arrays have to be real ones; `checkWork` keeps them short. */
export const needsRoom = (path: string): boolean => READS_ITS_OWN.has(path);

/** Ops that fill a buffer, for which text is made in lists, of any length. */
const FILLS: ReadonlySet<string> = new Set([
  'eye',
  'randomGamma',
  'randomNormal',
  'randomStandardNormal',
  'randomUniform',
  'truncatedNormal',
]);

/** Throws a LimitError where an op would loop over a size. */
export const checkWork = (path: string, args: readonly OpArgument[]): void => {
  if (FILLS.has(path) && args.includes('string')) throw new LimitError(`tf.${path} of text is not followed.`);
  const counts = (COUNTS.get(path) ?? []).map((at) => args[at]).filter((count) => typeof count === 'number');
  const rounds = counts.length > 0 ? Math.min(...counts) : 0;
  if (rounds > MAX_ROUNDS) throw new LimitError(`${rounds} rounds in tf.${path} are more than the ${MAX_ROUNDS} that are followed.`);
};

/**
 * A short-time Fourier transform makes its window by looking at an array that it filled; unless another is given, the window is of the
 * frame's length.
 */
const window = (length: number): unknown => {
  // Refuses what is no length as the runtime does; nothing is made.
  new Float32Array(length);
  return zeros([Math.trunc(length)]);
};

/** The arguments that an op is called with, where it would make up one for itself that cannot be made without values. */
export const completed = (path: string, args: readonly unknown[]): readonly unknown[] =>
  path === 'signal.stft' && args[4] === undefined ? [args[0], args[1], args[2], args[3], window] : args;
