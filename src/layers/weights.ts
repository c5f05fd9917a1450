import { util } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkShapes, LimitError } from './limits';

/** The private parts of a layer that weights are kept in, under TensorFlow.js' own names. */
interface LayerInside {
  readonly name: string;
  readonly units?: number;
  readonly biasInitializer?: Initializer;
  readonly _addedWeightNames: string[];
  readonly _trainableWeights: unknown[];
  readonly _nonTrainableWeights: unknown[];
  addLoss(loss: () => never): void;
}

export interface Initializer {
  apply(shape: number[], dtype?: string): unknown;
  getClassName(): string;
}

const noValues = (): never => {
  throw new Error('This weight has a shape and no values.');
};

/** What stands for a LayerVariable: all that describes the weight, and no tensor. */
class WeightStub {
  readonly val = { dispose: () => undefined };
  readonly originalName: string | undefined;
  readonly name: string;

  constructor(
    readonly shape: number[],
    readonly dtype: string,
    name: string,
    public trainable: boolean,
  ) {
    // A SymbolicTensor is named through the same functions as a variable: scope, uniqueness and refusal of odd characters are the runtime's.
    const named = new tfl.SymbolicTensor(dtype as 'float32', shape, null as unknown as tfl.layers.Layer, [], {}, name);
    this.originalName = named.originalName;
    this.name = named.name;
  }

  read(): never {
    return noValues();
  }

  write(): never {
    return noValues();
  }

  dispose(): void {}
}

/** The class above all initialisers, which TensorFlow.js does not export. */
const initializerClass = (Object.getPrototypeOf(Object.getPrototypeOf(tfl.initializers.zeros())) as { constructor: new () => Initializer })
  .constructor;

/** Dimensions that no tensor can have, and shapes that an initialiser does not take, are refused as making the values would refuse them. */
const refuseShape = (layer: LayerInside, initializer: Initializer | null | undefined, shape: number[]): void => {
  // TensorFlow.js finds an initialiser by any name that it knows, an activation's too, and takes what that makes of the shape for values.
  if (initializer && !(initializer instanceof initializerClass))
    throw new LimitError('An initializer that makes no weights is not followed.');
  switch (initializer?.getClassName()) {
    case 'Identity':
      // Throws for anything but a square matrix.
      if (shape.length !== 2 || shape[0] !== shape[1]) initializer.apply(shape, 'float32');
      break;
    case 'Orthogonal':
      if (shape.length < 2) initializer.apply(shape, 'float32');
      refuseOrthogonal(shape);
      return;
    case 'CustomInit':
      // An LSTM's bias with unitForgetBias: made of pieces, the bias initialiser's among them.
      if (layer.biasInitializer && layer.units !== undefined) refuseShape(layer, layer.biasInitializer, [layer.units]);
      break;
  }
  util.assertNonNegativeIntegerDimensions(shape);
};

/** The orthogonal initialiser works on a flattened matrix: its refusal names that matrix, and it warns when that is large. */
const refuseOrthogonal = (shape: number[]): void => {
  const rows = util.sizeFromShape(shape.slice(0, -1));
  const columns = shape.at(-1) ?? NaN;
  if (rows * columns > 2000) {
    // eslint-disable-next-line no-console -- TensorFlow.js warns there; `withoutWeights` listens.
    console.warn(
      `Orthogonal initializer is being called on a matrix with more than 2000 (${rows * columns}) elements: Slowness may result.`,
    );
  }
  util.assertNonNegativeIntegerDimensions([Math.max(columns, rows), Math.min(columns, rows)]);
};

/** In place of `Layer.prototype.addWeight`: records what the weight would be and makes no values. */
export function addWeightStub(
  this: LayerInside,
  name: string,
  shape: number[],
  dtype?: string | null,
  initializer?: Initializer | null,
  regularizer?: unknown,
  trainable?: boolean | null,
): WeightStub {
  if (this._addedWeightNames.includes(name)) throw new Error(`Duplicate weight name ${name} for layer ${this.name}`);
  this._addedWeightNames.push(name);
  checkShapes([shape]);
  // A shared axis beyond the last one leaves a hole in the shape, which TensorFlow.js does not notice and cannot count.
  if (Object.keys(shape).length < shape.length) throw new LimitError('A weight whose shape leaves out dimensions is not followed.');
  // Which initialiser makes which odd type is a table of its own in TensorFlow.js; numbers are what weights are made of.
  if (dtype != null && dtype !== 'float32' && dtype !== 'int32') throw new LimitError(`Weights of type ${String(dtype)} are not followed.`);
  refuseShape(this, initializer, shape);
  const weight = new WeightStub([...shape], dtype ?? 'float32', name, trainable ?? true);
  if (regularizer != null) this.addLoss(noValues);
  (weight.trainable ? this._trainableWeights : this._nonTrainableWeights).push(weight);
  return weight;
}

/** The number of values in weights, as TensorFlow.js counts them. */
export const countValues = (weights: readonly { readonly shape: readonly (number | null)[] }[]): number =>
  weights.reduce((sum, { shape }) => sum + shape.reduce<number>((product, dim) => product * (dim ?? 0), 1), 0);
