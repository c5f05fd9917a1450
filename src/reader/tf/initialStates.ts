import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import type { Value } from '../values/values';
import { LayerValue, type ModelValue } from './entities';
import { stateOf } from './options';

/** Layers that take the tensors of these options as further inputs, in this order. */
const RECURRENT: ReadonlySet<string> = new Set(['rnn', 'lstm', 'gru', 'simpleRNN', 'convLstm2d', 'bidirectional']);
const OPTIONS = ['initialState', 'constants'] as const;

/** `lstm.apply(x, { initialState: [h, c] })` is `lstm.apply([x, h, c])`: TensorFlow.js appends them itself. */
export function withStates(m: Machine, layer: LayerValue | ModelValue, inputs: Value, options: Value): Value {
  const given = m.settle(options);
  if (!(given instanceof Obj) || !(layer instanceof LayerValue) || !RECURRENT.has(layer.factory)) return inputs;
  const more = OPTIONS.flatMap((name) => itemsOf(m, given.properties.get(name)));
  return more.length === 0 ? inputs : new Arr([...itemsOf(m, inputs), ...more]);
}

/** The items of a list, or the one value; nothing for an option that is not there. What is not known stays one item, and says so when it is applied. */
function itemsOf(m: Machine, value: Value): readonly Value[] {
  const one = m.settle(value);
  if (one === undefined || one === null) return [];
  if (!(one instanceof Arr)) return [one];
  const { open, items } = stateOf(m, one);
  return open ? [one] : items;
}
