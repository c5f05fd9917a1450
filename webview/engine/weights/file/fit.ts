import type { WeightSlot } from '../../build/slots';
import type { FileLayer, SourceLayer } from './layers';
import type { FileWeight } from './weight';

/** What stands in a file for each weight of a layer; undefined where nothing does. */
export type Assignment = readonly { readonly slot: WeightSlot; readonly weight: FileWeight | undefined }[];

/** Weights of a layer by their names where these tell them apart, else in their order. */
export const assign = (source: SourceLayer, file: FileLayer): Assignment => {
  const byName = new Map(file.weights.map((weight) => [leaf(weight.name), weight]));
  const names = new Set(source.slots.map((slot) => slot.name));
  const tellsApart = byName.size === file.weights.length && names.size === source.slots.length;
  const named = tellsApart && source.slots.some((slot) => byName.has(slot.name));
  return source.slots.map((slot, k) => ({ slot, weight: named ? byName.get(slot.name) : file.weights[k] }));
};

const leaf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, k) => size === b[k]);

/** True where every weight of the layer is in the file with its shape and type, and no other. */
export const fits = (source: SourceLayer, file: FileLayer): boolean =>
  source.slots.length === file.weights.length &&
  assign(source, file).every(
    ({ slot, weight }) => weight !== undefined && weight.dtype === slot.dtype && sameShape(slot.shape, weight.shape),
  );
