import type { ConcreteShape } from '../../layers/spec';
import type { Machine } from '../machine';
import { lineage } from '../values/lineage';
import { Arr, Obj } from '../state/heap';
import { Native, type CallPlace } from '../values/native';
import { type ClassValue, type Closure, Unknown, type Value } from '../values/values';
import type { LayerValue } from './entities';
import { type Outcome, type TensorValue } from './entities';
import { finishLayer } from './makeLayer';
import { forEachAlternative, freeze, OptionRecord, type Option } from './options';
import { SAMPLES } from '../values/standIns';
import { weightTensor } from './tensors/customCall';
import { concreteShape, dependenciesOfShape, shapeValue, withStandIns } from './shapes';

/** The weights that a custom layer's `addWeight` asked for, kept on the instance. */
export const WEIGHTS = '%weights';

const INITIALIZER = 'weightInitializer';

/** The layer behind a new instance of a class that extends `tf.layers.Layer`. */
export function makeCustomLayer(m: Machine, classOf: ClassValue, instance: Obj, at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const config = m.settle(instance.properties.get('%config'));
    const layer = finishLayer(m, classOf.name, freeze(m, config instanceof Unknown ? undefined : config), at, { classOf, instance });
    m.entityOf.set(instance, layer);
    return layer;
  });
}

/** A method of a class or of the nearest class above it. */
export const methodOf = (classOf: ClassValue, name: string): Closure | undefined =>
  lineage(classOf)
    .classes.map((one) => one.methods.get(name))
    .find(Boolean);

/**
 * Runs the class' `build` (once) and `computeOutputShape` on the inputs' shapes, in lockstep over the stand-ins. A class without
 * `computeOutputShape` keeps its input's shape, as in TensorFlow.js.
 */
export function customOutcomes(
  m: Machine,
  layer: LayerValue,
  inputs: readonly TensorValue[],
  at: CallPlace,
): { readonly outcomes: readonly Outcome[]; readonly dependsOn: ReadonlySet<string> } | Unknown {
  const { custom } = layer;
  if (!custom) return { outcomes: [], dependsOn: new Set() };
  const each = inputs.map((input) => shapeValue(m, input));
  const shape = each.length === 1 ? each[0] : new Arr(each);
  const build = methodOf(custom.classOf, 'build');
  if (build && !layer.builtBy) m.interpreter.call(build, custom.instance, [shape], at);
  const compute = methodOf(custom.classOf, 'computeOutputShape');
  const output = compute ? m.settle(m.interpreter.call(compute, custom.instance, [shape], at)) : shape;
  if (!(output instanceof Arr))
    return new Unknown(
      'custom',
      layer.factory,
      `computeOutputShape of ${layer.factory} cannot be read${output instanceof Unknown ? ` (${output.reason})` : ''}`,
    );
  const shown = withStandIns(m, output);
  const dependsOn = dependenciesOfShape(shown, dependenciesOfWeights(custom.instance));
  for (const input of inputs) for (const key of input.application.dependsOn) dependsOn.add(key);
  const count = dependsOn.size > 0 ? SAMPLES : 1;
  return { outcomes: Array.from({ length: count }, (_, k) => outcomeOf(m, layer, custom.instance, shown, k)), dependsOn };
}

function outcomeOf(m: Machine, layer: LayerValue, instance: Obj, output: Arr, k: number): Outcome {
  const isList = output.items[0] instanceof Arr;
  const outputs = isList ? output.items.map((one) => concreteShape(m.settle(one), k)) : [concreteShape(output, k)];
  if (!outputs.every((one) => one !== undefined))
    return { error: `computeOutputShape of ${layer.factory} gives no shape that can be read`, limit: true };
  const weights = weightsOf(m, instance, k);
  if (!weights) return { error: `build of ${layer.factory} adds a weight whose shape cannot be read`, limit: true };
  const sizes = weights.map((weight) => ({
    trainable: weight.trainable,
    size: weight.shape.reduce<number>((all, size) => all * (size ?? 1), 1),
  }));
  const sum = (list: typeof sizes): number => list.reduce((all, one) => all + one.size, 0);
  const first = outputs[0];
  return {
    className: layer.factory,
    config: {},
    outputShape: isList ? outputs : (first ?? []),
    params: sum(sizes),
    trainableParams: sum(sizes.filter((one) => one.trainable)),
    weights,
    warnings: [],
  };
}

