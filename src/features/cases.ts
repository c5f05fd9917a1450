import type { LayerCase, Site } from '../model/reading';
import { shapeList, showCount, showShape, type Shapes } from '../model/shape';
import { sameShapes } from './counting';
import { columns, cut, shortName } from './writing';

const MAX_CONDITION = 40;

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
  const rows = shown.map((made) => [
    `×${made.count}`,
    ...(keepsShape ? [] : [made.inputShape === undefined ? '' : showShapes(made.inputShape)]),
    `${keepsShape ? '' : '→ '}${showShapes(made.outputShape)}`,
    made.params === undefined || !counts ? '' : showCount(made.params),
    condition(made),
  ]);
  const more = site.cases.length - shown.length;
  return [...columns(rows), ...(more > 0 ? [`… and ${more} more`] : [])];
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
