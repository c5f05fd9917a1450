import type { OpList } from '../model/ops';
import type { LayerCase } from '../model/reading';
import { shapeList, type Shapes } from '../model/shape';
import { showShapes } from './cases';
import { sameShapes } from './counting';
import { escapeMarkdown, labelled, shortName } from './writing';

const MAX_OPS = 6;

/** The ops that the `call` of a layer class of the source is made of, and what it gives where the class declares another shape. */
export function callLine({ callShape, outputShape, ops }: LayerCase): readonly string[] {
  const lines = [...(typeof ops === 'object' ? [chain(ops)] : []), ...differing(callShape, outputShape)];
  return lines.map((line, i) => labelled(i === 0 ? 'call' : '', line));
}

/** Why the panel cannot run a layer class of the source, for people; nothing where it can. */
export const whyNotRun = ({ ops }: LayerCase): readonly string[] =>
  typeof ops === 'string' ? [`The panel cannot run its call: ${escapeMarkdown(ops)}`] : [];

function chain({ steps }: OpList): string {
  const names = steps.slice(0, MAX_OPS).map(({ op }) => shortName(op));
  const more = steps.length - names.length;
  return names.length === 0 ? 'hands its input on' : names.join(' → ') + (more > 0 ? ` → … ${more} more` : '');
}

/** Only what is known of both can differ. */
function differing(given: Shapes | undefined, declared: Shapes | undefined): readonly string[] {
  const isKnown = given !== undefined && shapeList(given).some((shape) => shape.some((size) => size !== '?'));
  return isKnown && declared !== undefined && !sameShapes(given, declared)
    ? [`gives ${showShapes(given)}, the class declares ${showShapes(declared)}`]
    : [];
}
