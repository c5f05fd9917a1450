import type { Step } from '../model/folding/tree';
import type { GraphLayer, GraphNode, LayerOrigin, ModelGraph } from '../model/graph';
import { shapeList, type Count, type Shapes } from '../model/shape';
import { madeIn, sameShapes, total } from './counting';
import { grouped } from './grouped';
import { perGraph } from './perGraph';

/** A layer of a model as lists show it: once in its model, however often it is applied, in the order in which the source applies them first. */
export interface ModelStep extends Step {
  readonly className: string;
  /** False where nobody gave it its name. */
  readonly isNamed: boolean;
  /** What its first application is given, all inputs in their order; undefined where one is not known. */
  readonly input: Shapes | undefined;
  /** What all its applications give; undefined where it is not known, or they differ. */
  readonly output: Shapes | undefined;
  readonly params: Count | undefined;
  readonly macs: Count | undefined;
  readonly site: LayerOrigin | undefined;
  /** Applications in its model. */
  readonly times: number;
  /** Why the layer cannot run, where that is known. */
  readonly stop: string | undefined;
}

/** The layers of a model, those of nested models in their places. The InputLayer that a Sequential adds is none of them. */
export const modelSteps = perGraph((graph): readonly ModelStep[] => stepsIn(graph, [], ''));

function stepsIn(graph: ModelGraph, path: readonly string[], prefix: string): readonly ModelStep[] {
  const applications = grouped(graph.nodes, ({ layer }) => layer);
  const seen = new Set<number>();
  return graph.nodes.flatMap(({ layer: index, callPath = [] }, node): readonly ModelStep[] => {
    const layer = graph.layers[index];
    if (!layer || seen.has(index) || isAdded(graph, layer)) return [];
    seen.add(index);
    const key = `${prefix}${layer.name}@${node}`;
    if (layer.model) return stepsIn(layer.model, [...path, layer.name], `${key}/`);
    return [{ key, path, callPath, ...figuresOf(graph, index, layer, applications.get(index) ?? []) }];
  });
}

/** A Sequential's own InputLayer has no line of its own: none, or that of its first layer. */
function isAdded(graph: ModelGraph, layer: GraphLayer): boolean {
  if (graph.kind !== 'sequential' || layer.factory !== 'inputLayer') return false;
  const { site } = layer;
  return !site || madeIn({ ...graph, layers: graph.layers.filter((other) => other !== layer) }, site.id);
}

/** @param nodes the layer's applications in the graph. */
function figuresOf(
  graph: ModelGraph,
  index: number,
  layer: GraphLayer,
  nodes: readonly GraphNode[],
): Omit<ModelStep, 'key' | 'path' | 'callPath'> {
  const [first] = nodes;
  const isSame = nodes.every(({ outputShape }) => sameShapes(outputShape, first?.outputShape));
  const output = isSame ? first?.outputShape : undefined;
  return {
    name: layer.name,
    className: layer.className,
    isNamed: !isAutomatic(layer.name, layer.className) && layer.name !== placeName(layer, index),
    input: inputOf(graph, first?.inputs ?? []),
    output,
    shape: output && shapeList(output)[0],
    params: layer.params,
    macs: total(nodes.map(({ macs }) => ({ count: macs, times: 1 }))),
    site: layer.site,
    times: nodes.length,
    stop: layer.stop,
  };
}

/** `dense_Dense1`, as TensorFlow.js names a layer without a name. */
export const isAutomatic = (name: string, className: string): boolean =>
  name.slice(name.lastIndexOf('_') + 1).replace(/\d+$/, '') === className && /_.*\d$/.test(name);

/** What a layer without a name is called in a model that TensorFlow.js has not built. */
const placeName = ({ factory }: GraphLayer, index: number): string => `${factory === 'inputLayer' ? 'input' : factory}${index + 1}`;

function inputOf({ nodes }: ModelGraph, inputs: ModelGraph['inputs']): Shapes | undefined {
  const shapes = inputs.flatMap(({ node, index }) => {
    const { outputShape } = nodes[node] ?? {};
    const shape = outputShape && shapeList(outputShape)[index];
    return shape ? [shape] : [];
  });
  const [only] = shapes;
  if (!only || shapes.length < inputs.length) return undefined;
  return shapes.length === 1 ? only : shapes;
}
