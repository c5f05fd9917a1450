import type { LayerCase, Site } from '../model/reading';
import { shapeList, showCount, showShape, type Shapes } from '../model/shape';
import { sameShapes } from './counting';
import { columns, cut, shortName } from './writing';

const MAX_CONDITION = 60;

/** `[null, 56, 56, 64] + [null, 56, 56, 64]` for what a merge takes, or what a layer of several outputs gives. */
export const showShapes = (shapes: Shapes | undefined): string =>
  shapes === undefined ? 'not known' : cut(shapeList(shapes).map(showShape).join(', '), 100);

/** `[null, 227, 227, 3] → [null, 55, 55, 96]`; one shape where the layer's input is not known. */
export const showFlow = (made: LayerCase): string =>
  made.inputShape === undefined ? `→ ${showShapes(made.outputShape)}` : `${showShapes(made.inputShape)} → ${showShapes(made.outputShape)}`;

/** One line a case: how often, from what to what, parameters, and under which condition; `room` lines at most. */
export function caseLines(site: Site, room: number): readonly string[] {
  const keepsShape = leavesShapes(site);
  const shown = site.cases.slice(0, site.cases.length > room ? Math.max(1, room - 1) : room);
  // A column of zeros says nothing.
  const counts = site.cases.some(({ params }) => params !== 0);
  // What all have in common stands above them.
  const common = commonConditions(site);
  const caller = commonCaller(site);
  const single = site.cases.every(({ count }) => count === 1);
  const rows = shown.map((made) => [
    ...(single ? [] : [`×${made.count}`]),
    ...(keepsShape ? [] : [made.inputShape === undefined ? '' : showShapes(made.inputShape)]),
    `${keepsShape ? '' : '→ '}${showShapes(made.outputShape)}`,
    made.params === undefined || !counts ? '' : showCount(made.params),
    condition({ ...whenOf(made, common), ...(caller === undefined && made.caller !== undefined ? { caller: made.caller } : {}) }),
  ]);
  const more = site.cases.length - shown.length;
  return [...columns(rows), ...(more > 0 ? [`… and ${more} more`] : [])];
}

/** The conditions that all cases of a site share, of cases that exist under several at once. */
export function commonConditions({ cases }: Site): readonly string[] {
  const parts = cases.map(({ when }) => (when === undefined || when.includes(' || ') ? [] : when.split(' && ')));
  const [first = []] = parts;
  return cases.length < 2 ? [] : first.filter((part) => parts.every((all) => all.includes(part)));
}

/** The caller of all cases, which is among the calls that are told below them. */
const commonCaller = ({ cases }: Site): string | undefined =>
  cases.every(({ caller, calls }) => caller === cases[0]?.caller && calls.length > 0) ? cases[0]?.caller : undefined;

function whenOf({ when }: LayerCase, common: readonly string[]): { readonly when?: string } {
  if (when === undefined) return {};
  const own = when.split(' && ').filter((part) => !common.includes(part));
  return common.length === 0 ? { when } : own.length === 0 ? {} : { when: own.join(' && ') };
}

/** True where every layer of the site gives what it takes. */
export const leavesShapes = ({ cases }: Site): boolean =>
  cases.every(({ inputShape, outputShape }) => inputShape !== undefined && sameShapes(inputShape, outputShape));

/** Why a case exists beside the others. */
export const condition = ({ when, caller }: Pick<LayerCase, 'when' | 'caller'>): string =>
  [when && `when ${cut(shortName(when), MAX_CONDITION)}`, caller && `from ${cut(shortName(caller), MAX_CONDITION)}`]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

/** Different outputs among the layers of a site, in the order of their making; layers of unknown output aside. */
export const distinctOutputs = ({ cases }: Site): readonly Shapes[] => {
  const outputs = cases.map(({ outputShape }) => outputShape).filter((shape) => shape !== undefined);
  return outputs.filter((shape, index) => outputs.findIndex((other) => sameShapes(shape, other)) === index);
};
