import { isFactory } from '../../layers/factories';
import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import type { CallPlace } from '../values/native';
import { Namespace, PromiseValue, Unknown, clip, type Value } from '../values/values';
import { makeFunctional } from './functional';
import { makeLayer } from './makeLayer';
import { makeSequential } from './sequential';
import { applyEntity } from './apply';
import { LayerValue } from './entities';
import { ioHandler, loadModel, modelFromJson } from './loaded/load';
import { noteMaker } from './makers';
import { registerClass } from './loaded/registered';
import { callTensorFunction } from './tensors/functions';

/** Namespaces whose functions make objects that layers take as options. */
const MAKERS = new Set(['initializers', 'regularizers', 'constraints']);

/** A call of something in TensorFlow.js' namespace. */
export function callNamespace(m: Machine, callee: Namespace, args: readonly Value[], at: CallPlace): Value {
  const path = callee.path[0] === 'tf' ? callee.path.slice(1) : callee.path;
  const [first = '', second] = path;
  if (first === 'default') return callNamespace(m, new Namespace(['tf', ...path.slice(1)]), args, at);
  if (first === 'layers' && second !== undefined) return callLayers(m, second, args, at);
  if (second === undefined) {
    if (first === 'sequential') return makeSequential(m, args[0], at);
    if (first === 'model') return makeFunctional(m, args[0], at);
    if (first === 'input' || first === 'Input') return makeInput(m, args[0], at);
    if (first === 'tidy') return tidy(m, args, at);
    if (first === 'keep') return args[0];
    if (first === 'dispose') return undefined;
    if (first === 'loadLayersModel' || first === 'loadModel') return new PromiseValue(loadModel(m, first, args[0], at));
    if (first === 'loadGraphModel') return new PromiseValue(notRead(m, path, args, 'a graph model, which has no layers'));
  }
  if (first === 'models' && second === 'modelFromJSON') return new PromiseValue(modelFromJson(m, args[0], at));
  if (first === 'serialization' && second === 'registerClass') return registerClass(m, args[0], at);
  if (first === 'io' && second !== undefined) {
    const handler = ioHandler(m, second, args[0]);
    if (handler) return handler;
  }
  if (second !== undefined && (MAKERS.has(first) || first === 'train')) {
    noteMaker(m, path, args, at);
    return first === 'train' ? optimizerCall(m, path, args) : makerCall(path, args);
  }
  const tensors = callTensorFunction(m, path.join('.'), args, at);
  if (tensors) return tensors.value;
  return notRead(m, path, args, 'its value is computed when the program runs');
}

function callLayers(m: Machine, name: string, args: readonly Value[], at: CallPlace): Value {
  if (name === 'input' || name === 'Input') return makeInput(m, args[0], at);
  if (isFactory(name)) return makeLayer(m, name, args[0], at);
  return new Unknown(m.freshKey('layers'), `tf.layers.${clip(name)}`, `TensorFlow.js has no tf.layers.${clip(name)}`);
}

/** `tf.input({ shape })` makes a layer and applies it to nothing. */
function makeInput(m: Machine, argument: Value, at: CallPlace): Value {
  return m.each(makeLayer(m, 'input', argument, at), (layer) =>
    layer instanceof LayerValue ? applyEntity(m, layer, new Arr([]), at) : layer,
  );
}

function tidy(m: Machine, args: readonly Value[], at: CallPlace): Value {
  const body = typeof args[0] === 'string' ? args[1] : args[0];
  return m.interpreter.call(body, undefined, [], at);
}

/** `tf.initializers.heNormal({ seed: 1 })` as an option: `{ "$tf": "initializers.heNormal", "args": […] }`. */
function makerCall(path: readonly string[], args: readonly Value[]): Obj {
  const made = new Obj();
  made.properties.set('$tf', path.join('.'));
  made.properties.set('args', new Arr(args));
  return made;
}

/** `tf.train.adam(0.001)`: told by its call; what it holds and computes is known only when the program runs. */
function optimizerCall(m: Machine, path: readonly string[], args: readonly Value[]): Obj {
  const made = makerCall(path, args);
  made.open = notRead(m, path, args, 'its value is computed when the program runs');
  return made;
}

function notRead(m: Machine, path: readonly string[], args: readonly Value[], why: string): Unknown {
  const name = `tf.${path.map(clip).join('.')}`;
  const shown = typeof args[0] === 'string' ? `${name}('${clip(args[0])}')` : `${name}(…)`;
  return new Unknown(m.freshKey('tf'), clip(shown), why);
}

/** `new tf.Sequential(…)` and the like. */
export function newNamespace(m: Machine, callee: Namespace, args: readonly Value[], at: CallPlace): Value {
  const name = callee.path.at(-1);
  if (name === 'Sequential') return makeSequential(m, args[0], at);
  if (name === 'LayersModel' || name === 'Model') return makeFunctional(m, args[0], at);
  return notRead(m, callee.path.slice(1), args, 'its value is computed when the program runs');
}
