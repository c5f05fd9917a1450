import { isUnknownPlain, type Plain, type PlainObject } from '../../model/plain';
import type { Penalty, TrainingCase } from '../../model/training';
import { condition } from '../cases';
import { cut, escapeMarkdown, labelled, shortName } from '../writing';
import { lossFunction, namedLoss, type Loss } from './losses';
import { accuracyMeant } from './metrics';
import { namedOptimizer, optimizerOf, stepLines } from './optimizers';
import { penaltyFormula, whyIgnored } from './penalties';

/** What a hover says: monospaced lines, and prose in Markdown. */
export interface Said {
  readonly lines: readonly string[];
  readonly prose: readonly string[];
}

/** Where a layer's line is, as text: `line 4`, `net.ts:4`. */
export type Place = (at: NonNullable<Penalty['at']>) => string;

const MAX_OUTPUTS = 4;
const MAX_METRICS = 6;
const MAX_PENALTIES = 3;
const MAX_LAYERS = 4;

/** The parts of `compile` that an option stands for; all of them where the call itself is pointed at. */
export function compileSays(made: TrainingCase, option: string | undefined, place: Place): Said {
  const wanted = (key: string): boolean => option === undefined || option === key;
  const open = openWhole(made.given);
  const loss = lossSays(made.given['loss'], made.model?.outputShapes.length ?? 1);
  const step = optimizerSays(made.given['optimizer']);
  return {
    lines: [
      head(made),
      ...(wanted('loss') ? [...loss.lines, ...penaltyLines(made.model?.penalties ?? [], place), ...loss.notes] : []),
      ...(wanted('optimizer') ? step.lines : []),
      ...(wanted('metrics') ? metricLines(made) : []),
    ],
    prose: [
      ...open,
      ...(wanted('loss') ? [...loss.prose, ...ignored(made.model?.penalties ?? [], place)] : []),
      ...(wanted('optimizer') ? step.prose : []),
    ],
  };
}

function head(made: TrainingCase): string {
  const under = condition(made);
  const title = made.model ? ` ${shortName(made.model.title)}` : '';
  return `compile${title}   ${shown(made.given['loss'])}, ${shown(made.given['optimizer'])}${under ? `   (${under})` : ''}`;
}

const openWhole = (given: PlainObject): readonly string[] =>
  isUnknownPlain(given) ? [`${escapeMarkdown(given.$unknown)} is unknown: ${escapeMarkdown(given.reason)}`] : [];

/** `tf.losses.huberLoss`, `adam(0.01)`, `hinge`. */
function shown(value: Plain | undefined): string {
  if (value === undefined || value === null) return 'not given';
  if (typeof value === 'string') return shortName(value);
  if (isUnknownPlain(value)) return shortName(value.$unknown);
  if (typeof value !== 'object') return String(value);
  const { $tf, args } = value as PlainObject;
  if (typeof $tf !== 'string') return Array.isArray(value) ? `${value.length} losses` : `${Object.keys(value).length} losses`;
  const given = Array.isArray(args) ? `(${args.map((one) => shown(one)).join(', ')})` : '';
  return `tf.${shortName($tf)}${given}`;
}

/** One loss for all outputs, or one for each, as a list or by the outputs' names. */
function lossSays(given: Plain | undefined, outputs: number): Said & { readonly notes: readonly string[] } {
  if (given === undefined || given === null) return { lines: [], prose: [], notes: [] };
  const several = severalLosses(given);
  if (!several) {
    const { formula, note, example, why } = oneLoss(given);
    const all = outputs > 1 ? `, summed over ${outputs} outputs` : '';
    return {
      lines: formula === undefined ? [] : [labelled('loss', `L = ${formula}   mean over the batch${all}`)],
      notes: formula === undefined ? [] : [...noted(note), ...noted(example)],
      prose: why === undefined ? [] : [why],
    };
  }
  const each = several.slice(0, MAX_OUTPUTS).map(([name, loss]) => ({ name, loss, ...oneLoss(loss) }));
  const more = several.length - each.length;
  return {
    lines: [
      ...each.map(({ name, loss, formula }, i) =>
        labelled(i === 0 ? 'loss' : '', `${i === 0 ? 'L = ' : '  + '}${formula ?? shown(loss)}   of ${shortName(name)}`),
      ),
      ...(more > 0 ? [labelled('', `… and ${more} more`)] : []),
    ],
    prose: [...new Set(each.flatMap(({ why }) => why ?? []))],
    notes: [],
  };
}

const noted = (note: string | undefined): readonly string[] => (note === undefined ? [] : [labelled('', note)]);

