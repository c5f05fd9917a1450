import type { LayerCase, Site } from '../../model/reading';
import { isShapeList, type Shape } from '../../model/shape';
import type { Span } from '../../model/span';
import type { Candidate, Propose, TextEdit } from './fix';
import { itemsIn } from './scan';
import { argumentOf, castOf, freshName, indentationAt, layerCode, lineBreakOf, lineStart, optionOf, prefixOf } from './source';

/** Merges that want equal shapes: the items of `.apply([shortcut, y])`. */
const MERGES = new Set(['Add', 'Average', 'Maximum', 'Minimum', 'Multiply']);

/**
 * A 1×1 convolution on the shortcut of a residual block, with the filters and strides that make it the other branch's shape (He et al., 2015,
 * section 3.3, option B). In a helper they are written as the branch's own options are, so that they hold for each of its calls.
 */
export const projectedShortcut: Propose = ({ reading, text, site }) => {
  if (!site || !MERGES.has(site.className)) return [];
  const prefix = prefixOf(site, text);
  const items = itemsOf(site, text);
  // What comes after the first failure is not known, and seen when the candidate is tried.
  const failing = site.cases.filter(({ inputShape, outputShape }) => inputShape !== undefined && outputShape === undefined);
  if (prefix === undefined || items?.length !== 2 || failing.length === 0) return [];
  return [0, 1].flatMap((place): readonly Candidate[] => {
    const item = items[place];
    const projections = failing.map((one) => projectionOf(one, place));
    const known = projections.filter((one) => one !== undefined);
    if (!item || known.length < projections.length) return [];
    return optionsFor(reading.sites, site, text, known).flatMap((options) => {
      const code = layerCode(prefix, 'conv2d', options.written);
      const title = `Project the ${place === 0 ? 'shortcut' : 'second branch'} with a 1×1 conv2d${options.said}`;
      return { title, edits: put(text, site, item, code), shows: undefined, choice: 'shortcut' };
    });
  });
};

/** The items of the list that the merge is applied to. */
function itemsOf(site: Site, text: string): readonly Span[] | undefined {
  const argument = argumentOf(site, text);
  return argument && text[argument.start] === '[' ? itemsIn(text, argument.start)?.items : undefined;
}

interface Projection {
  readonly filters: number;
  readonly strides: number;
}

/** What a 1×1 convolution of an input needs to come out as the other one; undefined where none can. */
function projectionOf({ inputShape }: LayerCase, place: number): Projection | undefined {
  if (inputShape === undefined || !isShapeList(inputShape)) return undefined;
  const [from, to] = [inputShape[place], inputShape[1 - place]];
  if (from?.length !== 4 || to?.length !== 4) return undefined;
  const filters = to[3];
  const strides = stridesBetween(from, to);
  return typeof filters === 'number' && strides !== undefined ? { filters, strides } : undefined;
}

/** The smallest stride s with ceil(from / s) = to on both axes. */
function stridesBetween(from: Shape, to: Shape): number | undefined {
  const pairs = [1, 2].map((axis) => [from[axis], to[axis]] as const);
  if (!pairs.every((pair): pair is readonly [number, number] => pair.every((size) => typeof size === 'number' && size > 0)))
    return undefined;
  const most = Math.max(...pairs.map(([size]) => size));
  for (let strides = 1; strides <= most; strides++)
    if (pairs.every(([size, wanted]) => Math.ceil(size / strides) === wanted)) return strides;
  return undefined;
}

interface Options {
  readonly written: readonly string[];
  /** `, strides 2`, where it is more than 1. */
  readonly said: string;
}

/** In the words of the branch's convolutions where those are names, then in numbers where one pair of numbers fits all. */
function optionsFor(sites: readonly Site[], site: Site, text: string, projections: readonly Projection[]): readonly Options[] {
  const branch = sites.filter((one) => one.helper === site.helper && one.name.start < site.name.start && /conv2d$/i.test(one.factory));
  const words = (key: string): string[] => [
    ...new Set(
      branch.flatMap((one) => {
        const option = optionOf(one, key);
        const word = option && text.slice(option.value.start, option.value.end);
        return word !== undefined && /^[A-Za-z_$][\w$.]*(?:\s*[*/+-]\s*[\w$.]+)?$/.test(word) ? [word] : [];
      }),
    ),
  ];
  const [first] = projections;
  const isOne = projections.every(({ filters, strides }) => filters === first?.filters && strides === first.strides);
  const all = new Set(projections.map(({ strides }) => strides));
  const said = [...all].some((strides) => strides > 1) ? `, strides ${[...all].join(' or ')}` : '';
  const needsStrides = said !== '';
  const numbers =
    first && isOne ? [{ written: written(String(first.filters), first.strides === 1 ? '' : String(first.strides)), said }] : [];
  const named = words('filters')
    .reverse()
    .flatMap((filters) => (needsStrides ? words('strides') : ['']).map((strides) => ({ written: written(filters, strides), said })));
  // A number would be wrong for the helper's other calls.
  return site.cases.length > 1 ? [...named, ...numbers] : [...numbers, ...named];
}

/** `{ filters }` where the value has the option's name. */
const written = (filters: string, strides: string): readonly string[] => [
  filters === 'filters' ? 'filters' : `filters: ${filters}`,
  'kernelSize: 1',
  ...(strides === '' ? [] : [strides === 'strides' ? 'strides' : `strides: ${strides}`]),
];

/** A declaration above the merge's statement where that begins a line and the branch has a name; else in the branch's place. */
function put(text: string, { call }: Site, item: Span, code: string): readonly TextEdit[] {
  const branch = text.slice(item.start, item.end);
  const start = lineStart(text, call.start);
  const projected = `${code}.apply(${branch.replace(/\s+as\s+[\w$.]+$/, '')})${castOf(text)}`;
  const beginsLine = /^\s*(?:(?:const|let|var)\s+[\w$]+(?:\s*:\s*[^=]+)?\s*=|[\w$.]+\s*=|return)\s*\(?\s*$/.test(
    text.slice(start, call.start),
  );
  if (!beginsLine || !/^[\w$]+(?:\s+as\s+[\w$.]+)?$/.test(branch)) return [{ ...item, text: projected }];
  const name = freshName(text, 'shortcut', 'projected', 'projection');
  const line = `${indentationAt(text, call.start)}const ${name} = ${projected};${lineBreakOf(text)}`;
  return [
    { start, end: start, text: line },
    { ...item, text: name },
  ];
}
