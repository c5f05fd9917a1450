import { readBy, type Program, type Step, type ValueId } from '../build/program';

/**
 * The steps that must run so that the wanted ones are done, in the program's order: those, and whatever before them is neither wanted nor
 * at hand but read by one that runs.
 */
export const neededSteps = (program: Program, wanted: (step: Step) => boolean, atHand: (id: ValueId) => boolean): Step[] => {
  const read = new Set<ValueId>();
  const needed: Step[] = [];
  for (const step of [...program.steps].reverse()) {
    if (!wanted(step) && !step.outputs.some((id) => read.has(id) && !atHand(id))) continue;
    needed.push(step);
    for (const id of readBy(step)) read.add(id);
  }
  return needed.reverse();
};
