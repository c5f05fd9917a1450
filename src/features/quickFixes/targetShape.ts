import { isShapeList } from '../../model/shape';
import type { Candidate, Propose, Situation } from './fix';
import { siteAt } from './fix';
import { optionOf } from './source';
import type { Site } from '../../model/reading';

/** A `targetShape` with as many values as come in: one size changed, the last first; -1 as the number that it stands for. */
export const targetShape: Propose = (situation) => reshapesAt(situation).flatMap((site) => candidatesAt(situation, site));

/** The reshape itself, or one that made what fails. */
function reshapesAt({ reading, site, problem }: Situation): readonly Site[] {
  const made = (problem.related ?? []).flatMap(({ at }) => (at.path === reading.path ? (siteAt(reading, at) ?? []) : []));
  return [...(site ? [site] : []), ...made].filter(({ className }) => className === 'Reshape');
}

function candidatesAt({ text }: Situation, site: Site): readonly Candidate[] {
  const option = optionOf(site, 'targetShape');
  const sizes = option && sizesIn(text.slice(option.value.start, option.value.end));
  const inputs = site.cases.map(({ inputShape }) => (inputShape && !isShapeList(inputShape) ? valuesOf(inputShape.slice(1)) : undefined));
  const [values] = inputs;
  if (!option || !sizes || values === undefined || inputs.some((one) => one !== values)) return [];
  const axes = sizes.some((size) => size < 0) ? sizes.flatMap((size, axis) => (size < 0 ? [axis] : [])) : [...sizes.keys()].reverse();
  return axes
    .flatMap((axis): readonly (readonly number[])[] => {
      const others = sizes.reduce((all, size, other) => (other === axis ? all : all * size), 1);
      const size = values / others;
      return others > 0 && Number.isInteger(size) && size > 0 && size !== sizes[axis]
        ? [sizes.map((old, other) => (other === axis ? size : old))]
        : [];
    })
    .map((shape, order) => {
      const value = `[${shape.join(', ')}]`;
      return {
        title: `Set targetShape: ${value}`,
        edits: [{ ...option.value, text: value }],
        shows: site.name.start,
        choice: `reshape${order}`,
      };
    });
}

const sizesIn = (value: string): readonly number[] | undefined =>
  /^\[\s*-?\d+(?:\s*,\s*-?\d+)*\s*,?\s*\]$/.test(value) ? (value.match(/-?\d+/g) ?? []).map(Number) : undefined;

const valuesOf = (sizes: readonly unknown[]): number | undefined =>
  sizes.reduce<number | undefined>((all, size) => (all !== undefined && typeof size === 'number' ? all * size : undefined), 1);
