import { util } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkShapes } from './limits';

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

/** Dimensions that no tensor can have, and shapes that an initialiser does not take, are refused as making the values would refuse them. */
const refuseShape = (layer: LayerInside, initializer: Initializer | null | undefined, shape: number[]): void => {
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
  refuseShape(this, initializer, shape);
  const weight = new WeightStub([...shape], dtype ?? 'float32', name, trainable ?? true);
  if (regularizer != null) this.addLoss(noValues);
  (weight.trainable ? this._trainableWeights : this._nonTrainableWeights).push(weight);
  return weight;
}

/** The number of values in weights, as TensorFlow.js counts them. */
export const countValues = (weights: readonly { readonly shape: readonly (number | null)[] }[]): number =>
  weights.reduce((sum, { shape }) => sum + shape.reduce<number>((product, dim) => product * (dim ?? 0), 1), 0);
