import type { Program, Step, ValueId } from '../build/program';
import { ruleOf } from './backwards';
import { common, complement, everything, pointBlock, projection, union, type AxisSet, type Region } from './region';

/** What one element of a layer's output depends on. */
export interface ReceptiveField {
  /** By value: the regions of all values between the inputs and the element, both included. Values that it does not depend on are left out. */
  readonly regions: ReadonlyMap<ValueId, Region>;
  /** Steps of which nothing is known, so that they are taken to read everything; in their order. */
  readonly unknown: readonly Step[];
}

/**
 * Follows one element back to the model's inputs.
 * @param at the element's index in the step's first output, without the batch axis
 * @param training true where batch norm uses the batch's own mean and variance
 */
export const receptiveField = (program: Program, step: Step, at: readonly number[], training = false): ReceptiveField => {
  const regions = new Map<ValueId, Region>();
  const unknown: Step[] = [];
  const [target] = step.outputs;
  if (target !== undefined) regions.set(target, { blocks: [pointBlock(at)], hull: false });
  // Steps stand in an order in which inputs come first, so on the way back all readers of a value have been seen before it.
  for (let index = program.steps.indexOf(step); index >= 0; index--) {
    const one = program.steps[index];
    if (!one || one.inputs.length === 0 || !one.outputs.some((id) => (regions.get(id)?.blocks.length ?? 0) > 0)) continue;
    const { known, found } = throughStep(program, one, regions, training);
    if (!known) unknown.unshift(one);
    one.inputs.forEach((id, k) => {
      const region = found[k];
      if (region && region.blocks.length > 0) regions.set(id, union([...(regions.has(id) ? [regions.get(id) ?? region] : []), region]));
    });
  }
  return { regions, unknown };
};

const sizesOf = (program: Program, id: ValueId | undefined): readonly number[] => program.values[id ?? -1]?.shape.slice(1) ?? [];

const throughStep = (
  program: Program,
  step: Step,
  regions: ReadonlyMap<ValueId, Region>,
  training: boolean,
): { readonly known: boolean; readonly found: readonly Region[] } => {
  const inputs = step.inputs.map((id) => sizesOf(program, id));
  // Several outputs (states beside a sequence) have no rule of their own.
  if (!step.runs || step.outputs.length !== 1) return { known: false, found: inputs.map((sizes) => everything(sizes)) };
  const [output] = step.outputs;
  const region = regions.get(output ?? -1);
  const { known, back } = ruleOf(step.runs, { inputs, output: sizesOf(program, output), training });
  const parts = (region?.blocks ?? []).map((block) => back(block));
  const found = inputs.map((_, k) => union(parts.flatMap((part) => part[k] ?? [])));
  return { known, found: found.map((one) => ({ ...one, hull: one.hull || region?.hull === true })) };
};

/** For each axis of one example of a step's first input, the indices that no element of its output reads. Empty where nothing is known. */
export const unreadOf = (program: Program, step: Step): readonly AxisSet[] => {
  const input = sizesOf(program, step.inputs[0]);
  const output = sizesOf(program, step.outputs[0]);
  if (!step.runs || step.inputs.length !== 1 || step.outputs.length !== 1) return input.map(() => []);
  const { back, known } = ruleOf(step.runs, { inputs: [input], output, training: false });
  const [region] = back(output.map((size) => [{ start: 0, end: size }]));
  return input.map((size, axis) => (known && region ? complement(projection(region, axis), size) : []));
};

/** For each axis of one example of a value, the indices that none of its readers uses. */
export const unreadOfValue = (program: Program, id: ValueId): readonly AxisSet[] => {
  const sizes = sizesOf(program, id);
  const readers = program.steps.filter((step) => step.inputs.includes(id));
  const unread = readers.map((step) => unreadOf(program, step));
  return sizes.map((size, axis) =>
    readers.length === 0
      ? []
      : common(
          unread.map((sets) => sets[axis] ?? []),
          size,
        ),
  );
};
