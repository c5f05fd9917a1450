import * as tfl from '@tensorflow/tfjs-layers';
import type { GraphLayer, GraphNode, ModelGraph, TensorRef } from '../../../src/model/graph';
import { showShape } from '../../../src/model/shape';
import { concreteInput, inputShapeOf, usualSizes, type OpenSizes } from './inputs';
import { applyLayer, makeLayer } from './layers';
import { argumentsWithin, givesMask, noArguments, putMask, type CallArguments } from './masks';
import type { Feed, Program, Step, Value, ValueId } from './program';
import { withSlots, type WeightSlot } from './slots';
import { reasonOf, Stop } from './stop';

/** A value while the program is built: its tensor is symbolic, so shapes are TensorFlow.js' own and nothing is allocated. */
interface Flow {
  readonly id: ValueId;
  readonly symbolic: tfl.SymbolicTensor;
  readonly masked: boolean;
}

/** Outputs of a node; undefined where it cannot run. */
type Outputs = readonly Flow[] | undefined;

/** Layers of one model that were made already: a shared layer, or a nested model that is applied again, keeps its weights. */
interface Scope {
  readonly names: readonly string[];
  readonly key: string;
  readonly made: Map<GraphLayer, Made>;
  readonly call: CallArguments;
}

interface Made {
  readonly layer: tfl.layers.Layer;
  readonly slots: readonly WeightSlot[];
}

/** Builds a graph's layers and unfolds it into steps. Allocates no weights. Never throws for what a graph holds: reasons stand at the steps. */
export const compile = (graph: ModelGraph, sizes: OpenSizes = usualSizes): Program => new Compiler(sizes).compile(graph);

class Compiler {
  private readonly steps: Step[] = [];
  private readonly values: { shape: readonly number[]; readers: number }[] = [];
  private readonly feeds: Feed[] = [];
  private readonly slots: WeightSlot[] = [];
  private readonly nested = new Map<GraphLayer, Map<GraphLayer, Made>>();

  constructor(private readonly sizes: OpenSizes) {}

  compile(graph: ModelGraph): Program {
    const outputs = this.model(graph, { names: [], key: '', made: new Map(), call: noArguments() }, undefined);
    const ids = outputs.flatMap((flow) => (flow ? [flow.id] : []));
    const { steps, values, slots } = this;
    return { steps, values: values as readonly Value[], feeds: this.feeds.map((feed) => this.withReaders(feed)), outputs: ids, slots };
  }

  /** @param given what a nested model is applied to; undefined for the outermost, which is fed */
  private model(graph: ModelGraph, scope: Scope, given: readonly (Flow | undefined)[] | undefined): (Flow | undefined)[] {
    const done: Outputs[] = [];
    graph.nodes.forEach((node, index) => {
      const layer = graph.layers[node.layer];
      done.push(layer && this.node(graph, layer, node, index, done, scope, given));
    });
    const last: readonly TensorRef[] = graph.outputs.length > 0 ? graph.outputs : [{ node: graph.nodes.length - 1, index: 0 }];
    return last.map((ref) => done[ref.node]?.[ref.index]);
  }

  private node(
    graph: ModelGraph,
    layer: GraphLayer,
    node: GraphNode,
    index: number,
    done: readonly Outputs[],
    scope: Scope,
    given: readonly (Flow | undefined)[] | undefined,
  ): Outputs {
    const key = `${scope.key}${layer.name}@${index}`;
    const isInput = layer.className === 'InputLayer' || layer.factory === 'input' || layer.factory === 'inputLayer';
    if (isInput) return given ? this.bound(graph, index, given) : this.feed(key, scope, layer, node);
    const inputs =
      node.inputs.length > 0
        ? node.inputs.map((ref) => done[ref.node]?.[ref.index])
        : isCutOff(graph, index)
          ? [undefined]
          : this.implicitInputs(key, scope, layer, node, given);
    // TensorFlow.js takes the layers of a Sequential's first model for the Sequential's own.
    const isOwn = graph.kind === 'sequential' && graph.nodes.slice(0, index).every(({ inputs: before }) => before.length === 0);
    if (layer.model) return this.nestedModel(layer, layer.model, key, scope, inputs, isOwn);
    return this.step(key, scope, layer, node, inputs);
  }

  /** An input of a nested model is whatever the model is applied to. */
  private bound(graph: ModelGraph, index: number, given: readonly (Flow | undefined)[]): Outputs {
    const position = graph.inputs.findIndex((ref) => ref.node === index);
    const flow = given[Math.max(0, position)];
    return flow && [{ ...flow, masked: false }];
  }

  /** A Sequential's first layer may state its input shape itself. */
  private implicitInputs(
    key: string,
    scope: Scope,
    layer: GraphLayer,
    node: GraphNode,
    given: readonly (Flow | undefined)[] | undefined,
  ): readonly (Flow | undefined)[] {
    if (given) return given.map((flow) => flow && { ...flow, masked: false });
    const outputs = this.feed(
      `${key}:input`,
      scope,
      { ...layer, name: `${layer.name}_input`, className: 'InputLayer', site: undefined, params: 0 },
      {
        ...node,
        outputShape: undefined,
      },
    );
    return outputs ?? [undefined];
  }

