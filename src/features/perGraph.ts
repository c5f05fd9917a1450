import type { ModelGraph } from '../model/graph';

/** What a function says of a graph, worked out once: graphs never change, and one is asked about from many places and at many hovers. */
export function perGraph<T>(say: (graph: ModelGraph) => T): (graph: ModelGraph) => T {
  const said = new WeakMap<ModelGraph, { readonly answer: T }>();
  return (graph) => {
    const known = said.get(graph) ?? { answer: say(graph) };
    said.set(graph, known);
    return known.answer;
  };
}
