import * as tfl from '@tensorflow/tfjs-layers';
import { customLayer } from './custom';
import { renumber } from './ids';
import { makeModel } from './model';
import { isLayerSpec, type FactorySpec, type LayerSpec, type SpecValue } from './spec';

type Factory = (options?: unknown) => unknown;

const NAMESPACES: Readonly<Record<string, object>> = {
  initializers: tfl.initializers,
  regularizers: tfl.regularizers,
  constraints: tfl.constraints,
};

/** An own function of a namespace, and nothing that it inherits: `constructor` and `__proto__` are no factories. */
const ownFunction = (namespace: object, name: string): Factory | undefined => {
  const found: unknown = Object.hasOwn(namespace, name) ? (namespace as Record<string, unknown>)[name] : undefined;
  return typeof found === 'function' ? (found as Factory) : undefined;
};

/** A fresh layer for a spec; throws what TensorFlow.js throws. Call it inside `withoutWeights` only. */
export const makeLayer = (spec: LayerSpec): tfl.layers.Layer => renumber(make(spec));

const make = (spec: LayerSpec): tfl.layers.Layer => {
  switch (spec.spec) {
    case 'factory':
      return makeByFactory(spec);
    case 'custom':
      return customLayer(spec, makeValue(spec.options));
    case 'model':
      return makeModel(spec.model, makeLayer).model;
  }
};

const makeByFactory = ({ factory, options }: FactorySpec): tfl.layers.Layer => {
  const argument = options === undefined ? [] : [makeValue(options)];
  if (factory === 'input') return (tfl.input(...(argument as [never])) as tfl.SymbolicTensor).sourceLayer;
  const call = ownFunction(tfl.layers, factory);
  if (!call) throw new TypeError(`tf.layers.${factory} is not a function`);
  const made = call(...argument);
  // `tf.layers` also holds classes, which make no layer when they are called.
  if (!(made instanceof tfl.layers.Layer)) throw new TypeError(`tf.layers.${factory}(...) does not make a layer`);
  return made;
};

/** An option's value as TensorFlow.js takes it: a deep copy, since layers keep and change what they are given. */
export const makeValue = (value: SpecValue): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly SpecValue[]).map(makeValue);
  if (isLayerSpec(value)) return makeLayer(value);
  const plain = value as { readonly [key: string]: SpecValue };
  if (typeof plain['$tf'] === 'string') return callNamespace(plain['$tf'], plain['args']);
  // `weights` holds tensors, of which a spec knows nothing; everything else is copied key by key.
  const entries = Object.entries(plain).filter(([key]) => key !== '__proto__' && key !== 'weights');
  return Object.fromEntries(entries.map(([key, inner]) => [key, makeValue(inner)]));
};

/** `{"$tf": "initializers.heNormal", "args": […]}`: the call that the source made, made again. */
const callNamespace = (path: string, args: SpecValue): unknown => {
  const [space = '', name = '', ...rest] = path.split('.');
  const namespace = Object.hasOwn(NAMESPACES, space) ? NAMESPACES[space] : undefined;
  const call = namespace && rest.length === 0 ? ownFunction(namespace, name) : undefined;
  if (!call) throw new TypeError(`tf.${path} is not a function`);
  return call(...(((Array.isArray(args) ? args.map(makeValue) : []) as unknown[]).slice(0, 1) as [unknown?]));
};
