import { isUnknownPlain, type Plain } from '../../model/plain';
import type { TrainingCall, TrainingCase } from '../../model/training';
import { condition } from '../cases';
import { escapeMarkdown, labelled, shortName } from '../writing';
import type { Said } from './compileHover';

/** What TensorFlow.js takes where `fit` is not told (tfjs-layers' `training.ts`, 4.22). */
const DEFAULTS = { batchSize: 32, epochs: 1 } as const;

/** How many steps a call of `fit` or `fitDataset` makes, and what they are made of. */
export function fitSays(call: TrainingCall, made: TrainingCase): Said {
  const under = condition(made);
  const title = made.model ? ` ${shortName(made.model.title)}` : '';
  const count = made.examples === undefined ? '' : `   ${show(made.examples)} examples`;
  const lines = call.method === 'fit' ? fitted(made) : fromDataset(made);
  return {
    lines: [`${call.method}${title}${count}${under ? `   (${under})` : ''}`, ...lines],
    prose: Object.values(made.given)
      .filter(isUnknownPlain)
      .slice(0, 4)
      .map(({ $unknown, reason }) => `${escapeMarkdown($unknown)} is unknown: ${escapeMarkdown(reason)}`),
  };
}

const show = (count: number | string): string => (typeof count === 'number' ? count.toLocaleString('en-US') : shortName(count));

/** A number, or the name that stands for it. */
const given = (value: Plain | undefined, fallback: number): number | string => {
  if (value === undefined || value === null) return fallback;
  if (isUnknownPlain(value)) return shortName(value.$unknown);
  return typeof value === 'number' ? value : '?';
};

function fitted({ given: options, examples }: TrainingCase): readonly string[] {
  const batch = given(options['batchSize'], DEFAULTS.batchSize);
  const epochs = given(options['epochs'], DEFAULTS.epochs);
  const split = splitOf(options['validationSplit'], options['validationData'], examples);
  const learned = split ? split.learned : (examples ?? 'examples');
  const steps = typeof learned === 'number' && typeof batch === 'number' && batch > 0 ? Math.ceil(learned / batch) : undefined;
  return [
    ...(split ? [labelled('split', split.text)] : []),
    labelled('steps', `⌈${learned}/${batch}⌉${steps === undefined ? '' : ` = ${show(steps)}`} an epoch${inAll(steps, epochs)}`),
    labelled('batch', batchText(batch, learned, steps, options['batchSize'] === undefined)),
  ];
}

function inAll(steps: number | undefined, epochs: number | string): string {
  if (epochs === 1) return '';
  if (steps === undefined || typeof epochs !== 'number') return `, ${epochs} epochs`;
  return `; ${show(steps)}*${epochs} = ${show(steps * epochs)} in ${epochs} epochs`;
}

function batchText(batch: number | string, learned: number | string, steps: number | undefined, isDefault: boolean): string {
  const last = steps !== undefined && typeof learned === 'number' && typeof batch === 'number' ? learned - (steps - 1) * batch : undefined;
  const odd = last !== undefined && last !== batch ? `, the last of an epoch ${show(last)}` : '';
  return `${show(batch)} examples${isDefault ? ' (the default)' : ''}${odd}`;
}

/** The examples at the end are kept for validation, unless there are others for it. */
function splitOf(
  fraction: Plain | undefined,
  others: Plain | undefined,
  examples: number | string | undefined,
): { readonly learned: number | string; readonly text: string } | undefined {
  if (typeof fraction !== 'number' || fraction <= 0 || fraction >= 1 || (others !== undefined && others !== null)) return undefined;
  const text = `⌊${examples ?? 'examples'}*(1 - ${fraction})⌋`;
  if (typeof examples !== 'number') return { learned: text, text: `${text} to learn from, the others to validate` };
  const learned = Math.floor(examples * (1 - fraction));
  return { learned, text: `${text} = ${show(learned)} to learn from, the last ${show(examples - learned)} to validate` };
}

function fromDataset({ given: options }: TrainingCase): readonly string[] {
  const epochs = given(options['epochs'], NaN);
  const steps = options['batchesPerEpoch'];
  if (typeof steps !== 'number')
    return [labelled('steps', `as many as the dataset has batches${typeof epochs === 'number' && epochs > 1 ? `, ${epochs} epochs` : ''}`)];
  return [labelled('steps', `${show(steps)} an epoch${Number.isNaN(epochs) ? '' : inAll(steps, epochs)}`)];
}
