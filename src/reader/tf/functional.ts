import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import type { CallPlace } from '../values/native';
import { Choice, Unknown, type Value } from '../values/values';
import { ModelValue, TensorValue } from './entities';
import { originOf } from './makeLayer';
import { forEachAlternative, NeedsFork } from './options';

/** `tf.model({ inputs, outputs, name })`. */
export function makeFunctional(m: Machine, argument: Value, at: CallPlace, instance?: Obj): Value {
  return forEachAlternative(m, () => {
    const config = m.settle(argument);
    if (config instanceof Choice) throw new NeedsFork(config.alternatives.map((one) => one.literals));
    const field = (key: string): Value => (config instanceof Obj ? m.settle(config.properties.get(key)) : undefined);
    const name = field('name');
    const inputs = tensorList(m, field('inputs'));
    const outputs = tensorList(m, field('outputs'));
    const unknown =
      typeof inputs === 'string'
        ? `its inputs are not known (${inputs})`
        : typeof outputs === 'string'
          ? `its outputs are not known (${outputs})`
          : undefined;
    const model = new ModelValue(
      'functional',
      typeof name === 'string' ? name : undefined,
      originOf(m, at),
      typeof inputs === 'string' ? [] : inputs,
      typeof outputs === 'string' ? [] : outputs,
      unknown,
      instance,
    );
    m.models.push(model);
    return model;
  });
}

/** The tensors of `inputs:` or `outputs:`, or why they are not known. */
function tensorList(m: Machine, value: Value): readonly TensorValue[] | string {
  const one = m.settle(value);
  if (one instanceof TensorValue) return one.application.unknown ?? [one];
  if (one instanceof Choice) throw new NeedsFork(one.alternatives.map((alternative) => alternative.literals));
  if (one instanceof Unknown) return `${one.name}: ${one.reason}`;
  if (!(one instanceof Arr)) return 'they are no tensors that are read';
  if (one.versions)
    throw new NeedsFork(one.versions.filter(({ literals }) => m.assumptions.allows(literals)).map(({ literals }) => literals));
  if (one.open) return one.open.reason;
  const all: TensorValue[] = [];
  for (const item of one.items) {
    const inner = tensorList(m, item);
    if (typeof inner === 'string') return inner;
    all.push(...inner);
  }
  return all;
}
