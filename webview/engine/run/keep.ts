import type { Program, Step } from '../build/program';

/**
 * Steps whose outputs outlive a run: the model's own outputs always, and of the others as many as the budget holds, the smallest first.
 * (The large ones are those before the first pooling, and the soonest computed again.)
 * @param budget bytes
 */
export const keptSteps = (program: Program, budget: number): ReadonlySet<Step> => {
  const outputs = new Set(program.outputs);
  const bytesOf = (step: Step): number =>
    step.outputs.reduce((total, id) => total + (program.values[id]?.shape ?? []).reduce((size, dim) => size * dim, 4), 0);
  const kept = new Set(program.steps.filter((step) => step.outputs.some((id) => outputs.has(id))));
  let left = budget;
  for (const { step, bytes } of program.steps.map((one) => ({ step: one, bytes: bytesOf(one) })).sort((a, b) => a.bytes - b.bytes)) {
    if (kept.has(step)) continue;
    if (bytes > left) break;
    left -= bytes;
    kept.add(step);
  }
  return kept;
};
