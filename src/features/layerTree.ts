import { treeOf, type Branch, type Fold } from '../model/folding/tree';
import type { ModelRead, Reading, Site } from '../model/reading';
import { shapeList, showCount, showShape, type Shapes } from '../model/shape';
import { modelSteps, type ModelStep } from './modelSteps';
import { refusalOf } from './refusals';
import { figuresText, paramsText, titleOfStep } from './stepText';
import { cut, oneLine, shortName } from './writing';

/** A row of a list of a model's layers: a layer, or layers that belong together. */
export interface TreeRow {
  /** Unique in its model; stays the same while layers elsewhere come and go. */
  readonly key: string;
  readonly kind: 'layer' | 'model' | 'block' | 'stage';
  readonly label: string;
  readonly detail: string;
  /** Plain text, lines. */
  readonly tooltip: string;
  /** For the ear: no arrows, no signs. */
  readonly spoken: string;
  /** What TensorFlow.js would throw at one of its layers. */
  readonly refusal?: string;
  readonly isUnknown: boolean;
  /** Where a layer, or the first of several, was made: `Site.id`. */
  readonly site?: string;
  /** Calls that led to the first of its layers, `path#offset`, outermost first. */
  readonly calls: readonly string[];
  readonly children?: readonly TreeRow[];
}

/** Layers that are listed of one model. */
const MOST = 5_000;
const MAX_REASON = 300;
const MAX_REASONS = 3;

/** A model's layers in the order of the source, nested models and repeated blocks folded as the panel folds them. */
export function layerTree(reading: Reading, model: ModelRead): readonly TreeRow[] {
  const steps = modelSteps(model.graph);
  const sites = new Map(reading.sites.map((site) => [site.id, site]));
  const rows = treeOf(steps.slice(0, MOST)).map((branch) => rowOf(reading, sites, branch));
  return steps.length <= MOST ? rows : [...rows, leftOut(steps.length - MOST)];
}

type Sites = ReadonlyMap<string, Site>;

const rowOf = (reading: Reading, sites: Sites, branch: Branch<ModelStep>): TreeRow =>
  branch.kind === 'layer' ? layerRow(reading, branch.step, sites.get(branch.step.site?.id ?? '')) : foldRow(reading, sites, branch);

function layerRow(reading: Reading, step: ModelStep, site: Site | undefined): TreeRow {
  const { key, className, input, output, params, macs, times, callPath } = step;
  // One that was never built is known by its factory only; its line tells the class.
  const kind = shortName(site?.className ?? className);
  const title = step.isNamed ? titleOfStep(step) : kind;
  const refused = output === undefined && site ? refusalOf(reading, site)?.message : undefined;
  const isUnknown = output === undefined || params === undefined;
  const counts = [`${paramsText(params)} params`, ...(typeof macs === 'number' && macs > 0 ? [`${showCount(macs)} MACs`] : [])];
  const tooltip = [
    title === kind ? kind : `${title} · ${kind}`,
    `${shown(input)} → ${shown(output)}`,
    counts.join(' · '),
    ...(times > 1 ? [`applied ${times} times`] : []),
    ...(refused === undefined ? whyOpen(step, site) : [cut(oneLine(refused), MAX_REASON)]),
  ];
  return {
    key,
    kind: 'layer',
    label: title,
    detail: refused === undefined ? `${title === kind ? '' : `${kind} `}${figuresText([step])}` : `${title === kind ? '' : `${kind} `}✗`,
    tooltip: tooltip.join('\n'),
    spoken: [
      title,
      kind,
      refused === undefined ? `output ${spokenShape(output)}, ${paramsText(params)} parameters` : 'refused by TensorFlow.js',
    ].join(', '),
    ...(refused !== undefined && { refusal: cut(oneLine(refused), MAX_REASON) }),
    isUnknown,
    ...(step.site && { site: step.site.id }),
    calls: callPath,
  };
}

function foldRow(reading: Reading, sites: Sites, fold: Fold<ModelStep>): TreeRow {
  const { id, of, title, steps } = fold;
  const children = fold.children.map((branch) => rowOf(reading, sites, branch));
  const refusal = children.find((child) => child.refusal !== undefined)?.refusal;
  const [first] = steps;
  const what = `${of === 'stage' ? `${children.length} blocks, ` : ''}${steps.length} layers`;
  return {
    key: `fold ${id}`,
    kind: of,
    label: shortName(title),
    detail: `${what} ${figuresText(steps)}`,
    tooltip: [
      `${shortName(title)} · ${of === 'model' ? 'a model' : what}`,
      `→ ${shown(steps.at(-1)?.output)}`,
      ...(refusal === undefined ? [] : [refusal]),
    ].join('\n'),
    spoken: `${shortName(title)}, ${what}, output ${spokenShape(steps.at(-1)?.output)}`,
    ...(refusal !== undefined && { refusal }),
    isUnknown: children.some((child) => child.isUnknown),
    ...(first?.site && { site: first.site.id }),
    calls: first?.callPath ?? [],
    children,
  };
}

/** Why a shape or a count is not known, and what the names in formulas are. */
function whyOpen({ stop, output, params }: ModelStep, site: Site | undefined): readonly string[] {
  const cases = site?.cases ?? [];
  const named = cases
    .flatMap(({ unknowns }) => unknowns ?? [])
    .map(({ name, reason }) => `${shortName(name)} is unknown: ${oneLine(reason)}`);
  const isOpen = output === undefined || params === undefined;
  const reasons = isOpen ? [site?.unknown, ...cases.map(({ unknown }) => unknown), stop].filter((one) => one !== undefined) : [];
  const why = [...new Set([...named, ...reasons.map((reason) => `unknown: ${oneLine(reason)}`)])];
  return why.slice(0, MAX_REASONS).map((line) => cut(line, MAX_REASON));
}

const leftOut = (count: number): TreeRow => ({
  key: 'left out',
  kind: 'block',
  label: `… and ${count.toLocaleString('en-US')} more layers`,
  detail: '',
  tooltip: 'The summary lists them all.',
  spoken: `and ${count} more layers, which the summary lists`,
  isUnknown: false,
  calls: [],
});

const shown = (shapes: Shapes | undefined): string => (shapes === undefined ? '?' : cut(shapeList(shapes).map(showShape).join(', '), 100));

/** `28 by 28 by 6`, the batch left out. */
const spokenShape = (shapes: Shapes | undefined): string =>
  shapes === undefined
    ? 'unknown'
    : shapeList(shapes)
        .map((shape) =>
          shape
            .slice(1)
            .map((dim) => (dim === null ? 'any' : String(dim)))
            .join(' by '),
        )
        .join(' and ');
