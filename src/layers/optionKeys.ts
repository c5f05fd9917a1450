import * as tfl from '@tensorflow/tfjs-layers';
import { isFactory, optionsEnough } from './factories';
import { makeValue } from './make';
import { withoutWeights } from './weightless';

const known = new Map<string, ReadonlySet<string> | undefined>();

/**
 * The options that TensorFlow.js looks at when a factory of `tf.layers` makes a layer, found by watching it do so; whatever else it is given it
 * ignores without a word. undefined for what is not a factory, and for factories that copy whatever they are given.
 */
export const optionKeysOf = (factory: string): ReadonlySet<string> | undefined => {
  if (!isFactory(factory)) return undefined;
  if (!known.has(factory)) known.set(factory, watch(factory));
  return known.get(factory);
};

/** Some options are looked at only where others are given, or are not. */
const OCCASIONS: readonly { readonly [key: string]: unknown }[] = [
  {},
  { inputShape: undefined, shape: [1] },
  { inputShape: [1], shape: undefined, batchShape: [null, 1], activation: undefined },
];

const watch = (factory: string): ReadonlySet<string> | undefined => {
  const keys = new Set<string>();
  let [made, copied] = [false, false];
  for (const occasion of OCCASIONS) {
    const outcome = withoutWeights(() => {
      const options = { ...(makeValue(optionsEnough(factory)) as object), ...occasion };
      const watched = new Proxy<Record<string, unknown>>(options, {
        get: (target, key) => {
          if (typeof key === 'string') keys.add(key);
          return Reflect.get(target, key);
        },
        ownKeys: (target) => {
          copied = true;
          return Reflect.ownKeys(target);
        },
      });
      return (tfl.layers as unknown as Record<string, (options: object) => unknown>)[factory]?.(watched);
    });
    made ||= 'value' in outcome;
  }
  return made && !copied ? keys : undefined;
};

/** The option that was most likely meant by a name that is none: `strides` for `stride`, `kernelSize` for `kernel_size`; undefined where none is near. */
export const nearestKey = (written: string, keys: ReadonlySet<string>): string | undefined => {
  const name = plainName(written);
  const near = [...keys].map((key) => ({ key, distance: distance(name, plainName(key)) })).sort((a, b) => a.distance - b.distance);
  const [best, second] = near;
  // Two that are equally near are a guess.
  if (!best || best.distance > Math.floor(name.length / 4) || best.distance === second?.distance) return undefined;
  return best.key;
};

const plainName = (key: string): string => key.toLowerCase().replace(/[_-]/g, '');

/** Letters to insert, delete or replace. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, otherLetter] of [...other].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === otherLetter ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}
