import { constructLayer } from '../../layers/apply';
import { isRefused, type Constructed, type Refused } from '../../layers/spec';
import type { Machine } from '../machine';
import type { CallPlace } from '../values/native';
import { SAMPLES } from '../values/standIns';
import { Unknown, type Value } from '../values/values';
import { LayerValue, type CustomLayer, type Origin } from './entities';
import { dependencies, forEachAlternative, freeze, OptionRecord, whyUnknown, type Option } from './options';
import { rankOf } from './ranks';
import { reportRefusal } from './refusals';
import { specOf } from './specs';

export const originOf = (m: Machine, at: CallPlace): Origin => ({
  path: at.path,
  name: at.name ?? { start: at.start, end: at.end },
  call: { start: at.start, end: at.end },
  callPath: m.callPath,
  literals: m.assumptions.copy(),
  root: m.root,
});

/** Makes the layer of a factory's call: `tf.layers.dense({ units: 10 })`. */
export function makeLayer(m: Machine, factory: string, argument: Value, at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const options = withRank(m, factory, freeze(m, argument));
    return finishLayer(m, factory, options, at);
  });
}

/** An input shape that is not known has, where the layer takes one rank only, that many sizes of its own. */
function withRank(m: Machine, factory: string, options: Option): Option {
  const given = options instanceof OptionRecord ? options.entries.get('inputShape') : undefined;
  const rank = factory === 'flatten' ? undefined : rankOf(factory);
  if (!(given instanceof Unknown) || rank === undefined || !(options instanceof OptionRecord)) return options;
  const sizes = Array.from({ length: rank }, (_, axis) => m.numberOf(given.member(String(axis))));
  return new OptionRecord(new Map([...options.entries, ['inputShape', sizes]]), options.open);
}

export function finishLayer(m: Machine, factory: string, options: Option, at: CallPlace, custom?: CustomLayer): LayerValue {
  const layer = buildLayer(m, factory, options, at, custom);
  m.layers.push(layer);
  return layer;
}

/** A layer that is no call site's: one of a model that is loaded. */
export function buildLayer(m: Machine, factory: string, options: Option, at: CallPlace, custom?: CustomLayer): LayerValue {
  const unknown = custom ? undefined : whyUnknown(options, factory);
  const origin = originOf(m, at);
  const draft = new LayerValue(factory, options, origin, []);
  const constructed = unknown === undefined && !custom ? constructAll(draft) : [];
  const layer = new LayerValue(factory, options, origin, constructed, custom, unknown ?? refusedEverywhere(constructed), draft.specs);
  markWrapped(options, layer);
  const [only] = constructed;
  if (constructed.length === 1 && only && isRefused(only) && !only.limit) reportRefusal(m, layer.origin, only.error, []);
  return layer;
}

/** Layers among a layer's options are its own: it builds and counts them. */
function markWrapped(options: Option, wrapper: LayerValue): void {
  if (options instanceof LayerValue) options.wrapper = wrapper;
  else if (options instanceof OptionRecord) for (const inner of options.entries.values()) markWrapped(inner, wrapper);
  else if (Array.isArray(options)) for (const inner of options as readonly Option[]) markWrapped(inner, wrapper);
}

function constructAll(draft: LayerValue): readonly (Constructed | Refused)[] {
  const count = dependencies(draft.options).size > 0 ? SAMPLES : 1;
  return Array.from({ length: count }, (_, k) => constructLayer(specOf(draft, k)));
}

function refusedEverywhere(constructed: readonly (Constructed | Refused)[]): string | undefined {
  const errors = constructed.filter(isRefused);
  if (errors.length === 0 || errors.length < constructed.length) return undefined;
  if (errors[0]?.limit) return errors[0].error;
  return constructed.length === 1
    ? `TensorFlow.js refuses it: ${errors[0]?.error ?? ''}`
    : `none of the values that were tried fits: ${errors[0]?.error ?? ''}`;
}