  private feed(key: string, scope: Scope, layer: GraphLayer, node: GraphNode): Outputs {
    try {
      const { shape, open } = concreteInput(inputShapeOf(layer, node), layer.name, this.sizes);
      const symbolic = tfl.input({ batchShape: [...shape] });
      const [flow] = this.flows([symbolic], false);
      if (!flow) throw new Stop('the input has no shape');
      this.feeds.push({ value: flow.id, name: layer.name, shape, open, channelsFirst: false, indicesBelow: undefined });
      this.steps.push({ ...this.blank(key, scope, layer, node), outputs: [flow.id] });
      return [flow];
    } catch (error) {
      this.steps.push({ ...this.blank(key, scope, layer, node), stop: reasonOf(error) });
      return undefined;
    }
  }

  /** @param isOwn where masks come and go as if its layers were those of the model around it */
  private nestedModel(
    layer: GraphLayer,
    graph: ModelGraph,
    key: string,
    scope: Scope,
    inputs: readonly (Flow | undefined)[],
    isOwn: boolean,
  ): Outputs {
    const made = this.nested.get(layer) ?? new Map<GraphLayer, Made>();
    this.nested.set(layer, made);
    putMask(
      scope.call,
      inputs.filter((flow) => flow !== undefined),
    );
    const call = isOwn ? scope.call : argumentsWithin(scope.call);
    const outputs = this.model(graph, { names: [...scope.names, layer.name], key: `${key}/`, made, call }, inputs);
    // A model supports no masks.
    return outputs.every((flow) => flow !== undefined) ? outputs.map((flow) => ({ ...flow, masked: isOwn && flow.masked })) : undefined;
  }

  private step(key: string, scope: Scope, layer: GraphLayer, node: GraphNode, inputs: readonly (Flow | undefined)[]): Outputs {
    const blank = this.blank(key, scope, layer, node);
    const known = inputs.filter((flow) => flow !== undefined);
    const reads = known.map((flow) => flow.id);
    const shared = scope.made.has(layer);
    if (known.length < inputs.length || known.length === 0) {
      this.steps.push({ ...blank, inputs: reads, unreached: layer.stop === undefined, stop: layer.stop });
      return undefined;
    }
    try {
      const { made, outputs } = this.apply(scope, layer, node, known);
      const flows = this.flows(outputs, givesMask(made.layer, known));
      for (const id of reads) this.read(id);
      putMask(scope.call, known);
      const masks = { masked: known.map(({ masked }) => masked), maskFrom: scope.call.mask };
      const own = shared ? [] : made.slots;
      const ids = flows.map((flow) => flow.id);
      this.steps.push({ ...blank, runs: made.layer, inputs: reads, ...masks, outputs: ids, slots: own, shared });
      return flows;
    } catch (error) {
      this.steps.push({ ...blank, inputs: reads, stop: reasonOf(error) });
      return undefined;
    }
  }

  private apply(
    scope: Scope,
    layer: GraphLayer,
    node: GraphNode,
    inputs: readonly Flow[],
  ): { made: Made; outputs: readonly tfl.SymbolicTensor[] } {
    const path = [...scope.names, layer.name].join('/');
    const before = scope.made.get(layer);
    const slots: WeightSlot[] = before ? [...before.slots] : [];
    const made = before ?? { layer: makeLayer(layer), slots };
    const symbolic = inputs.map((flow) => flow.symbolic);
    const outputs = withSlots(path, slots, () => applyLayer(made.layer, node, symbolic));
    if (!before) {
      scope.made.set(layer, made);
      this.slots.push(...slots);
    }
    return { made, outputs };
  }

  /** @param masked whether a mask comes with all of them */
  private flows(outputs: readonly tfl.SymbolicTensor[], masked: boolean): Flow[] {
    return outputs.map((symbolic) => {
      const shape = symbolic.shape.map((size) => {
        if (typeof size !== 'number' || !(size >= 0))
          throw new Stop(`its output shape ${showShape(symbolic.shape)} is not known before it runs`);
        return size;
      });
      this.values.push({ shape, readers: 0 });
      return { id: this.values.length - 1, symbolic, masked };
    });
  }

  private read(id: ValueId): void {
    const value = this.values[id];
    if (value) value.readers++;
  }

  private blank(key: string, scope: Scope, layer: GraphLayer, node: GraphNode): Step {
    const none = {
      runs: undefined,
      inputs: [],
      masked: [],
      maskFrom: undefined,
      outputs: [],
      slots: [],
      shared: false,
      stop: undefined,
      unreached: false,
    };
    return { key, path: scope.names, layer, node, ...none };
  }

  /** What only the layers that read an input tell of it. */
  private withReaders(feed: Feed): Feed {
    const readers = this.steps.filter((step) => step.inputs.includes(feed.value) && step.runs);
    const channelsFirst = readers.some((step) => step.runs?.getConfig()['dataFormat'] === 'channelsFirst');
    const size = readers.find((step) => step.runs?.getClassName() === 'Embedding')?.runs?.getConfig()['inputDim'];
    return { ...feed, channelsFirst, indicesBelow: typeof size === 'number' ? size : undefined };
  }
}

/** A layer that is not the first and has no input: one before it is not known, which is the graph's own reason to stop. */
const isCutOff = (graph: ModelGraph, index: number): boolean => index > 0 && graph.stop !== undefined;
