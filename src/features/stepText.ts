import type { Count } from '../model/shape';
import { total } from './counting';
import { fitShapes } from './hintText';
import type { ModelStep } from './modelSteps';
import { fitCount } from './units';
import { shortName } from './writing';

/** Characters of shapes, and of a count, in a row. */
const MAX_SHAPES = 40;
const MAX_COUNT = 40;

/** What a person calls a layer: the name that the source gives it, else its class. */
export const titleOfStep = ({ name, className, isNamed }: ModelStep): string => shortName(isNamed ? name : className);

/** `Conv2D → 28×28×6 · 156` of one layer, `7 layers → 56×56×64 · 73,984` of several: what goes out of the last, and the parameters of all. */
export function stepsText(steps: readonly ModelStep[]): string {
  const last = steps.at(-1);
  if (!last) return '';
  const title = titleOfStep(last);
  const one = title === shortName(last.className) ? title : `${title} ${shortName(last.className)}`;
  return `${steps.length === 1 ? one : `${steps.length} layers`} ${figuresText(steps)}`;
}

/** `→ 28×28×6 · 156`; a `?` stands for what is not known. */
export function figuresText(steps: readonly ModelStep[]): string {
  const { output } = steps.at(-1) ?? {};
  const shape = output === undefined ? '?' : (fitShapes((show) => show(output), MAX_SHAPES) ?? '…');
  const params = total(steps.map((step) => ({ count: step.params, times: 1 })));
  return params === 0 ? `→ ${shape}` : `→ ${shape} · ${paramsText(params)}`;
}

export const paramsText = (params: Count | undefined): string => {
  const text = params === undefined ? '?' : fitCount(params, MAX_COUNT);
  return text.length <= MAX_COUNT ? text : '…';
};
