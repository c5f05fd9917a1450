import { shapeList, showCount, showShape, showShort, type Shape } from '../../model/shape';
import { FLOAT_BYTES } from '../counting';
import { documentTable, TABLE_HEAD, type Cell, type DocumentLine } from '../documentTable';
import { countText } from '../summary';
import { fitCount, showBytes } from '../units';
import { cut, oneLine, shortName } from '../writing';
import type { Compared, ComparedLayer } from './compared';
import { showDifference } from './difference';
import { comparedRows, type ComparedRow, type Relation } from './rows';

const MAX_LABEL = 32;
const MAX_ABOUT = 100;
const MAX_CHANGES = 3;
/** Characters of a layer's cost; longer numbers get a unit. The totals are exact. */
const COST_WIDTH = 9;
const MAX_COUNT = 40;

const MARKS: Readonly<Record<ComparedRow['state'], string>> = { same: ' ', changed: '~', open: '?', left: '-', right: '+' };

/**
 * Two models side by side, as a document: what each comes to, then layer by layer. Differences are what the right side has more; of one program at two
 * times the left side is the earlier.
 */
export function compareLines(left: Compared, right: Compared, relation: Relation): readonly DocumentLine[] {
  const rows = comparedRows(left, right, relation);
  return [
    heading([left, right], relation === 'times'),
    { text: '' },
    ...figures(left, right, relation === 'times'),
    ...sizes(left, right),
    { text: '' },
    { text: inWords(left, right, rows) },
    { text: '' },
    ...layersTable(left, right, rows, relation),
    ...[left, right].flatMap(({ label, stop }) =>
      stop === undefined ? [] : [{ text: `Not known of ${labelOf(label)}: ${cut(oneLine(stop), 200)}` }],
    ),
    {
      text: 'Depth counts layers with weights on the longest way through, normalisations aside. MACs and activations are for one example.',
    },
    ...([left, right].some(({ top5Error }) => top5Error !== undefined)
      ? [{ text: 'Top-5 errors are those of the entries to ImageNet, each of several nets together.' }]
      : []),
  ];
}

const labelOf = (label: string): string => cut(shortName(label), MAX_LABEL);

/** `createNet · net.ts:5 │ VGG-16 · Simonyan and Zisserman, 2014`. */
function heading(sides: readonly [Compared, Compared], isLeftEarlier: boolean): DocumentLine {
  let text = '';
  const links = sides.flatMap(({ title, about, site }, side) => {
    text += `${text === '' ? '' : ' │ '}${shortName(title)} · `;
    const start = text.length;
    text += cut(oneLine(about), MAX_ABOUT);
    const isEarlier = isLeftEarlier && side === 0;
    return site === undefined ? [] : [{ start, end: text.length, site, ...(isEarlier && { isEarlier }) }];
  });
  return { text, ...(links.length > 0 && { links }) };
}

/** What both come to, and how much more the right one is. */
function figures(left: Compared, right: Compared, isSameProgram: boolean): readonly DocumentLine[] {
  const row = (name: string, show: (side: Compared) => string, difference = ''): readonly Cell[] =>
    [name, show(left), show(right), difference].map((text) => ({ text }));
  const count = (name: string, read: (side: Compared) => number | string | undefined): readonly Cell[] =>
    row(name, (side) => cut(countText(read(side)), MAX_COUNT), showDifference(read(left), read(right), { isSameProgram, show: showCount }));
  const memory = (name: string, read: (side: Compared) => number | undefined): readonly Cell[] => {
    const bytes = (side: Compared): number | undefined => times(read(side), FLOAT_BYTES);
    const show = (value: number | undefined): string => (value === undefined ? '?' : showBytes(value));
    return row(name, (side) => show(bytes(side)), showDifference(bytes(left), bytes(right), { isSameProgram, show: showBytes }));
  };
  const known = (name: string, read: (side: Compared) => string | undefined): readonly (readonly Cell[])[] =>
    read(left) === undefined && read(right) === undefined ? [] : [row(name, (side) => read(side) ?? '')];
  return documentTable(
    [
      { head: '' },
      { head: labelOf(left.label), isNumber: true },
      { head: labelOf(right.label), isNumber: true },
      { head: 'Difference', isNumber: true },
    ],
    [
      ...known('Year', ({ year }) => year?.toString()),
      ...known('Top-5 error', ({ top5Error }) => (top5Error === undefined ? undefined : `${top5Error} %`)),
      count('Depth', ({ depth }) => depth),
      count('Layers', ({ layerCount }) => layerCount),
      row('Input', ({ inputs }) => shapesOf(inputs)),
      row('Output', ({ outputs }) => shapesOf(outputs)),
      count('Params', ({ totalParams }) => totalParams),
      count('Trainable', ({ trainableParams }) => trainableParams),
      count('MACs', ({ macs }) => macs),
      memory('Weights', ({ totalParams }) => (typeof totalParams === 'number' ? totalParams : undefined)),
      memory('Activations', ({ activations }) => activations),
    ],
  );
}

