import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Declared } from '../weights/initializers';

/** An initializer of TensorFlow.js: it says what it is, and can make values itself. */
export interface Initializer extends Declared {
  apply(shape: number[], dtype?: tf.DataType): tf.Tensor;
}

/** Values that a weight was given: those of the first so many indices on each axis. */
export interface Given {
  readonly by: 'file' | 'shipped';
  readonly sizes: readonly number[];
}

/**
 * Stands where a layer keeps a weight. A layer asks for its weights when it is built; this one holds no values until they are
 * filled in, so that a model of any size can be built, and its memory be estimated, before anything is allocated.
 */
export class WeightSlot {
  readonly originalName: string;
  trainable: boolean;
  /** Which of the values were not made here; undefined where all were. */
  given: Given | undefined;
  private value: tf.Tensor | undefined;
  /** Values of another size that this weight is to be made from. */
  private source: tf.Tensor | undefined;

  constructor(
    /** Names of the models around the layer and of the layer: `encoder/conv1`. */
    readonly path: string,
    /** Its place among the weights of its layer. */
    readonly index: number,
    readonly name: string,
    readonly shape: readonly number[],
    readonly dtype: tf.DataType,
    readonly initializer: Initializer,
    trainable: boolean,
  ) {
    this.originalName = name;
    this.trainable = trainable;
  }

  get size(): number {
    return this.shape.reduce((total, dim) => total * dim, 1);
  }

  read(): tf.Tensor {
    if (!this.value) throw new Error(`The weight ${this.path}/${this.name} has no values yet.`);
    return this.value;
  }

  get isFilled(): boolean {
    return this.value !== undefined;
  }

  /** What an edited layer may go on with: the values, or those of another size that never became this weight's. */
  get held(): tf.Tensor | undefined {
    return this.value ?? this.source;
  }

  /** What `fill` is to be made from, where values of another size were inherited. */
  get toResize(): tf.Tensor | undefined {
    return this.value ? undefined : this.source;
  }

  /** Takes the values over; the caller no longer owns the tensor. */
  fill(value: tf.Tensor): void {
    this.dispose();
    this.value = tf.keep(value);
  }

  /** The same with values that were not made here. */
  give(value: tf.Tensor, by: Given['by']): void {
    this.fill(value);
    this.given = { by, sizes: this.shape };
  }

  /** A layer in training mode moves its statistics with each batch. The panel looks at a model and does not train it: they stay. */
  write(): void {}

  /** Takes what an earlier slot holds: as the values where the size is the same, else as what they are to be made from. */
  inherit(from: WeightSlot): void {
    const { held } = from;
    if (!held) return;
    this.dispose();
    if (held.shape.every((size, axis) => size === this.shape[axis])) this.value = held;
    else this.source = held;
    // What was cut off is gone, and what was added is made here.
    this.given = from.given && { ...from.given, sizes: from.given.sizes.map((size, axis) => Math.min(size, this.shape[axis] ?? 0)) };
    from.value = from.source = undefined;
  }

  dispose(): void {
    tf.dispose([this.value, this.source].filter((tensor) => tensor !== undefined));
    this.value = this.source = undefined;
  }
}

/** The parts of a layer that `addWeight` keeps its books in. */
interface Books {
  readonly name: string;
  readonly _addedWeightNames: string[];
  readonly _trainableWeights: WeightSlot[];
  readonly _nonTrainableWeights: WeightSlot[];
}

type AddWeight = (
  this: Books,
  name: string,
  shape: number[],
  dtype: tf.DataType | undefined,
  initializer: Initializer,
  regularizer: unknown,
  trainable: boolean | undefined,
) => WeightSlot;

/** Runs `work`, in which layers get slots for weights; `made` hears of each, `path` says whose it is. Synchronous only. */
export const withSlots = <T>(path: string, made: WeightSlot[], work: () => T): T => {
  const prototype = tfl.layers.Layer.prototype as unknown as { addWeight: unknown };
  const original = prototype.addWeight;
  const first = made.length;
  const addWeight: AddWeight = function (name, shape, dtype, initializer, _regularizer, trainable) {
    if (this._addedWeightNames.includes(name)) throw new Error(`Duplicate weight name ${name} for layer ${this.name}`);
    this._addedWeightNames.push(name);
    const slot = new WeightSlot(path, made.length - first, name, [...shape], dtype ?? 'float32', initializer, trainable ?? true);
    (slot.trainable ? this._trainableWeights : this._nonTrainableWeights).push(slot);
    made.push(slot);
    return slot;
  };
  prototype.addWeight = addWeight;
  try {
    return work();
  } finally {
    prototype.addWeight = original;
  }
};