function weightsOf(
  m: Machine,
  instance: Obj,
  k: number,
): readonly { name: string; shape: ConcreteShape; trainable: boolean }[] | undefined {
  const list = instance.properties.get(WEIGHTS);
  if (list === undefined) return [];
  if (!(list instanceof Arr) || list.versions) return undefined;
  const weights = [];
  for (const item of list.items) {
    if (!(item instanceof Obj)) return undefined;
    const shape = concreteShape(m.settle(item.properties.get('shape')), k);
    const name = item.properties.get('name');
    if (!shape) return undefined;
    weights.push({ name: typeof name === 'string' ? name : 'weight', shape, trainable: item.properties.get('trainable') !== false });
  }
  return weights;
}

function dependenciesOfWeights(instance: Obj): Set<string> {
  const all = new Set<string>();
  const list = instance.properties.get(WEIGHTS);
  for (const item of list instanceof Arr ? list.items : []) {
    const shape = item instanceof Obj ? item.properties.get('shape') : undefined;
    if (shape instanceof Arr) dependenciesOfShape(shape, all);
  }
  return all;
}

/** `this.addWeight(name, shape, dtype, initializer, regularizer, trainable)`. */
export function addWeight(m: Machine, instance: Obj, args: readonly Value[]): Value {
  m.journal.touch(instance);
  const list = instance.properties.get(WEIGHTS);
  const weights = list instanceof Arr ? list : new Arr();
  if (list instanceof Arr) m.journal.touch(list);
  const weight = new Obj();
  const name = typeof args[0] === 'string' ? args[0] : `weight ${weights.items.length + 1}`;
  weight.properties.set('name', name);
  const shape = m.settle(args[1]);
  weight.properties.set('shape', shape instanceof Arr ? withStandIns(m, shape) : shape);
  weight.properties.set('dtype', args[2]);
  weight.properties.set(INITIALIZER, args[3]);
  weight.properties.set('trainable', args[5]);
  weights.items.push(weight);
  instance.properties.set(WEIGHTS, weights);
  return variableOf(m, name, weight.properties.get('shape'));
}

/** What else a weight was asked for with, beside its name and shape; in the order of `Applied.weights`. */
export interface AskedWeight {
  readonly dtype: Value;
  readonly initializer: Option;
}

/** How the weights of a layer class of the source are made. */
export function askedWeights(m: Machine, instance: Obj): readonly AskedWeight[] {
  const list = instance.properties.get(WEIGHTS);
  return (list instanceof Arr ? list.items : []).flatMap((item) => {
    if (!(item instanceof Obj)) return [];
    // Its name tells `freeze` that no shape depends on it, so that a condition in it is no reason for several layers.
    const holder = new Obj();
    holder.properties.set(INITIALIZER, item.properties.get(INITIALIZER));
    const frozen = freeze(m, holder);
    const initializer = frozen instanceof OptionRecord ? frozen.entries.get(INITIALIZER) : undefined;
    return [{ dtype: m.settle(item.properties.get('dtype')), initializer }];
  });
}

/** What `addWeight` gives: a variable, whose tensor `read()` gives. */
function variableOf(m: Machine, name: string, shape: Value): Obj {
  const variable = new Obj();
  const tensor = weightTensor(name, shape, (k) => concreteShape(shape, k));
  variable.properties.set('name', name);
  variable.properties.set('shape', shape);
  variable.properties.set('read', new Native('read', () => tensor));
  for (const method of ['write', 'dispose']) variable.properties.set(method, new Native(method, () => undefined));
  variable.open = new Unknown(m.freshKey('weight'), name, 'weights have no values before the program runs');
  return variable;
}
