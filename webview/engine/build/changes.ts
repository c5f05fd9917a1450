import type { GraphLayer } from '../../../src/model/graph';
import { layoutOfStep } from '../describe';
import type { Carried } from '../weights/carry';
import type { Matches } from './match';
import type { Program, Step } from './program';
import { signatureOf } from './signature';
import type { WeightSlot } from './slots';

/**
 * What an edit did to a step's layer: `new`, there was none; `resized`, its weights keep what fits and have fresh values elsewhere;
 * `fresh`, all its weights are new; `changed`, other options with the same weights; `kept`, nothing.
 */
export type Change = 'new' | 'resized' | 'fresh' | 'changed' | 'kept';

export interface StepChange {
  readonly kind: Change;
  /** The key that the step had before the edit; undefined where it was not there. */
  readonly was: string | undefined;
  /** Maps that it gave before the edit, as its layout counts them; undefined where it was not there. */
  readonly maps: number | undefined;
}

/** By step key; steps of a shared layer all have the layer's. */
export const changesOf = (
  before: Program,
  after: Program,
  matches: Matches,
  carried: ReadonlyMap<WeightSlot, Carried>,
): ReadonlyMap<string, StepChange> => {
  const slots = new Map(after.steps.filter((step) => !step.shared).map((step) => [step.runs, step.slots]));
  const feeds = new Set(after.feeds.map((feed) => feed.value));
  const old = new Map<GraphLayer, Step[]>();
  for (const step of before.steps) old.set(step.layer, [...(old.get(step.layer) ?? []), step]);
  const seen = new Map<GraphLayer, number>();
  return new Map(
    after.steps.map((step) => {
      const match = matches.get(step.layer);
      // A layer that is applied again and again is known by how often it was applied before.
      const nth = seen.get(step.layer) ?? 0;
      seen.set(step.layer, nth + 1);
      const then = match && old.get(match)?.[nth];
      const same = { was: then?.key, maps: then && layoutOfStep(before, then, 0)?.count };
      if (feeds.has(step.outputs[0] ?? -1)) return [step.key, { kind: 'kept', ...same }];
      const weights = (slots.get(step.runs) ?? []).map((slot) => carried.get(slot) ?? 'fresh');
      return [step.key, { kind: changeOf(match && signatureOf(match) === signatureOf(step.layer), weights), ...same }];
    }),
  );
};

/** @param same undefined where no layer matches */
const changeOf = (same: boolean | undefined, weights: readonly Carried[]): Change => {
  if (same === undefined) return 'new';
  if (weights.every((weight) => weight === 'kept')) return same ? 'kept' : 'changed';
  return weights.every((weight) => weight === 'fresh') ? 'fresh' : 'resized';
};
