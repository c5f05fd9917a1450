import * as tf from '@tensorflow/tfjs-core';
import type { ReadFile } from '../backend/types';
import type { Feed, Program, Step } from '../build/program';
import type { FeedInput, InputChoice } from '../contract/input';
import { digitSide, digitValues } from '../inputs/digits';
import { streamOf } from '../weights/random';

/** True where the model has one input, and that is a picture of a shipped digit's size. */
export const takesDigit = (program: Program): boolean => {
  const [feed, ...others] = program.feeds;
  return feed !== undefined && others.length === 0 && digitSide(feed.shape, feed.channelsFirst) !== undefined;
};

/** What random values of a feed are drawn from, for people. */
export const rangeOf = (feed: Feed): string =>
  feed.indicesBelow === undefined ? '0-1' : `whole numbers below ${feed.indicesBelow.toLocaleString('en-US')}`;

/** What is fed into one of a model's inputs. */
export const inputOf = (choice: InputChoice, index: number): FeedInput =>
  choice.kind === 'each' ? (choice.feeds[index] ?? { kind: 'random', seed: 0 }) : choice;

/** A text for what is fed in: equal texts are equal values. */
export const inputName = (choice: InputChoice): string =>
  JSON.stringify(choice, (key, value: unknown) => (key === 'values' ? undefined : value));

/** True where a step is an input that is a gray picture by nature. */
export const isGrayInput = (program: Program, step: Step, choice: InputChoice): boolean => {
  const index = program.feeds.findIndex((feed) => feed.value === step.outputs[0]);
  if (index < 0) return false;
  const input = inputOf(choice, index);
  return input.kind === 'digit' || (input.kind === 'values' && input.gray);
};

/** A tensor for each feed; they belong to the caller. What does not fit a feed is random values there. */
export const feedTensors = async (program: Program, choice: InputChoice, readFile: ReadFile): Promise<tf.Tensor[]> => {
  const inputs = program.feeds.map((feed, index) => fitting(feed, inputOf(choice, index)));
  const digits = inputs.some(({ kind }) => kind === 'digit') ? new Uint8Array(await readFile('assets/digits.bin')) : undefined;
  return program.feeds.map((feed, index) => tf.tensor(batchOf(feed, inputs[index] ?? { kind: 'zeros' }, digits), [...feed.shape]));
};

const fitting = (feed: Feed, input: FeedInput): FeedInput => {
  const fits =
    input.kind === 'digit'
      ? digitSide(feed.shape, feed.channelsFirst) !== undefined
      : input.kind !== 'values' || input.values.length === exampleSize(feed);
  return fits ? input : { kind: 'random', seed: 0 };
};

const exampleSize = ({ shape }: Feed): number => shape.slice(1).reduce((total, dim) => total * dim, 1);

/** The values of all examples, one after another. */
const batchOf = (feed: Feed, input: FeedInput, digits: Uint8Array | undefined): Float32Array<ArrayBuffer> => {
  const size = exampleSize(feed);
  const [batch = 1] = feed.shape;
  const values = new Float32Array(batch * size);
  for (let example = 0; example < batch; example++) {
    const one = exampleOf(feed, input, digits, example);
    if (one) values.set(one, example * size);
  }
  return values;
};

/** undefined for zeros. */
const exampleOf = (feed: Feed, input: FeedInput, digits: Uint8Array | undefined, example: number): Float32Array | undefined => {
  switch (input.kind) {
    case 'zeros':
      return undefined;
    case 'values':
      return input.values;
    case 'random':
      return randomValues(feed, input.seed + example);
    case 'digit':
      return digits && digitValues(digits, (input.digit + example) % 10, digitSide(feed.shape, feed.channelsFirst) ?? 0);
  }
};

const randomValues = (feed: Feed, seed: number): Float32Array<ArrayBuffer> => {
  const stream = streamOf(seed, 'input', feed.name);
  const below = feed.indicesBelow;
  return Float32Array.from({ length: exampleSize(feed) }, (_, k) =>
    below === undefined ? stream.at(k) : Math.floor(stream.at(k) * below),
  );
};