function severalLosses(given: Plain): readonly (readonly [string, Plain])[] | undefined {
  if (Array.isArray(given)) return (given as readonly Plain[]).map((loss, i) => [`output ${i + 1}`, loss]);
  if (typeof given !== 'object' || given === null || isUnknownPlain(given) || '$tf' in given) return undefined;
  return Object.entries(given);
}

function oneLoss(given: Plain): Partial<Loss> & { readonly why?: string } {
  if (isUnknownPlain(given)) return { why: `${escapeMarkdown(given.$unknown)} is unknown: ${escapeMarkdown(given.reason)}` };
  if (typeof given === 'string') return namedLoss(given) ?? { why: `TensorFlow.js throws: Unknown loss ${escapeMarkdown(given)}` };
  const path = (given as PlainObject | null)?.['$tf'];
  return typeof path === 'string' ? (lossFunction(path) ?? {}) : {};
}

/** Each penalty once, with the weights that it is about. */
function penaltyLines(penalties: readonly Penalty[], place: Place): readonly string[] {
  const byFormula = new Map<string, string[]>();
  for (const penalty of penalties) {
    const formula = penaltyFormula(penalty.regularizer) ?? '?';
    if (formula === '' || whyIgnored(penalty) !== undefined) continue;
    const line = penalty.at ? ` (${place(penalty.at)})` : '';
    const weight = penalty.option === 'kernelRegularizer' ? '' : ` ${penalty.option.replace(/Regularizer$/, '')}`;
    const of = `${nameOf(penalty)}${weight}${line}${penalty.times > 1 ? ` ×${penalty.times}` : ''}`;
    byFormula.set(formula, [...(byFormula.get(formula) ?? []), of]);
  }
  const all = [...byFormula];
  const more = all.length - MAX_PENALTIES;
  return [
    ...all.slice(0, MAX_PENALTIES).map(([formula, layers]) => labelled('', cut(`  + ${formula}   ${listed(layers)}`, 150))),
    ...(more > 0 ? [labelled('', `  + ${more} other penalties`)] : []),
  ];
}

/** A name that TensorFlow.js makes up (`dense_Dense1`) says no more than the class. */
const nameOf = ({ layer, className }: Penalty): string => shortName(new RegExp(`_${className}\\d+$`).test(layer) ? className : layer);

const listed = (names: readonly string[]): string =>
  names.length > MAX_LAYERS ? `${names.slice(0, MAX_LAYERS).join(', ')} and ${names.length - MAX_LAYERS} more` : names.join(', ');

/** Regularizers that the source gives and TensorFlow.js leaves out, one line a reason. */
function ignored(penalties: readonly Penalty[], place: Place): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const penalty of penalties) {
    const why = whyIgnored(penalty);
    if (why === undefined) continue;
    const of = `${escapeMarkdown(nameOf(penalty))}${penalty.at ? ` (${escapeMarkdown(place(penalty.at))})` : ''}`;
    byReason.set(why, [...(byReason.get(why) ?? []), of]);
  }
  return [...byReason].map(([why, layers]) => `Not in the loss: ${listed(layers)}; ${escapeMarkdown(why)}`);
}

function optimizerSays(given: Plain | undefined): Said {
  if (given === undefined || given === null) return { lines: [], prose: [] };
  if (isUnknownPlain(given)) return { lines: [], prose: [`${escapeMarkdown(given.$unknown)} is unknown: ${escapeMarkdown(given.reason)}`] };
  if (typeof given === 'string') {
    const named = namedOptimizer(given);
    return named
      ? { lines: stepLines(named), prose: [] }
      : { lines: [], prose: [`TensorFlow.js throws: Unknown Optimizer ${escapeMarkdown(given)}`] };
  }
  const { $tf, args } = given as PlainObject;
  const made = typeof $tf === 'string' ? optimizerOf($tf.replace(/^train\./, ''), Array.isArray(args) ? args : []) : undefined;
  return made ? { lines: stepLines(made), prose: [] } : { lines: [], prose: [] };
}

function metricLines({ given, model }: TrainingCase): readonly string[] {
  const metrics = given['metrics'];
  const all: readonly Plain[] = typeof metrics === 'string' ? [metrics] : Array.isArray(metrics) ? metrics : [];
  const loss = typeof given['loss'] === 'string' ? given['loss'] : undefined;
  const output = model?.outputShapes.length === 1 ? model.outputShapes[0] : undefined;
  const texts = all.slice(0, MAX_METRICS).map((metric) => {
    const meant = typeof metric === 'string' ? accuracyMeant(metric, loss, output) : undefined;
    return meant === undefined ? shown(metric) : `${String(metric)} = ${meant}`;
  });
  return texts.length === 0 ? [] : [labelled('metrics', texts.join(', '))];
}
