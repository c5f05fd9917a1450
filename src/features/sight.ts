import type { ModelRead, Site } from '../model/reading';
import { isShapeList, type Shapes } from '../model/shape';
import { sights, type Sight } from './receptiveField';

const NAMES: Readonly<Record<number, string>> = { 1: 'steps of ' };

/** `sees 11×11 of the input, step 4`; of a line that made several layers `sees 3×3 … 196×196 of the input, step 1 … 16`. Nothing where one of them is not certain. */
export function sightOf(site: Site, count: number, output: Shapes | undefined, model: ModelRead | undefined): string {
  // What has no places, a batch of vectors, sees no part of a picture.
  if (!model || (output && (isShapeList(output) || output.length < 3))) return '';
  const nodes = model.graph.nodes.flatMap((node, index) => (model.graph.layers[node.layer]?.site?.id === site.id ? [index] : []));
  if (nodes.length < count || nodes.length === 0) return '';
  const all = sights(model.graph);
  const seen = nodes.map((node) => all[node]);
  const [first] = seen;
  if (!first || !seen.every((axes) => axes !== undefined) || seen.every((axes) => axes.every(({ size }) => size === 1))) return '';
  const sizes = seen.map(sizesOf);
  const steps = seen.map(stepsOf);
  return `sees ${range(sizes)} ${NAMES[first.length] ?? 'of '}the input, step ${range(steps)}`;
}

const sizesOf = (axes: readonly Sight[]): string => axes.map(({ size }) => size).join('×');

const stepsOf = (axes: readonly Sight[]): string => [...new Set(axes.map(({ step }) => step))].join('×');

/** The least and the most. */
function range(texts: readonly string[]): string {
  const sorted = [...texts].sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  const [first = '', last = first] = [sorted[0], sorted.at(-1)];
  return first === last ? first : `${first} … ${last}`;
}