const times = (value: number | undefined, factor: number): number | undefined => (value === undefined ? undefined : value * factor);

const shapesOf = (shapes: readonly Shape[]): string => cut(shapes.map(showShort).join(', '), MAX_COUNT);

/** Cut in the middle: how a net begins and how it ends says most. */
const MAX_SIZES = 24;

function sizes(left: Compared, right: Compared): readonly DocumentLine[] {
  const [ours, theirs] = [strip(left), strip(right)];
  const line = (whose: string, text: string): readonly DocumentLine[] => (text === '' ? [] : [{ text: `Sizes of ${whose}: ${text}` }]);
  return ours === theirs ? line('both', ours) : [...line(labelOf(left.label), ours), ...line(labelOf(right.label), theirs)];
}

function strip({ sizes: all }: Compared): string {
  const half = MAX_SIZES / 2;
  const shown = all.length <= MAX_SIZES ? all : [...all.slice(0, half), '…', ...all.slice(-half)];
  return shown.map((size) => cut(oneLine(size), MAX_LABEL)).join(' → ');
}

/** `Layers: 2 the same, 10 changed (~), 4 only in createNet (-), 12 only in VGG-16 (+)`. */
function inWords(left: Compared, right: Compared, rows: readonly ComparedRow[]): string {
  const count = (state: ComparedRow['state']): number => rows.filter((row) => row.state === state).length;
  const parts = [
    [count('same'), 'the same'],
    [count('changed'), 'changed (~)'],
    [count('open'), 'not known to be the same (?)'],
    [count('left'), `only in ${labelOf(left.label)} (-)`],
    [count('right'), `only in ${labelOf(right.label)} (+)`],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, text]) => `${number.toLocaleString('en-US')} ${text}`);
  return said.length === 0 ? 'Neither side has layers.' : `Layers: ${said.join(', ')}`;
}

/** Layers that are the same can be folded away between those that are not. */
function layersTable(left: Compared, right: Compared, rows: readonly ComparedRow[], relation: Relation): readonly DocumentLine[] {
  const table = documentTable(
    columnsOf(left, right),
    rows.map((row) => cellsOf(row, relation === 'times')),
  );
  return table.map((line, index) => (rows[index - TABLE_HEAD]?.state === 'same' ? { ...line, isFoldable: true } : line));
}

const columnsOf = (left: Compared, right: Compared): Parameters<typeof documentTable>[0] => [
  { head: '' },
  ...[left, right].flatMap(({ label }, side) => [
    ...(side === 1 ? [{ head: '│' }] : []),
    { head: labelOf(label) },
    { head: 'Output' },
    { head: 'Params', isNumber: true },
    { head: 'MACs', isNumber: true },
  ]),
  { head: 'Change' },
];

function cellsOf({ left, right, state, changes }: ComparedRow, isLeftEarlier: boolean): readonly Cell[] {
  const shown = changes.slice(0, MAX_CHANGES);
  return [
    { text: MARKS[state] },
    ...layerCells(left, isLeftEarlier),
    { text: '│' },
    ...layerCells(right, false),
    { text: [...shown, ...(changes.length > shown.length ? ['…'] : [])].join(', ') },
  ];
}

function layerCells(layer: ComparedLayer | undefined, isEarlier: boolean): readonly Cell[] {
  if (!layer) return ['', '', '', ''].map((text) => ({ text }));
  return [
    { text: `${shortName(layer.name)} (${shortName(layer.className)})`, site: layer.site, isEarlier },
    { text: outputOf(layer.output) },
    { text: cut(countText(layer.params), MAX_COUNT) },
    { text: layer.macs === undefined ? '?' : cut(fitCount(layer.macs, COST_WIDTH), MAX_COUNT) },
  ];
}

/** As `[null, 55, 55, 96]` without its batch, which no layer changes. */
const outputOf = (output: ComparedLayer['output']): string =>
  output === undefined ? '?' : typeof output === 'string' ? output : cut(shapeList(output).map(withoutBatch).join(' '), MAX_COUNT);

const withoutBatch = (shape: Shape): string => showShape(shape.slice(1));
