import type { WeightSlot } from '../build/slots';
import type { Step } from '../build/program';
import { kernelOf, type Kernel } from './kernels';

/** The weights of a layer, which a shared layer's later applications have too; none for a layer that cannot be made. */
export const weightsOf = (step: Step): readonly WeightSlot[] => (step.runs?.weights ?? []) as unknown as readonly WeightSlot[];

export interface Filters {
  readonly kernel: Kernel;
  readonly weight: WeightSlot;
  /** One value a filter; undefined where the layer has none. */
  readonly bias: WeightSlot | undefined;
}

/** The filters of a layer; undefined where it has none. */
export const filtersOf = (step: Step): Filters | undefined => {
  const weights = weightsOf(step);
  const kernel = kernelOf(step.layer.className, weights);
  const weight = kernel && weights.find(({ name }) => name === kernel.weight);
  if (!weight) return undefined;
  const bias = weights.find(({ name, size }) => /(^|\/)bias$/.test(name) && size === kernel.count);
  return { kernel, weight, bias };
};
