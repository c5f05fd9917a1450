import type { FeedInfo, FeedInput, InputChoice } from '../engine/contract/input';
import { pictureValues, VALUE_RANGES, type PictureOptions } from '../engine/inputs/picture';
import type { Pixels } from '../engine/inputs/resample';
import { readTypedValues } from '../engine/inputs/typed';

/** What a person chose for one input. It is remembered; the pixels of a picture and of a drawing are only held while the panel lives. */
export type Source =
  | { readonly kind: 'digit'; readonly digit: number }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'zeros' }
  | { readonly kind: 'drawing' }
  | ({ readonly kind: 'picture' } & PictureOptions)
  | { readonly kind: 'typed'; readonly text: string };

/** What is held for one input, whichever source is chosen. */
export interface Held {
  readonly picture?: { readonly name: string; readonly pixels: Pixels };
  readonly drawing?: Ink;
}

/** A drawing: [side, side], paper 0 and ink 1. A new object for each change. */
export interface Ink {
  readonly side: number;
  readonly values: Float32Array;
}

/** Characters of typed values that are remembered. */
const MOST_TEXT = 50_000;

/** Reads what an earlier panel remembered; undefined where it does not fit. */
export const restoreSource = (value: unknown): Source | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, digit, seed, text, fit, range, inverted } = value as Readonly<Record<string, unknown>>;
  if (kind === 'zeros' || kind === 'drawing') return { kind };
  if (kind === 'digit')
    return typeof digit === 'number' && Number.isInteger(digit) && digit >= 0 && digit <= 9 ? { kind, digit } : undefined;
  if (kind === 'random') return typeof seed === 'number' && Number.isInteger(seed) ? { kind, seed } : undefined;
  if (kind === 'typed') return typeof text === 'string' && text.length <= MOST_TEXT ? { kind, text } : undefined;
  const known = VALUE_RANGES.find((one) => one === range);
  if (kind !== 'picture' || !known) return undefined;
  return { kind, fit: fit === 'fit' ? 'fit' : 'crop', range: known, inverted: inverted === true };
};

/** What is fed into an input: the person's choice where the input takes it and its values are at hand, else a seven, else random values. */
export const chosenFor = (feed: FeedInfo, source: Source | undefined, held: Held | undefined, seed: number): Source => {
  const other: Source = feed.digit === undefined ? { kind: 'random', seed } : { kind: 'digit', digit: 7 };
  return source && fits(feed, source, held) ? source : other;
};

const fits = (feed: FeedInfo, source: Source, held: Held | undefined): boolean => {
  switch (source.kind) {
    case 'digit':
      return feed.digit !== undefined;
    case 'picture':
      return feed.picture !== undefined && held?.picture !== undefined;
    case 'drawing':
      return padSide(feed) !== undefined;
    case 'typed':
      return 'values' in readTypedValues(source.text, exampleSize(feed), feed.indicesBelow);
    default:
      return true;
  }
};

/** Values of one example. */
export const exampleSize = ({ shape }: FeedInfo): number => shape.slice(1).reduce((total, size) => total * size, 1);

const LARGEST_PAD = 128;

/** Pixels a side of the pad on which an input can be drawn: a square of one channel; undefined where it is none. */
export const padSide = ({ picture }: FeedInfo): number | undefined =>
  picture?.channels === 1 && picture.height === picture.width && picture.width >= 4 && picture.width <= LARGEST_PAD
    ? picture.width
    : undefined;

/** What the engine is told. */
export const inputOfSource = (feed: FeedInfo, source: Source, held: Held | undefined): FeedInput => {
  switch (source.kind) {
    case 'picture':
      return feed.picture && held?.picture
        ? named(held.picture.pixels, JSON.stringify([feed.picture, source]), feed.picture.channels === 1, () =>
            pictureValues(held.picture?.pixels ?? empty, feed.picture ?? none, source),
          )
        : { kind: 'zeros' };
    case 'drawing':
      return drawn(feed, held?.drawing);
    case 'typed': {
      const typed = readTypedValues(source.text, exampleSize(feed), feed.indicesBelow);
      return 'values' in typed
        ? { kind: 'values', name: `typed ${[...typed.values].join(' ')}`, values: typed.values, gray: false }
        : { kind: 'zeros' };
    }
    default:
      return source;
  }
};

const empty: Pixels = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
const none = { height: 1, width: 1, channels: 1, channelsFirst: false } as const;

/** What was drawn; another size is the same drawing, larger or smaller. */
const drawn = (feed: FeedInfo, ink: Ink | undefined): FeedInput => {
  const side = padSide(feed);
  if (!ink || side === undefined || !feed.picture) return { kind: 'zeros' };
  const { picture } = feed;
  return named(ink, String(side), true, () =>
    ink.side === side
      ? Float32Array.from(ink.values)
      : pictureValues(inkPixels(ink), picture, { fit: 'crop', range: '0-1', inverted: false }),
  );
};

/** A drawing as it looks: light ink on black. */
export const inkPixels = ({ side, values }: Ink): Pixels => {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  values.forEach((value, k) => data.fill(value * 255, k * 4, k * 4 + 3));
  return { width: side, height: side, data };
};

/** Values that were made from pixels before are not made again: the last ones of each. */
const made = new WeakMap<object, { readonly as: string; readonly input: FeedInput }>();
let serial = 0;

const named = (from: object, as: string, gray: boolean, make: () => Float32Array): FeedInput => {
  const before = made.get(from);
  if (before?.as === as) return before.input;
  const input: FeedInput = { kind: 'values', name: `pixels ${++serial}`, values: make(), gray };
  made.set(from, { as, input });
  return input;
};

/** What is fed into a model, an input after the other. */
export const inputFor = (
  feeds: readonly FeedInfo[],
  sources: Readonly<Record<string, Source>>,
  held: (feed: string) => Held | undefined,
  seed: number,
): InputChoice => ({
  kind: 'each',
  feeds: feeds.map((feed) => inputOfSource(feed, chosenFor(feed, sourceOf(sources, feed.name), held(feed.name), seed), held(feed.name))),
});

/** Inputs may be called anything, `constructor` too. */
export const sourceOf = (sources: Readonly<Record<string, Source>>, feed: string): Source | undefined =>
  Object.hasOwn(sources, feed) ? sources[feed] : undefined;
