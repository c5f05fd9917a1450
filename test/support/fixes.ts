import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { ALL_DIAGNOSTICS, DEFAULT_DIAGNOSTICS, diagnosticsOf } from '../../src/features/diagnostics';
import { applyEdits } from '../../src/features/quickFixes/fix';
import { offersAt, type Attempt, type Offer } from '../../src/features/quickFixes/offers';
import { trialOf } from '../../src/features/quickFixes/verify';
import { describeReal, runProgram, type RealModel } from './realProgram';
import { readSource } from './readSource';
import { assertReadsAs } from './readsAs';

/** A program with what would put its problems right. */
export interface Solved {
  readonly text: string;
  readonly offers: readonly Offer[];
  /** Texts that were read to find out. */
  readonly trials: number;
}

/** All offers for all problems of `/main.ts`, as an editor that asks at each of them gets them. */
export async function solve(text: string, { hints = false } = {}): Promise<Solved> {
  const settings = hints ? ALL_DIAGNOSTICS : DEFAULT_DIAGNOSTICS;
  const reading = readSource(text);
  const problems = diagnosticsOf(reading, text, settings);
  let trials = 0;
  const attempt: Attempt = (edited) => {
    trials++;
    const read = readSource(edited);
    return Promise.resolve(trialOf(read, diagnosticsOf(read, edited, settings)));
  };
  const offers = new Map<string, Offer>();
  for (const { span } of problems) {
    for (const offer of await offersAt({ reading, text, problems }, span, attempt)) offers.set(JSON.stringify(offer.edits), offer);
  }
  return { text, offers: [...offers.values()], trials };
}

/** The one offer whose title starts so. */
export function offerOf({ offers }: Solved, title: string): Offer {
  const found = offers.filter((offer) => offer.title.startsWith(title));
  assert.equal(found.length, 1, `"${title}" among ${JSON.stringify(offers.map((offer) => offer.title))}`);
  return found[0] as Offer;
}

/**
 * Applies an offer and holds the result against TensorFlow.js: the program runs, the reading agrees with it layer by layer, and what the title
 * says is true of it. Answers the new text. The program exports `create`.
 */
export async function assertSolves(solved: Solved, title: string): Promise<string> {
  const offer = offerOf(solved, title);
  const edited = applyEdits(solved.text, offer.edits);
  await assertReadsAs({ '/main.ts': edited });
  const after = await realOf(edited);
  const shape = /→ (\[[^\]]*\])/.exec(offer.title)?.[1];
  assert.ok(
    after.layers.some(({ outputShape }) => showReal(outputShape).includes(shape ?? 'no shape')),
    `${offer.title}: no layer of the real model gives ${shape}`,
  );
  const inAll = /\(([\d,]+) params in all\)/.exec(offer.title)?.[1];
  if (inAll !== undefined) assert.equal(after.totalParams, numberOf(inAll));
  const [, sign, change] = /\(([+−])([\d,]+) params\)/.exec(offer.title) ?? [];
  if (change !== undefined) {
    const before = await realOf(solved.text).catch(() => undefined);
    const difference = (sign === '+' ? 1 : -1) * numberOf(change);
    // A program that throws has no total: what was added is then made by new calls.
    if (before) assert.equal(after.totalParams - before.totalParams, difference, offer.title);
    else assert.equal(sum(newLayers(edited, solved.text)), difference, offer.title);
  }
  return edited;
}

const realOf = async (text: string): Promise<RealModel> => {
  const create = runProgram({ '/main.ts': text }, '/main.ts')['create'] as () => tf.LayersModel | Promise<tf.LayersModel>;
  return describeReal(await create());
};

/** Parameters of the layers that calls make which the old text does not have; the reading of the new text has just been held against the real one. */
const newLayers = (edited: string, old: string): readonly number[] =>
  readSource(edited)
    .sites.filter(({ call }) => !old.includes(edited.slice(call.start, call.end)))
    .flatMap(({ cases }) => cases.map(({ params, count }) => Number(params) * count));

const showReal = (shape: unknown): string => JSON.stringify(shape).replaceAll(',', ', ');
const numberOf = (text: string): number => Number(text.replaceAll(',', ''));
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
