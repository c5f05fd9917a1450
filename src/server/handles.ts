import type { GraphLayer, ModelGraph } from '../model/graph';
import type { Reading } from '../model/reading';
import type { OffsetMap } from './offsetMap';

/** Splits `path#offset`. */
export function splitId(id: string): { readonly path: string; readonly offset: number } | undefined {
  const match = /^(.*)#(\d+)/s.exec(id);
  return match ? { path: match[1] ?? '', offset: Number(match[2]) } : undefined;
}

/**
 * Names of places in one document that stay the same while it is edited. A reading names a place `path#offset`, which every edit above it
 * changes; what the panel and the extension hold on to is the name that the place had when it was first seen.
 */
export class Handles {
  #byOffset = new Map<number, string>();

  constructor(private readonly path: string) {}

  /** Takes over a new reading, whose text came of the last reading's through `edits`. */
  update(reading: Reading, edits: OffsetMap): void {
    const moved = new Map<number, string>();
    for (const [offset, handle] of this.#byOffset) {
      const now = edits.forward(offset, 'start');
      if (now !== undefined) moved.set(now, handle);
    }
    const offsets = new Set([...placesOf(reading, this.path)].sort((a, b) => a - b));
    const kept = new Set([...offsets].flatMap((offset) => moved.get(offset) ?? []));
    this.#byOffset = new Map([...offsets].map((offset) => [offset, moved.get(offset) ?? fresh(`${this.path}#${offset}`, kept)]));
  }

  /** The lasting name of a place of the last reading; the reading's own name where it holds no such place. */
  of(offset: number): string {
    return this.#byOffset.get(offset) ?? `${this.path}#${offset}`;
  }

  /** The offset, in the text of the last reading, of the place with this lasting name. */
  offsetOf(handle: string): number | undefined {
    for (const [offset, name] of this.#byOffset) if (name === handle) return offset;
    return undefined;
  }
}

/** A name that no other place has: an old place may have taken along the name that would be this one's. */
function fresh(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}~${count}`;
  taken.add(free);
  return free;
}

/** All places of one file that a reading names: sites, models, and the calls that led to layers. */
function* placesOf(reading: Reading, path: string): Generator<number> {
  for (const { id } of [...reading.sites, ...reading.models]) yield* offsetIn(id, path);
  for (const { graph } of reading.models) yield* placesOfGraph(graph, path);
}

function* placesOfGraph(graph: ModelGraph, path: string): Generator<number> {
  for (const { site, model } of graph.layers) {
    if (site) yield* offsetIn(site.id, path);
    if (model) yield* placesOfGraph(model, path);
  }
  for (const { callPath } of graph.nodes) for (const id of callPath ?? []) yield* offsetIn(id, path);
}

function* offsetIn(id: string, path: string): Generator<number> {
  const place = splitId(id);
  if (place?.path === path) yield place.offset;
}

/** The graph with every place renamed. */
export function renamed(graph: ModelGraph, rename: (id: string) => string): ModelGraph {
  const layer = (from: GraphLayer): GraphLayer => ({
    ...from,
    ...(from.site && { site: { ...from.site, id: rename(from.site.id) } }),
    ...(from.model && { model: renamed(from.model, rename) }),
  });
  return {
    ...graph,
    layers: graph.layers.map(layer),
    nodes: graph.nodes.map((node) => (node.callPath ? { ...node, callPath: node.callPath.map(rename) } : node)),
  };
}
