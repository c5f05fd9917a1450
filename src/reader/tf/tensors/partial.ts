import type { Machine } from '../../machine';
import { Num, sample } from '../../values/num';
import { SAMPLES } from '../../values/standIns';
import { Unknown } from '../../values/values';
import { whyOpen } from './callOp';
import { EagerTensor, tensorAt, type OpCall } from './eager';
import { firstOpen, inputDependencies, isInputList, type OpInput } from './inputs';

/** A size: known, or in lockstep over the stand-ins. */
export type Size = number | Num;

/** A tensor of the given sizes, of which some may be in lockstep. `why` says why not all of it is known. */
export function tensorOfSizes(
  sizes: readonly Size[],
  dtype: string,
  call: OpCall,
  why: string | undefined,
  isDtypeOpen = false,
): EagerTensor {
  const dependsOn = inputDependencies(sizes);
  const count = dependsOn.size > 0 ? SAMPLES : 1;
  const outcomes = Array.from({ length: count }, (_, k) => ({ shape: sizes.map((size) => sample(size, k)), dtype }));
  const fine = outcomes.map((one) => (one.shape.every((size) => size >= 0) ? one : { error: 'a size is no number' }));
  return new EagerTensor(fine, dependsOn, why, { kind: 'op', call, index: 0 }, isDtypeOpen);
}

/** A size that has no name. */
export const namelessSize = (m: Machine, why: string): Num => m.numberOf(new Unknown(m.freshKey('size'), '?', why));

/** Functions and methods that state the shape they give: where their sizes stand. */
const RESHAPES: Readonly<Record<string, (args: readonly OpInput[]) => readonly OpInput[] | undefined>> = {
  reshape: ([, shape]) => (isInputList(shape) ? shape : undefined),
  as1D: () => [-1],
  flatten: () => [-1],
  as2D: ([, ...sizes]) => sizes.slice(0, 2),
  as3D: ([, ...sizes]) => sizes.slice(0, 3),
  as4D: ([, ...sizes]) => sizes.slice(0, 4),
  as5D: ([, ...sizes]) => sizes.slice(0, 5),
  asScalar: () => [],
};

/** Functions and methods that give a scalar where no axis is stated. */
const REDUCTIONS = new Set(['sum', 'mean', 'max', 'min', 'prod', 'all', 'any', 'logSumExp', 'norm']);

/** What is certain of a call's result though an argument is not known: that of a reshape, and of a reduction over everything. */
export function partlyKnown(m: Machine, call: OpCall): EagerTensor | undefined {
  const [self] = call.args;
  const open = self === undefined ? undefined : firstOpen(self);
  const why = open ? whyOpen(open) : 'it is not known how many values it has';
  const dtype = self instanceof EagerTensor ? tensorAt(self, 0)?.dtype : undefined;
  const reshape = Object.hasOwn(RESHAPES, call.op) ? RESHAPES[call.op]?.(call.args) : undefined;
  if (reshape) return reshaped(m, call, reshape, dtype, why);
  if (REDUCTIONS.has(call.op) && open && call.args.slice(1).every((arg) => arg === undefined || arg === null || typeof arg === 'string'))
    return new EagerTensor([{ shape: [], dtype: dtype ?? 'float32' }], new Set(), undefined, { kind: 'op', call, index: 0 }, true);
  return undefined;
}

function reshaped(m: Machine, call: OpCall, sizes: readonly OpInput[], dtype: string | undefined, why: string): EagerTensor | undefined {
  // Known sizes that TensorFlow.js refused are its refusal, and nothing is certain of the result.
  if (sizes.every((size) => typeof size === 'number' && size >= 0) && call.args.every((arg) => firstOpen(arg) === undefined))
    return undefined;
  const shape = sizes.map((size) => (size === -1 ? namelessSize(m, why) : size instanceof Unknown ? m.numberOf(size) : size));
  if (!shape.every((size): size is Size => typeof size === 'number' || size instanceof Num)) return undefined;
  return tensorOfSizes(shape, dtype ?? 'float32', call, why, dtype === undefined);
}
