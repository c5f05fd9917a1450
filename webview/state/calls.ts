import type { StepInfo } from '../engine/contract/program';
import { foldsAround } from './folding/rows';
import type { Branch } from './folding/tree';

/** The layers that one source line made, in the order of their making; a layer that is applied several times comes once. */
export const callsOf = (steps: readonly StepInfo[], step: StepInfo): readonly StepInfo[] => {
  const { site } = step;
  if (!site) return [step];
  const made = new Map<number, StepInfo>();
  for (const one of steps) {
    if (one.site?.id !== site.id) continue;
    const before = made.get(one.site.call);
    // The selected application stands for its layer.
    if (!before || one.key === step.key) made.set(one.site.call, one);
  }
  return [...made.values()].sort((a, b) => (a.site?.call ?? 0) - (b.site?.call ?? 0));
};

/** The layer that the same line made `by` calls later; undefined where there is none. */
export const callBeside = (steps: readonly StepInfo[], step: StepInfo, by: number): StepInfo | undefined => {
  const calls = callsOf(steps, step);
  return calls[calls.findIndex((one) => one.key === step.key) + by];
};

/**
 * The layer that a caret means. `ids`: layer sites and call lines under the caret, the most meant first. While the caret stays in a helper the
 * same call of it stays selected: of several layers the selected one itself, else one in the innermost fold around it, else the nearest.
 */
export const layerAt = (
  steps: readonly StepInfo[],
  branches: readonly Branch[],
  ids: readonly string[],
  selected: string | undefined,
): StepInfo | undefined => {
  for (const id of ids) {
    const made = steps.filter((step) => step.site?.id === id || step.callPath.includes(id));
    if (made.length > 0) return nearest(steps, branches, made, selected);
  }
  return undefined;
};

const nearest = (
  steps: readonly StepInfo[],
  branches: readonly Branch[],
  made: readonly StepInfo[],
  selected: string | undefined,
): StepInfo | undefined => {
  if (selected === undefined) return made[0];
  const place = new Map(steps.map((step, index) => [step.key, index]));
  const distance = (step: StepInfo): number => Math.abs((place.get(step.key) ?? 0) - (place.get(selected) ?? 0));
  const inFold = [...foldsAround(branches, selected)]
    .reverse()
    .map((fold) => made.filter((step) => fold.steps.includes(step)))
    .find((found) => found.length > 0);
  return (inFold ?? made).reduce((best, step) => (distance(step) < distance(best) ? step : best));
};
