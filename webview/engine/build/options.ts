import * as tfl from '@tensorflow/tfjs-layers';
import type { GraphLayer } from '../../../src/model/graph';
import { isUnknownPlain, type Plain, type PlainObject } from '../../../src/model/plain';
import { Stop } from './stop';

/** What a call in an option may be: `{"$tf": "initializers.heNormal", "args": […]}`. */
const namespaces: Readonly<Record<string, object>> = {
  initializers: tfl.initializers,
  regularizers: tfl.regularizers,
  constraints: tfl.constraints,
};

/**
 * Options that are not handed on: `weights` are tensors, which the source may have but a graph has not;
 * `name` is the graph's; a single run from the zero state is the same for a stateful layer as for any other, and frees its states.
 */
const LEFT_OUT = new Set(['weights', 'name', 'stateful', '__proto__']);

/** An option's value as TensorFlow.js takes it: a deep copy, because layers keep and change what they are given. */
export const optionValue = (value: Plain, makeLayer: (layer: GraphLayer) => unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Plain[]).map((inner) => optionValue(inner, makeLayer));
  if (isUnknownPlain(value)) throw new Stop(`${value.$unknown} is unknown: ${value.reason}`);
  const object = value as PlainObject;
  // Only the reader writes these markers, so the shape behind them is known.
  if (Object.hasOwn(object, '$layer')) return makeLayer(object['$layer'] as unknown as GraphLayer);
  if (typeof object['$tf'] === 'string') return callOf(object['$tf'], object['args'], makeLayer);
  const entries = Object.entries(object).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, inner]) => [key, optionValue(inner, makeLayer)]));
};

/** The options of a layer, without what is left out at the top. */
export const layerOptions = (options: PlainObject, makeLayer: (layer: GraphLayer) => unknown): Record<string, unknown> => {
  const kept = Object.fromEntries(Object.entries(options).filter(([key]) => !LEFT_OUT.has(key)));
  return optionValue(kept, makeLayer) as Record<string, unknown>;
};

const callOf = (path: string, args: Plain | undefined, makeLayer: (layer: GraphLayer) => unknown): unknown => {
  const [space = '', name = '', ...rest] = path.split('.');
  const namespace = Object.hasOwn(namespaces, space) ? namespaces[space] : undefined;
  const make = namespace && Object.hasOwn(namespace, name) ? (namespace as Record<string, unknown>)[name] : undefined;
  if (typeof make !== 'function' || rest.length > 0) throw new Stop(`tf.${path} is not a function of TensorFlow.js`);
  const list = Array.isArray(args) ? (args as readonly Plain[]) : [];
  return (make as (...list: unknown[]) => unknown)(...list.map((inner) => optionValue(inner, makeLayer)));
};
