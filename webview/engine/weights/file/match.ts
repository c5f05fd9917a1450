import { fits } from './fit';
import type { FileLayer, SourceLayer } from './layers';

export interface Match {
  readonly source: SourceLayer;
  /** undefined where the file has nothing for the layer. */
  readonly file: FileLayer | undefined;
  readonly by: 'name' | 'order' | undefined;
}

/**
 * Finds for each layer of the source its weights in a file. Names count where every layer is found by one. Where they do not, and all
 * layers fit one another in their order, that counts: names that TensorFlow.js gives (`dense_Dense3`) tell only how many came before.
 * Otherwise named layers are taken as named, and what is left is aligned in its order, as many as fit.
 */
export const matchLayers = (sources: readonly SourceLayer[], files: readonly FileLayer[]): readonly Match[] => {
  const named = byName(sources, files);
  if (sources.every((source) => named.has(source))) return sources.map((source) => matched(source, named.get(source), 'name'));
  if (sources.length === files.length && sources.every((source, k) => isFit(source, files[k]))) {
    return sources.map((source, k) => matched(source, files[k], 'order'));
  }
  // A given name that does not fit says nothing; one that a person wrote says that the layer has changed.
  const sure = new Map([...named].filter(([source, file]) => !isGiven(source.name) || fits(source, file)));
  const taken = new Set(sure.values());
  const aligned = align(
    sources.filter((source) => !sure.has(source)),
    files.filter((file) => !taken.has(file)),
  );
  const used = new Set(aligned.values());
  return sources.map((source) => {
    const file = sure.get(source);
    if (file) return matched(source, file, 'name');
    const inOrder = aligned.get(source);
    if (inOrder) return matched(source, inOrder, 'order');
    const left = named.get(source);
    return left && !used.has(left) ? matched(source, left, 'name') : { source, file: undefined, by: undefined };
  });
};

const matched = (source: SourceLayer, file: FileLayer | undefined, by: 'name' | 'order'): Match => ({ source, file, by });

const isFit = (source: SourceLayer, file: FileLayer | undefined): boolean => file !== undefined && fits(source, file);

/** `conv2d_Conv2D1`, as TensorFlow.js names layers that the source does not. */
const isGiven = (name: string): boolean => /_[A-Z]\w*\d+$/.test(name);

/** By the whole path first, then by the layer's own name where only one layer on either side has it. */
const byName = (sources: readonly SourceLayer[], files: readonly FileLayer[]): Map<SourceLayer, FileLayer> => {
  const paths = new Map(files.map((file) => [file.path, file]));
  const names = unique(files);
  const ours = unique(sources);
  const found = new Map<SourceLayer, FileLayer>();
  const taken = new Set<FileLayer>();
  const take = (source: SourceLayer, file: FileLayer | undefined): void => {
    if (!file || taken.has(file) || found.has(source)) return;
    found.set(source, file);
    taken.add(file);
  };
  for (const source of sources) take(source, paths.get(source.path));
  for (const source of sources) if (ours.has(source.name)) take(source, names.get(source.name));
  return found;
};

/** By name, without those whose name another has as well. */
const unique = <T extends { readonly name: string }>(layers: readonly T[]): ReadonlyMap<string, T> => {
  const found = new Map<string, T>();
  const twice = new Set<string>();
  for (const layer of layers) {
    if (found.has(layer.name)) twice.add(layer.name);
    found.set(layer.name, layer);
  }
  for (const name of twice) found.delete(name);
  return found;
};

/** The longest list of pairs that fit, in the order of both sides. */
const align = (sources: readonly SourceLayer[], files: readonly FileLayer[]): Map<SourceLayer, FileLayer> => {
  const width = files.length + 1;
  // best[i * width + j]: most pairs of sources from i and files from j.
  const best = new Uint32Array((sources.length + 1) * width);
  const fit = (i: number, j: number): boolean => {
    const source = sources[i];
    return source !== undefined && isFit(source, files[j]);
  };
  const most = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = sources.length - 1; i >= 0; i--) {
    for (let j = files.length - 1; j >= 0; j--) {
      best[i * width + j] = fit(i, j) ? most(i + 1, j + 1) + 1 : Math.max(most(i + 1, j), most(i, j + 1));
    }
  }
  return follow(sources, files, most, fit);
};

const follow = (
  sources: readonly SourceLayer[],
  files: readonly FileLayer[],
  most: (i: number, j: number) => number,
  fit: (i: number, j: number) => boolean,
): Map<SourceLayer, FileLayer> => {
  const pairs = new Map<SourceLayer, FileLayer>();
  let [i, j] = [0, 0];
  while (i < sources.length && j < files.length) {
    const [source, file] = [sources[i], files[j]];
    if (source && file && fit(i, j)) {
      pairs.set(source, file);
      [i, j] = [i + 1, j + 1];
    } else if (most(i + 1, j) >= most(i, j + 1)) i++;
    else j++;
  }
  return pairs;
};
