import type { GraphLayer } from '../../../src/model/graph';

/** Parts of a layer that say where it stands in the source, not what it computes. */
const PLACES: ReadonlySet<string> = new Set(['site', 'callPath', 'at', 'line']);

/**
 * What a layer computes, as a text: its class, options and ops, wrapped layers included. Two layers of one signature that have the
 * same weights give the same outputs for the same inputs. Names and places in the source are left out: they shift with any edit.
 */
export const signatureOf = (layer: GraphLayer): string => {
  const known = signatures.get(layer);
  if (known !== undefined) return known;
  const text = JSON.stringify(bare(layer), (key, value: unknown) => {
    if (PLACES.has(key)) return undefined;
    return key === '$layer' ? bare(value as GraphLayer) : value;
  });
  signatures.set(layer, text);
  return text;
};

/** Graphs are plain data that nobody changes, so a layer's text is made once. */
const signatures = new WeakMap<GraphLayer, string>();

const bare = ({ className, factory, options, ops, model, stop, supportsMasking }: GraphLayer): object => ({
  className,
  factory,
  options: Object.fromEntries(Object.entries(options).filter(([key]) => key !== 'name')),
  ops,
  supportsMasking,
  stop,
  model: model && { nodes: model.nodes.map(({ layer, inputs }) => ({ layer, inputs })), layers: model.layers.map(signatureOf) },
});
