import type { ModelRead, Reading } from '../model/reading';
import { condition } from './cases';
import { errorsIn } from './codeLens';
import { grouped } from './grouped';
import { Lines } from './lines';
import { modelFigures, modelSize } from './modelFigures';
import { modelSteps } from './modelSteps';
import { cut, oneLine, shortName } from './writing';

/** A model of a file, as a list of files shows it: one entry a call, however many models that built. */
export interface FileModel {
  /** `ModelRead.id` and `ModelRead.title`. */
  readonly id: string;
  readonly title: string;
  /** What a person calls it, other models of its function beside it. */
  readonly label: string;
  readonly detail: string;
  /** Plain text, lines. */
  readonly tooltip: string;
  /** Why it would not run as a whole: a mistake. */
  readonly refusal?: string;
  /** Lower-case names of it and of its layers and their classes, for a filter. */
  readonly words: string;
}

const MAX_WORDS = 20_000;
const MAX_REASON = 300;

/** The models of a file in the order of the source. `text` is what was read. */
export function fileModels(reading: Reading, text: string): readonly FileModel[] {
  const lines = new Lines(text);
  const calls = [...grouped(reading.models, ({ name }) => name.start).values()];
  return calls
    .flatMap((built) => (built[0] ? [{ built, at: built[0].name.start }] : []))
    .sort((a, b) => a.at - b.at)
    .map(({ built }) => fileModel(reading, text, built, lines));
}

function fileModel(reading: Reading, text: string, built: readonly ModelRead[], lines: Lines): FileModel {
  const sound = built.filter(({ error, graph }) => error === undefined && graph.stop === undefined);
  const shown = sound[0] ?? built[0];
  if (!shown) throw new Error('an entry of no model');
  const refusal = sound.length > 0 ? undefined : whyUnsound(reading, shown, lines);
  const variants = sound.length > 1 ? ` · ${sound.length} models` : '';
  const detail = sound.length > 0 ? modelSize(sound) + variants : (refusal ?? '?');
  const label = shortName(labelOf(reading, shown, text));
  const open = (shown.leftOpen ?? []).map(({ name, reason }) => `${shortName(name)} is unknown: ${oneLine(reason)}`);
  const tooltip = [
    `${label} · line ${lines.lineOf(shown.name.start)}`,
    ...(sound.length > 0 ? [modelFigures(sound)] : [shown.error ?? shown.graph.stop ?? refusal ?? '']),
    ...(built.length > 1 ? built.map((one) => condition(one)) : []),
    ...open,
  ];
  return {
    id: shown.id,
    title: shown.title,
    label,
    detail,
    tooltip: [...new Set(tooltip)]
      .filter((line) => line !== '')
      .slice(0, 8)
      .map((line) => cut(oneLine(line), MAX_REASON))
      .join('\n'),
    ...(refusal !== undefined && refusal !== '?' && { refusal }),
    words: wordsOf(label, shown),
  };
}

function whyUnsound(reading: Reading, model: ModelRead, lines: Lines): string {
  const errors = errorsIn(reading, model, lines);
  if (errors) return errors.text;
  return model.error === undefined ? '?' : 'refused by TensorFlow.js';
}

/** A function's name; the variable's where the function, or the file, makes several. */
function labelOf({ models }: Reading, { title, variable, name }: ModelRead, text: string): string {
  const hasTwin = models.some((other) => other.title === title && other.name.start !== name.start);
  return hasTwin && variable ? text.slice(variable.start, variable.end) : title;
}

function wordsOf(label: string, { graph }: ModelRead): string {
  const words = new Set([label]);
  for (const { name, className, path } of modelSteps(graph)) for (const word of [name, className, ...path]) words.add(word);
  return cut([...words].join('\n').toLowerCase(), MAX_WORDS);
}
