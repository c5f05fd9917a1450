import type { TensorCase, TensorRead } from '../model/reading';
import { showShape, type Shape } from '../model/shape';
import { condition } from './cases';
import { showBytes } from './units';
import { columns, cut, escapeMarkdown, hoverText, labelled, shortName } from './writing';

const MAX_CASES = 8;
const MAX_TENSORS = 6;
const MAX_REASONS = 4;

/** Bytes that TensorFlow.js keeps for one value; texts are kept outside of its memory. */
const VALUE_BYTES: ReadonlyMap<string, number> = new Map([
  ['float32', 4],
  ['int32', 4],
  ['bool', 1],
  ['complex64', 8],
]);

/** The hover of a call that gives tensors: what it takes, what it gives, and the memory of its values. */
export function tensorHover(read: TensorRead, text: string, refusals: readonly string[] = []): string {
  const [only] = read.cases;
  const body = only && read.cases.length === 1 ? oneCase(read, only, text) : manyCases(read);
  const unknowns = new Map(read.cases.flatMap(({ unknowns: named }) => named ?? []).map(({ name, reason }) => [name, reason]));
  const open = [...new Set(read.cases.map(({ unknown }) => unknown))].filter((why) => why !== undefined);
  return hoverText(body, [
    ...refusals.map(escapeMarkdown),
    ...[...unknowns].slice(0, MAX_REASONS).map(([name, reason]) => `${escapeMarkdown(name)} is unknown: ${escapeMarkdown(reason)}`),
    // Where TensorFlow.js refuses this very call, its words are the reason.
    ...(refusals.length > 0 ? [] : open.slice(0, MAX_REASONS).map((why) => `unknown: ${escapeMarkdown(why)}`)),
  ]);
}

function oneCase(read: TensorRead, made: TensorCase, text: string): readonly string[] {
  const variable = read.variable ? ` ${shortName(text.slice(read.variable.start, read.variable.end))}` : '';
  const under = condition(made);
  const memory = memoryOf(made);
  return [
    `${shortName(read.op)}${variable}   ${takes(made)}${gives(made)}${under ? `   (${under})` : ''}`,
    ...(memory === undefined ? [] : [labelled('memory', memory)]),
  ];
}

function manyCases(read: TensorRead): readonly string[] {
  const shown = read.cases.slice(0, MAX_CASES);
  const more = read.cases.length - shown.length;
  const takesAny = shown.some(({ inputs }) => inputs.length > 0);
  return [
    `${shortName(read.op)}   ${read.cases.length} cases`,
    ...columns(
      shown.map((made) => [
        ...(takesAny ? [shapes(made.inputs)] : []),
        `${made.inputs.length > 0 ? '→ ' : ''}${gives(made)}`,
        condition(made),
      ]),
    ),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
}

const takes = ({ inputs }: TensorCase): string => (inputs.length === 0 ? '' : `${shapes(inputs)} → `);

function gives({ outputs, dtypes }: TensorCase): string {
  const [dtype] = new Set(dtypes);
  const same = new Set(dtypes).size === 1 && dtype !== undefined ? ` ${dtype}` : '';
  return shapes(outputs) + same;
}

/** Equal shapes in a row are counted: `3×[4, 2]`. */
function shapes(all: readonly (Shape | undefined)[]): string {
  const runs: { readonly text: string; count: number }[] = [];
  for (const shape of all) {
    const text = shape === undefined ? 'not known' : shape.length === 0 ? 'scalar' : showShape(shape);
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  const shown = runs.slice(0, MAX_TENSORS).map(({ text, count }) => (count > 1 ? `${count}×${text}` : text));
  return cut([...shown, ...(runs.length > MAX_TENSORS ? ['…'] : [])].join(', '), 100);
}

/** `602 kB`; undefined where a size or a dtype is not known. */
function memoryOf({ outputs, dtypes }: TensorCase): string | undefined {
  let bytes = 0;
  for (const [i, shape] of outputs.entries()) {
    const ofValue = VALUE_BYTES.get(dtypes[i] ?? '');
    if (ofValue === undefined || !shape?.every((size) => typeof size === 'number')) return undefined;
    bytes += shape.reduce<number>((all, size) => all * Number(size), ofValue);
  }
  return showBytes(bytes);
}
