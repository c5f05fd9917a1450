import type { Machine } from '../machine';
import { Obj } from '../state/heap';
import { Native } from '../values/native';
import { Unknown, type Value } from '../values/values';

/** What `super.name(…)` does in a class that extends TensorFlow.js' Layer. */
export function callNamespaceMethod(m: Machine, name: string): Value {
  switch (name) {
    case 'build':
    case 'setFastWeightInitDuringBuild':
      return new Native(name, () => undefined);
    case 'computeOutputShape':
      return new Native(name, (_self, [shape]) => shape);
    case 'invokeCallHook':
      return new Native(name, () => undefined);
    case 'call':
      return new Native(name, (_self, [inputs]) => inputs);
    case 'getConfig':
      return new Native(name, (self) => baseConfig(self));
    case 'apply':
      return new Native(name, (self, args, at) => {
        const entity = self instanceof Obj ? m.entityOf.get(self) : self;
        return m.interpreter.applyEntity(entity, args[0], at);
      });
    default:
      return new Native(name, () => new Unknown(m.freshKey('super'), `super.${name}(…)`, 'its value is computed when the program runs'));
  }
}

function baseConfig(self: Value): Obj {
  const config = new Obj();
  if (self instanceof Obj && self.properties.has('name')) config.properties.set('name', self.properties.get('name'));
  return config;
}
