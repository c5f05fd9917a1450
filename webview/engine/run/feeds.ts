import * as tf from '@tensorflow/tfjs-core';
import type { ReadFile } from '../backend/types';
import type { Feed, Program } from '../build/program';
import type { InputChoice } from '../contract/run';
import { streamOf } from '../weights/random';

/** Pixels a side of a shipped digit. */
const SIDE = 32;

/** Sides of square one-channel pictures that a shipped digit fits, as it is or without its margin. */
const DIGIT_SIDES: readonly number[] = [32, 28];

/** True where the model has one input, and that is a picture of a shipped digit's size. */
export const takesDigit = (program: Program): boolean => {
  const [feed, ...others] = program.feeds;
  if (!feed || others.length > 0) return false;
  const [, height, width, channels] = feed.shape;
  return feed.shape.length === 4 && channels === 1 && height === width && DIGIT_SIDES.includes(height ?? 0);
};

/** What random values of a feed are drawn from, for people. */
export const rangeOf = (feed: Feed): string =>
  feed.indicesBelow === undefined ? '0-1' : `whole numbers below ${feed.indicesBelow.toLocaleString('en-US')}`;

/** A tensor for each feed; they belong to the caller. */
export const feedTensors = async (program: Program, choice: InputChoice, readFile: ReadFile): Promise<tf.Tensor[]> => {
  if (choice.kind === 'digit' && takesDigit(program)) {
    const digits = new Uint8Array(await readFile('assets/digits.bin'));
    return program.feeds.map((feed) => tf.tensor(digitValues(digits, choice.digit, feed.shape[1] ?? SIDE), [...feed.shape]));
  }
  const seed = choice.kind === 'random' ? choice.seed : 0;
  return program.feeds.map((feed) => tf.tensor(randomValues(feed, seed), [...feed.shape]));
};

/** Ink is 1, paper 0. A smaller picture is the part of the drawing that has the ink in its middle. */
export const digitValues = (digits: Uint8Array, digit: number, side: number): Float32Array<ArrayBuffer> => {
  const drawing = digits.subarray(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE);
  const inked = [...drawing.keys()].filter((at) => (drawing[at] ?? 0) > 0);
  const top = margin(
    inked.map((at) => Math.floor(at / SIDE)),
    side,
  );
  const left = margin(
    inked.map((at) => at % SIDE),
    side,
  );
  return Float32Array.from(
    { length: side * side },
    (_, k) => (drawing[(Math.floor(k / side) + top) * SIDE + (k % side) + left] ?? 0) / 255,
  );
};

/** How many rows (or columns) are left out before the picture begins. */
const margin = (places: readonly number[], side: number): number => {
  const middle = (Math.min(...places) + Math.max(...places) + 1) / 2;
  return Math.min(SIDE - side, Math.max(0, Math.round(middle - side / 2)));
};

const randomValues = (feed: Feed, seed: number): Float32Array<ArrayBuffer> => {
  const stream = streamOf(seed, 'input', feed.name);
  const size = feed.shape.reduce((total, dim) => total * dim, 1);
  const below = feed.indicesBelow;
  return Float32Array.from({ length: size }, (_, k) => (below === undefined ? stream.at(k) : Math.floor(stream.at(k) * below)));
};
