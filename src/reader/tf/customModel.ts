import type { Machine } from '../machine';
import type { Obj } from '../state/heap';
import type { CallPlace } from '../values/native';
import type { Value } from '../values/values';
import { ModelValue } from './entities';
import { makeFunctional } from './functional';
import { makeSequential } from './sequential';

/** The model behind a new instance of a class that extends `tf.Sequential` or `tf.LayersModel`. */
export function makeCustomModel(m: Machine, instance: Obj, base: string, at: CallPlace): Value {
  const config = instance.properties.get('%config');
  const model = base === 'Sequential' ? makeSequential(m, config, at, instance) : makeFunctional(m, config, at, instance);
  if (model instanceof ModelValue) m.entityOf.set(instance, model);
  return instance;
}
