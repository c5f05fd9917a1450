import type { ConcreteShape } from '../../layers/spec';
import { Arr } from '../state/heap';
import type { Machine } from '../machine';
import { Num, isNumeric, sample, type Numeric } from '../values/num';
import { Unknown, type Value } from '../values/values';
import type { TensorValue } from './entities';
import { shapeAt } from './specs';

/** How many samples describe a tensor: one where nothing about it depends on unknowns. */
export const samplesOf = (tensor: TensorValue): number => tensor.application.outcomes.length;

/** A tensor's shape as the source sees it: an array of numbers and nulls, in lockstep over the stand-ins; unknown where it is not known. */
export function shapeValue(m: Machine, tensor: TensorValue): Value {
  const count = samplesOf(tensor);
  const shapes = Array.from({ length: count }, (_, k) => shapeAt(tensor, k));
  const known = shapes.filter((shape) => shape !== undefined);
  const rank = known[0]?.length;
  if (rank === undefined || known.some((shape) => shape.length !== rank)) {
    return new Unknown(`shape:${tensor.application.serial}`, 'shape', tensor.application.unknown ?? 'the shape is not known');
  }
  const owner = { dependsOn: dependenciesOf(tensor), serial: tensor.application.serial };
  return new Arr(Array.from({ length: rank }, (_, axis) => dimensionOf(m, shapes, axis, owner)));
}

/** What names the sizes of a shape: the unknowns they depend on, who it belongs to, and how the source writes it, where it does. */
interface ShapeOwner {
  readonly dependsOn: ReadonlySet<string>;
  readonly serial: number;
  readonly shown?: string;
}

/** One size of a shape, in lockstep over the stand-ins; undefined samples are those that TensorFlow.js refused. */
export function dimensionOf(m: Machine, shapes: readonly (ConcreteShape | undefined)[], axis: number, owner: ShapeOwner): Value {
  if (shapes.length === 1) return shapes[0]?.[axis] ?? null;
  const samples = shapes.map((shape) => shape?.[axis]);
  const known = samples.filter((size) => size !== undefined);
  if (known.every((size) => size === null)) return null;
  if (known.some((size) => size === null)) return new Unknown(m.freshKey('dim'), '?', 'the size is open for some values only');
  if (known.length === samples.length && known.every((size) => size === known[0])) return known[0];
  const numbers = samples.map((size) => size ?? NaN);
  const same = sameUnknown(m, numbers, owner.dependsOn);
  // A size that is one unknown depends on that one alone, which keeps what is made of it simple.
  if (same) return new Num(numbers, new Set([same.key]), nameFor(m, same.unknown, axis, owner));
  return new Num(numbers, owner.dependsOn, `size${owner.serial}.${axis}`);
}

function sameUnknown(
  m: Machine,
  numbers: readonly number[],
  dependsOn: ReadonlySet<string>,
): { key: string; unknown: Unknown } | undefined {
  for (const key of dependsOn) {
    const unknown = m.names.get(key);
    if (unknown && m.numberOf(unknown).samples.every((value, k) => Number.isNaN(numbers[k]) || value === numbers[k]))
      return { key, unknown };
  }
  return undefined;
}

/** A size without a name gets that under which the source speaks of it: `xs.shape[1]`. */
function nameFor(m: Machine, unknown: Unknown, axis: number, { shown }: ShapeOwner): string {
  if (unknown.name !== '?' || shown === undefined) return unknown.name;
  const named = new Unknown(unknown.key, `${shown}[${axis}]`, unknown.reason);
  m.numberOf(named);
  return named.name;
}

/** Keys of the unknowns that a tensor's shape may depend on. */
export function dependenciesOf(tensor: TensorValue): Set<string> {
  return new Set(tensor.application.dependsOn);
}

/** A shape that the source computed, with stand-ins for its unknown sizes; also a list of shapes. */
export function withStandIns(m: Machine, shape: Arr): Arr {
  return new Arr(
    shape.items.map((item) => {
      const one = m.settle(item);
      if (one instanceof Unknown) return m.numberOf(one);
      return one instanceof Arr ? withStandIns(m, one) : one;
    }),
    shape.open,
  );
}

/** Keys of the unknowns that a computed shape depends on. */
export function dependenciesOfShape(shape: Arr, into = new Set<string>()): Set<string> {
  for (const item of shape.items) {
    if (item instanceof Num) for (const key of item.dependsOn) into.add(key);
    else if (item instanceof Arr) dependenciesOfShape(item, into);
  }
  return into;
}

/** A shape that the source computed, for stand-in `k`; undefined where it is none. */
export function concreteShape(value: Value, k: number): ConcreteShape | undefined {
  if (!(value instanceof Arr) || value.open || value.versions) return undefined;
  const shape: (number | null)[] = [];
  for (const item of value.items) {
    if (item === null || item === undefined) shape.push(null);
    else if (isNumeric(item)) {
      const size = sample(item as Numeric, k);
      if (Number.isNaN(size)) return undefined;
      shape.push(size);
    } else return undefined;
  }
  return shape;
}
