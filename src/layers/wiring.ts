import {
  isLayerSpec,
  isRefused,
  type Applied,
  type ConcreteShape,
  type ModelSpec,
  type Refused,
  type Replayed,
  type SpecValue,
} from './spec';

/** Models of more layers than this are left to TensorFlow.js, whose own bounds then show. */
const MOST_NODES = 2_000;

/** Layers that change the very shape that they are given, so that the tensor before them has another one from then on. */
const CHANGE_THEIR_INPUT: ReadonlySet<string> = new Set(['CenterCrop', 'CategoryEncoding']);

/** Of each node of a spec what its layer came to by itself (`applyLayer` without `builtWith`); undefined where it is not known. */
export type Known = readonly (Applied | Refused | undefined)[];

/**
 * What TensorFlow.js would say of a plain model, put together of what its layers say by themselves: every layer is applied once, none is frozen,
 * nested or of the source's own making, every one leads to an output, and no name is taken twice. undefined for any other model, and for one that
 * TensorFlow.js might refuse or warn of. Wiring real layers takes as long as all else of a reading together, and gives only names, an order and sums.
 */
export function wired(spec: ModelSpec, known: Known): Replayed | undefined {
  const outcomes = plainOutcomes(spec, known);
  if (!outcomes) return undefined;
  const names = namesOf(outcomes);
  if (new Set(names).size < names.length) return undefined;
  const ends = spec.kind === 'sequential' ? endsOfStack(outcomes) : endsOfGraph(spec, outcomes);
  if (!ends) return undefined;
  const { inputShapes, outputShapes, order } = ends;
  const totalParams = sum(outcomes.map(({ params }) => params));
  const trainableParams = sum(outcomes.map((one) => one.trainableParams));
  return {
    name: spec.name ?? (spec.kind === 'sequential' ? 'sequential_1' : 'model1'),
    totalParams,
    trainableParams,
    nonTrainableParams: totalParams - trainableParams,
    inputShapes,
    outputShapes,
    layers: outcomes.map((one, index) => ({
      name: names[index] ?? '',
      className: one.className,
      params: one.params,
      trainableParams: one.trainableParams,
    })),
    order,
    nodes: outcomes.map(({ outputShape, macs }) => ({ outputShape, ...(macs === undefined ? {} : { macs }) })),
    warnings: [],
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** By node, which is by layer as well; undefined where a layer or the model is not a plain one. */
function plainOutcomes(spec: ModelSpec, known: Known): readonly Applied[] | undefined {
  const { layers, nodes } = spec;
  if (nodes.length === 0 || nodes.length > MOST_NODES || nodes.length !== layers.length || spec.trainable !== undefined) return undefined;
  const outcomes: Applied[] = [];
  for (const [index, { layer }] of nodes.entries()) {
    const outcome = known[index];
    const entry = layers[index];
    // Layers stand in the order in which they are first applied: each once means each at its own index.
    if (layer !== index || !entry || !outcome || isRefused(outcome) || outcome.warnings.length > 0) return undefined;
    if (entry.trainable !== undefined || entry.weightsTrainable !== undefined) return undefined;
    if (CHANGE_THEIR_INPUT.has(outcome.className) || entry.layer.spec !== 'factory') return undefined;
    if (holdsLayer(entry.layer.options) || isOddlyNamed(entry.layer.options)) return undefined;
    outcomes.push(outcome);
  }
  return outcomes;
}

/** TensorFlow.js takes anything for a name; what is no text is left to it. */
function isOddlyNamed(options: SpecValue): boolean {
  if (typeof options !== 'object' || options === null || !('name' in options)) return false;
  return options['name'] !== undefined && options['name'] !== null && typeof options['name'] !== 'string';
}

/** A wrapper's inner layer and a network's cell have names that count with the others. */
function holdsLayer(value: SpecValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isLayerSpec(value)) return true;
  for (const inner of Object.values(value) as SpecValue[]) if (typeof inner === 'object' && holdsLayer(inner)) return true;
  return false;
}

/** The names that layers have or are given, each kind counted from 1. */
function namesOf(outcomes: readonly Applied[]): readonly string[] {
  const counts = new Map<string, number>();
  return outcomes.map(({ name, className }) => {
    if (name !== undefined) return name;
    const count = (counts.get(className) ?? 0) + 1;
    counts.set(className, count);
    return className === 'InputLayer' ? `input${count}` : `${snakeCase(className)}_${className}${count}`;
  });
}

const snakeCases = new Map<string, string>();

/** As TensorFlow.js writes it: `conv2d` for `Conv2D`, `batch_normalization` for `BatchNormalization`. */
function snakeCase(className: string): string {
  const known = snakeCases.get(className);
  if (known !== undefined) return known;
  const made = className
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  snakeCases.set(className, made);
  return made;
}

interface Ends {
  readonly inputShapes: readonly ConcreteShape[];
  readonly outputShapes: readonly ConcreteShape[];
  readonly order: readonly number[];
}

const isList = (shape: Applied['outputShape']): shape is readonly ConcreteShape[] => Array.isArray(shape[0]);

/** Of a Sequential whose first layer tells the input's shape. */
function endsOfStack(outcomes: readonly Applied[]): Ends | undefined {
  const [first, ...others] = outcomes;
  const last = outcomes.at(-1)?.outputShape;
  if (!first?.batchInputShape || first.className === 'InputLayer' || !last || isList(last)) return undefined;
  if (others.some(({ batchInputShape, className }) => batchInputShape !== undefined || className === 'InputLayer')) return undefined;
  if (outcomes.some(({ outputShape }) => isList(outputShape) || outputShape.some((size) => size !== null && size < 0))) return undefined;
  return { inputShapes: [first.batchInputShape], outputShapes: [last], order: outcomes.map((_, index) => index) };
}

/** Of a functional model; undefined where its inputs are not all the sources that it has, or a layer leads to none of its outputs. */
function endsOfGraph(spec: ModelSpec, outcomes: readonly Applied[]): Ends | undefined {
  const sources = new Set(spec.nodes.flatMap(({ inputs }, index) => (inputs.length === 0 ? [index] : [])));
  const given = new Set(spec.inputs.map(({ node }) => node));
  if (given.size !== spec.inputs.length || given.size !== sources.size || ![...given].every((node) => sources.has(node))) return undefined;
  for (const [index, { className, batchInputShape }] of outcomes.entries())
    if ((className === 'InputLayer') !== sources.has(index) || (className !== 'InputLayer' && batchInputShape !== undefined))
      return undefined;
  if (new Set(spec.outputs.map(({ node, index }) => `${node}/${index}`)).size !== spec.outputs.length) return undefined;
  const inputShapes = spec.inputs.map((ref) => shapeOf(outcomes, ref));
  const outputShapes = spec.outputs.map((ref) => shapeOf(outcomes, ref));
  const order = orderOf(spec);
  const isWhole = order.length === outcomes.length && inputShapes.every(isKnown) && outputShapes.every(isKnown) && outputShapes.length > 0;
  return isWhole ? { inputShapes, outputShapes, order } : undefined;
}

const isKnown = (shape: ConcreteShape | undefined): shape is ConcreteShape => shape !== undefined;

function shapeOf(outcomes: readonly Applied[], { node, index }: ModelSpec['inputs'][number]): ConcreteShape | undefined {
  const shape = outcomes[node]?.outputShape;
  if (!shape) return undefined;
  return isList(shape) ? shape[index] : index === 0 ? shape : undefined;
}

/** TensorFlow.js lists layers by their distance from the outputs, farthest first; those of one distance as a walk from the outputs meets them. */
function orderOf({ nodes, outputs }: ModelSpec): readonly number[] {
  const met = new Map<number, number>();
  const finished: number[] = [];
  const isFinished = new Set<number>();
  // Depth first, in the order of inputs, without a call for each layer of a deep net.
  const open = outputs.map(({ node }) => ({ node, isLeft: false })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, isLeft } = next;
    if (isFinished.has(node)) continue;
    if (isLeft) {
      isFinished.add(node);
      finished.push(node);
      continue;
    }
    if (!met.has(node)) met.set(node, met.size);
    open.push({ node, isLeft: true });
    const inputs = nodes[node]?.inputs ?? [];
    for (let k = inputs.length - 1; k >= 0; k--) open.push({ node: inputs[k]?.node ?? 0, isLeft: false });
  }
  const depths = new Map<number, number>();
  for (let k = finished.length - 1; k >= 0; k--) {
    const node = finished[k] ?? 0;
    const depth = depths.get(node) ?? 0;
    depths.set(node, depth);
    for (const input of nodes[node]?.inputs ?? []) depths.set(input.node, Math.max(depth + 1, depths.get(input.node) ?? 0));
  }
  const place = (of: ReadonlyMap<number, number>, node: number): number => of.get(node) ?? 0;
  return [...met.keys()].sort((a, b) => place(depths, b) - place(depths, a) || place(met, a) - place(met, b));
}
