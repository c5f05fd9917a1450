import { isRecord, MAX_DEPTH, refuse, type Json } from './json';

/** Keys that mean something in what the reader hands on, and nothing to any layer of TensorFlow.js. */
const isOurs = (key: string): boolean => key.startsWith('$') || key === 'spec' || key === '__proto__' || key === 'customObjects';

const camel = (text: string): string =>
  text.length <= 1 || !text.includes('_') ? text : text.replace(/_+(\w|$)/g, (_all, next: string) => next.toUpperCase());

/** In these lists the first item is a layer's name, which stays as it is. */
const NAMED = new Set(['inboundNodes', 'outputLayers', 'inputLayers']);

/**
 * Python's spelling as TensorFlow.js' (`kernel_size`, `channels_last`), by the rules by which it reads a topology: every text but names is
 * respelt. What it saved itself is spelt so already, or comes out the same.
 */
export function respell(value: Json, key = '', depth = 0): Json {
  if (depth > MAX_DEPTH) refuse(`it nests more than ${MAX_DEPTH} deep`);
  if (typeof value === 'string') return camel(value);
  if (Array.isArray(value)) {
    return value.map((item: Json, i) => (i === 0 && typeof item === 'string' && NAMED.has(key) ? item : respell(item, key, depth + 1)));
  }
  if (!isRecord(value)) return value;
  // Keras writes a number out of numpy in this way.
  if (value['type'] === 'ndarray' && typeof value['value'] === 'number') return value['value'];
  const entries: [string, Json][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const spelt = name === 'name' && typeof inner === 'string' ? name : camel(name);
    if (isOurs(spelt)) continue;
    entries.push([spelt, spelt === 'name' && typeof inner === 'string' ? inner : respell(inner, spelt, depth + 1)]);
  }
  return Object.fromEntries(entries);
}
