import { isOpTensor, type OpRefused, type OpValue } from '../../../layers/ops/spec';
import type { Machine } from '../../machine';
import { Arr, Obj } from '../../state/heap';
import { Num } from '../../values/num';
import { Unknown, type Value } from '../../values/values';
import { EagerTensor, type TensorSource } from './eager';

/** What a call gave for each stand-in. */
export type OpOutcome = { readonly value: OpValue; readonly macs?: number } | OpRefused;

export const isRefusedOp = (outcome: OpOutcome): outcome is OpRefused => 'error' in outcome;

/** What the results of one call have in common. */
export interface ResultOf {
  readonly dependsOn: ReadonlySet<string>;
  readonly isDtypeOpen: boolean;
  /** Where output `index` (a position in a list, a key in a record) comes from. */
  readonly source: (index: number | string) => TensorSource;
  /** Why a part of the answer is not known, for what is made of an argument that is known in part. */
  readonly unknown: string | undefined;
}

/** Results of a call, one for each stand-in, as one value of the source. */
export function valueOf(m: Machine, outcomes: readonly OpOutcome[], of: ResultOf, index: number | string = 0): Value {
  const first = outcomes.find((outcome) => !isRefusedOp(outcome));
  const value = first && !isRefusedOp(first) ? first.value : undefined;
  const inner = (pick: (value: OpValue) => OpValue): readonly OpOutcome[] =>
    outcomes.map((outcome) => (isRefusedOp(outcome) ? outcome : { value: pick(outcome.value) }));
  if (isOpTensor(value)) return tensorOf(outcomes, of, index);
  if (Array.isArray(value)) {
    const lengths = new Set(outcomes.map((outcome) => (isRefusedOp(outcome) || !Array.isArray(outcome.value) ? -1 : outcome.value.length)));
    lengths.delete(-1);
    if (lengths.size > 1) return new Unknown(m.freshKey('list'), '?', 'how many tensors it gives depends on something unknown');
    const list = value as readonly OpValue[];
    return new Arr(
      list.map((_, i) =>
        valueOf(
          m,
          inner((one) => (one as readonly OpValue[])[i]),
          of,
          i,
        ),
      ),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const record = new Obj();
    for (const key of Object.keys(value))
      record.properties.set(
        key,
        valueOf(
          m,
          inner((one) => (one as { readonly [key: string]: OpValue })[key]),
          of,
          key,
        ),
      );
    return record;
  }
  return plainOf(m, outcomes, of);
}

function tensorOf(outcomes: readonly OpOutcome[], of: ResultOf, index: number | string): EagerTensor {
  const tensors = outcomes.map((outcome) =>
    isRefusedOp(outcome) ? outcome : isOpTensor(outcome.value) ? outcome.value.tensor : { error: 'its kind differs' },
  );
  const [first] = tensors;
  const text = JSON.stringify(first);
  const isOne = tensors.every((tensor) => !('error' in tensor) && JSON.stringify(tensor) === text);
  const known = tensors.find((tensor) => !('error' in tensor));
  // A dtype that came from the open one would be TensorFlow.js' default as well.
  const isDtypeOpen = of.isDtypeOpen && known !== undefined && !('error' in known) && known.dtype === 'float32';
  // What is the same whatever the unknowns are does not depend on them, nor on why they are not known.
  if (isOne && first) return new EagerTensor([first], new Set(), undefined, of.source(index), isDtypeOpen);
  return new EagerTensor(tensors, of.dependsOn, of.unknown, of.source(index), isDtypeOpen);
}

function plainOf(m: Machine, outcomes: readonly OpOutcome[], of: ResultOf): Value {
  const values = outcomes.flatMap((outcome) => (isRefusedOp(outcome) ? [] : [outcome.value]));
  const [first] = values;
  if (values.every((value) => value === first)) return first as Value;
  if (values.some((value) => typeof value !== 'number')) return new Unknown(m.freshKey('result'), '?', 'it depends on something unknown');
  const samples = outcomes.map((outcome) => (isRefusedOp(outcome) ? NaN : (outcome.value as number)));
  return new Num(samples, of.dependsOn, m.freshKey('result'));
}
