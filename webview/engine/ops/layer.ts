import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { GraphLayer, GraphNode, GraphWeight } from '../../../src/model/graph';
import type { OpList } from '../../../src/model/ops';
import { showShape } from '../../../src/model/shape';
import { optionValue } from '../build/options';
import type { Initializer } from '../build/slots';
import { Stop } from '../build/stop';
import { declaredShapes } from './declared';
import { runOps } from './run';
import { refuseOps } from './refuse';

/** What one application of the layer computes and gives. */
interface Application {
  readonly ops: OpList;
  /** Concrete, batch first, one for each output. */
  readonly shapes: readonly (readonly number[])[];
}

type Shape = readonly (number | null)[];

/**
 * A layer class of the source, run by the list of ops that its `call` was read as. None of the source's own code is in it: the weights are those
 * that the source asks for, the shapes those that it declares, and `call` calls functions of TensorFlow.js from a fixed table.
 */
export class OpsLayer extends tfl.layers.Layer {
  static readonly className = 'OpsLayer';
  private readonly applications = new Map<string, Application>();
  private readonly made = new Map<string, { read(): tf.Tensor }>();

  constructor(private readonly of: GraphLayer) {
    super({ name: of.name });
    this.supportsMasking = of.supportsMasking === true;
  }

  /** To be told before each symbolic application: what the graph knows of it. Throws a Stop where it cannot run. */
  expect(inputs: readonly Shape[], node: GraphNode | undefined): void {
    const ops = node?.ops ?? this.of.ops;
    if (!ops) throw new Stop(`What ${this.of.className} computes is not known.`);
    refuseOps(this.of.className, ops);
    this.applications.set(keyOf(inputs), { ops, shapes: declaredShapes(this.of.className, node?.outputShape, inputs) });
  }

  override build(): void {
    for (const weight of this.of.weights ?? []) this.made.set(weight.name, this.weight(weight));
    this.built = true;
  }

  override computeOutputShape(inputShape: unknown): tfl.Shape | tfl.Shape[] {
    const shapes = this.application(listOf(inputShape)).shapes.map((shape) => [...shape]);
    return shapes.length === 1 && shapes[0] ? shapes[0] : shapes;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const list = Array.isArray(inputs) ? inputs : [inputs];
    const { ops, shapes } = this.application(list.map(({ shape }) => shape));
    const weights = new Map([...this.made].map(([name, variable]) => [name, variable.read()]));
    const outputs = tf.tidy(() => runOps(ops, list, weights));
    outputs.forEach((output, k) => this.checkShape(output, shapes[k]));
    return outputs.length === 1 && outputs[0] ? outputs[0] : outputs;
  }

  private application(inputs: readonly Shape[]): Application {
    const found = this.applications.get(keyOf(inputs));
    if (!found) throw new Stop(`${this.of.className} was not read for inputs of the shapes ${inputs.map(showShape).join(', ')}.`);
    return found;
  }

  /** TensorFlow.js goes by the declared shape wherever it plans ahead, memory and weights of the layers behind included. */
  private checkShape(output: tf.Tensor, declared: readonly number[] | undefined): void {
    const same = declared?.length === output.shape.length && output.shape.every((size, axis) => size === declared[axis]);
    if (same) return;
    const given = showShape(output.shape);
    throw new Stop(`${this.of.className} declares ${declared ? showShape(declared) : 'no such output'}, but its call gives ${given}.`);
  }

  private weight({ name, shape, dtype, initializer, trainable }: GraphWeight): { read(): tf.Tensor } {
    const sizes = shape.map((size) => {
      if (typeof size !== 'number') throw new Stop(`The shape ${showShape(shape)} of the weight ${name} is not known.`);
      return size;
    });
    const made = optionValue(initializer, () => undefined);
    if (typeof (made as Partial<Initializer> | null)?.apply !== 'function')
      throw new Stop(`The initializer of the weight ${name} is not known.`);
    return this.addWeight(name, sizes, dtype as tf.DataType, made as never, undefined, trainable);
  }
}

const isList = (shape: readonly unknown[]): shape is readonly Shape[] => Array.isArray(shape[0]);

const listOf = (shape: unknown): readonly Shape[] => {
  const given = shape as readonly unknown[];
  return isList(given) ? given : [given as Shape];
};

/** The same op list serves every batch. */
const keyOf = (inputs: readonly Shape[]): string => JSON.stringify(inputs.map((shape) => shape.slice(1)));
