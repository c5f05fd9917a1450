import type { Program } from '../../build/program';
import type { WeightSlot } from '../../build/slots';
import type { Manifest } from './manifest';
import type { FileWeight } from './weight';

/** A layer of the source that has weights. */
export interface SourceLayer {
  readonly key: string;
  /** `encoder/conv1`. */
  readonly path: string;
  readonly name: string;
  readonly slots: readonly WeightSlot[];
}

/** The weights of a file that belong to one layer. */
export interface FileLayer {
  /** What comes before the names of weights: `encoder/conv1`. */
  readonly path: string;
  readonly name: string;
  readonly weights: readonly FileWeight[];
}

export const sourceLayers = (program: Program): readonly SourceLayer[] =>
  program.steps.flatMap(({ key, path, layer, slots }) =>
    slots.length === 0 ? [] : [{ key, path: [...path, layer.name].join('/'), name: layer.name, slots }],
  );

/**
 * A file's weights by layer, in the saved model's order. A weight is called after its layer and whatever is inside of that
 * (`lstm/lstm_cell/kernel`), so the layer is the first part of the name that is one.
 * @param others names of the source's layers, for files that do not say what their layers are called
 */
export const fileLayers = ({ layers, groups }: Manifest, others: readonly string[]): readonly FileLayer[] => {
  const known = new Set(layers.length > 0 ? layers : others);
  const found = new Map<string, { readonly name: string; readonly weights: FileWeight[] }>();
  for (const weight of groups.flatMap((group) => group.weights)) {
    if (weight.optimizer) continue;
    const { path, name } = layerOf(weight.name, known);
    const layer = found.get(path) ?? { name, weights: [] };
    found.set(path, layer);
    layer.weights.push(weight);
  }
  const order = new Map(layers.map((name, k) => [name, k]));
  // Sorting keeps what is equal in its order.
  return [...found]
    .map(([path, layer]) => ({ path, ...layer }))
    .sort((a, b) => (order.get(a.name) ?? order.size) - (order.get(b.name) ?? order.size));
};

const layerOf = (weight: string, known: ReadonlySet<string>): { readonly path: string; readonly name: string } => {
  const parts = weight.split('/').slice(0, -1);
  for (let from = 0; from < parts.length; from++) {
    for (let to = parts.length; to > from; to--) {
      const name = parts.slice(from, to).join('/');
      if (known.has(name)) return { path: parts.slice(0, to).join('/'), name };
    }
  }
  const [name = weight] = parts;
  return { path: name, name };
};
