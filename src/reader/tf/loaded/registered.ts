import type { LoadedRecord } from '../../../layers/loaded/spec';
import type { Json } from '../../../layers/loaded/json';
import type { Machine } from '../../machine';
import { Obj } from '../../state/heap';
import type { CallPlace } from '../../values/native';
import { ClassValue, clip, type Value } from '../../values/values';
import { LayerValue, ModelValue } from '../entities';
import { originOf } from '../makeLayer';
import { OptionRecord } from '../options';
import { fromJson } from './data';

/** `tf.serialization.registerClass(Antirectifier)`: from now on a topology may name it. */
export function registerClass(m: Machine, value: Value, at: CallPlace): Value {
  if (!(value instanceof ClassValue)) return undefined;
  const name = m.settle(m.interpreter.getMember(value, 'className', at));
  m.registered.set(typeof name === 'string' ? name : value.name, value);
  return undefined;
}

/** A layer of a class that the source has registered, as its `fromConfig` makes it; unknown for any other class. */
export function makeRegistered(m: Machine, className: string, config: LoadedRecord, at: CallPlace): LayerValue | ModelValue {
  const made = m.registered.get(className);
  if (!made) return unknownLayer(m, className, config, at, `no class called ${clip(className)} is registered in a file that is read`);
  const before = m.layers.length;
  const instance = m.interpreter.construct(made, [fromJson(config as Json)], at);
  // It has no call site of its own.
  m.layers.length = before;
  const entity = instance instanceof Obj ? m.entityOf.get(instance) : instance;
  if (entity instanceof LayerValue || entity instanceof ModelValue) return entity;
  return unknownLayer(m, className, config, at, `what ${clip(className)} makes of its config is not known`);
}

function unknownLayer(m: Machine, className: string, config: LoadedRecord, at: CallPlace, why: string): LayerValue {
  const { name } = config;
  const options = new OptionRecord(new Map(typeof name === 'string' ? [['name', name]] : []), undefined);
  return new LayerValue(clip(className), options, originOf(m, at), [], undefined, why);
}
