import { isOpRefused, type OpRefused, type OpTensor } from '../../../layers/ops/spec';
import type { CallPlace } from '../../values/native';
import type { OpInput } from './inputs';

/** Shape and dtype for one stand-in. Shapes are batch first, sizes whole numbers. */
export type TensorOutcome = OpTensor['tensor'] | OpRefused;

/** A call of a TensorFlow.js function: what a straight line of ops is made of. */
export interface OpCall {
  /** The function's path in `tf`, or the tensor method's name. */
  readonly op: string;
  readonly isMethod: boolean;
  /** The tensor itself first, where the call is of a method. */
  readonly args: readonly OpInput[];
  readonly at: CallPlace;
  /** What it gave, once it has. */
  outputs?: readonly EagerTensor[];
  /** Multiply-accumulates for each stand-in, or one number where nothing depends on unknowns; NaN where not known. undefined where the call was not read. */
  macs?: readonly number[];
}

/** Where a tensor comes from: what an op list can be made of, or why none can. */
export type TensorSource =
  | { readonly kind: 'op'; readonly call: OpCall; readonly index: number | string }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'weight'; readonly name: string }
  /** It has no place in a straight line of ops. */
  | { readonly kind: 'other'; readonly why: string };

let serial = 0;

/**
 * A tensor that the program computes while it runs, without its values. Immutable. Where its sizes depend on unknowns it has one outcome for
 * each stand-in, in lockstep; where nothing does, one; where not even its rank is known, none.
 */
export class EagerTensor {
  readonly serial = ++serial;

  constructor(
    readonly outcomes: readonly TensorOutcome[],
    /** Keys of the unknowns that the outcomes depend on. */
    readonly dependsOn: ReadonlySet<string>,
    /** Why its shape is not known, or not wholly. */
    readonly unknown: string | undefined,
    readonly source: TensorSource,
    /** The dtype is TensorFlow.js' default, and may be another: the values that would decide it are not known. */
    readonly isDtypeOpen = false,
  ) {}

  /** The same tensor from somewhere else. */
  from(source: TensorSource): EagerTensor {
    return new EagerTensor(this.outcomes, this.dependsOn, this.unknown, source, this.isDtypeOpen);
  }
}

/** For stand-in `k`; undefined where it is not known or TensorFlow.js refused. */
export function tensorAt(tensor: EagerTensor, k: number): OpTensor['tensor'] | undefined {
  const outcome = tensor.outcomes.length === 1 ? tensor.outcomes[0] : tensor.outcomes[k];
  return outcome === undefined || isRefusedOutcome(outcome) ? undefined : outcome;
}

const isRefusedOutcome = (outcome: TensorOutcome): outcome is OpRefused => isOpRefused(outcome as OpRefused);

/** A tensor of which nothing is known but that it is one. */
export const unknownTensor = (why: string, source: TensorSource): EagerTensor => new EagerTensor([], new Set(), why, source, true);

/** The number of dimensions, where all stand-ins agree in it. */
export function rankOfTensor(tensor: EagerTensor): number | undefined {
  const ranks = new Set(tensor.outcomes.flatMap((outcome) => (isRefusedOutcome(outcome) ? [] : [outcome.shape.length])));
  return ranks.size === 1 ? [...ranks][0] : undefined;
}

/** True where two tensors have the same sizes under every stand-in; where they come from aside. */
export function sameSizes(a: EagerTensor, b: EagerTensor): boolean {
  if (a === b) return true;
  return (
    a.unknown === b.unknown &&
    a.outcomes.length > 0 &&
    a.isDtypeOpen === b.isDtypeOpen &&
    JSON.stringify(a.outcomes) === JSON.stringify(b.outcomes)
  );
}
