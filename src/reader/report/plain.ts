import { isRefused, type Constructed } from '../../layers/spec';
import type { Plain, PlainObject } from '../../model/plain';
import { Num } from '../values/num';
import { Unknown } from '../values/values';
import { LayerValue, ModelValue } from '../tf/entities';
import { OptionRecord, type Option } from '../tf/options';

/** A layer's options as plain data; `layer` tells how a wrapped layer is written. */
export function plainOptions(options: Option, layer: (value: LayerValue | ModelValue) => Plain): PlainObject {
  const plain = toPlain(options, layer);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as PlainObject) : {};
}

const shared = new WeakMap<Constructed, PlainObject>();

/** The options of one layer. Layers with the same ones share them: a large model's reading is that much smaller. */
export function optionsOf({ options, constructed }: LayerValue, layer: (value: LayerValue | ModelValue) => Plain): PlainObject {
  const [made] = constructed;
  if (constructed.length !== 1 || !made || isRefused(made) || !isSimple(options)) return plainOptions(options, layer);
  const known = shared.get(made) ?? plainOptions(options, layer);
  shared.set(made, known);
  return known;
}

/** True for options of which TensorFlow.js is told all that is in them. */
const isSimple = (options: Option): boolean =>
  options instanceof OptionRecord &&
  [...options.entries.values()].every((value) => isConstant(value) || (Array.isArray(value) && value.every(isConstant)));

const isConstant = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** One value of the source as plain data; layers are not expected in it. */
export const plainOption = (option: Option): Plain => toPlain(option, () => null);

function toPlain(option: Option, layer: (value: LayerValue | ModelValue) => Plain): Plain {
  if (option instanceof Num) return { $unknown: option.text, reason: 'it depends on a number that the source does not tell' };
  if (option instanceof Unknown) return { $unknown: option.name, reason: option.reason };
  if (option instanceof LayerValue || option instanceof ModelValue) return { $layer: layer(option) };
  if (Array.isArray(option)) return (option as readonly Option[]).map((item) => toPlain(item, layer));
  if (option instanceof OptionRecord) {
    const plain: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
    for (const [key, value] of option.entries) if (value !== undefined) plain[key] = toPlain(value, layer);
    return { ...plain };
  }
  if (typeof option === 'number' && !Number.isFinite(option)) return { $unknown: String(option), reason: 'it is no finite number' };
  return option === undefined ? null : (option as Plain);
}

/** A layer's configuration as TensorFlow.js reports it, over the stand-ins: what differs between them is open. */
export function mergeConfigs(
  configs: readonly { readonly [key: string]: unknown }[],
  number: (samples: readonly (number | undefined)[]) => number | string,
): PlainObject {
  const [first] = configs;
  if (!first) return {};
  const merged: Record<string, Plain> = {};
  for (const key of Object.keys(first))
    merged[key] = mergeValues(
      configs.map((config) => config[key]),
      number,
    );
  return merged;
}

function mergeValues(values: readonly unknown[], number: (samples: readonly (number | undefined)[]) => number | string): Plain {
  const [first] = values;
  if (values.length === 1 || values.every((value) => JSON.stringify(value) === JSON.stringify(first))) return (first ?? null) as Plain;
  if (values.every((value) => typeof value === 'number')) return number(values);
  if (values.every((value) => Array.isArray(value) && value.length === (first as unknown[]).length)) {
    return (first as unknown[]).map((_, i) =>
      mergeValues(
        values.map((value) => (value as unknown[])[i]),
        number,
      ),
    );
  }
  return { $unknown: '?', reason: 'it depends on a number that the source does not tell' };
}
