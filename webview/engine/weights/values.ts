import { planOf, type Declared } from './initializers';
import { orthogonal } from './orthogonal';
import { streamOf } from './random';

/** Values that are made before others get a turn. */
const STEP = 1 << 20;

export interface WeightName {
  readonly seed: number;
  /** Names of the models around the layer and of the layer: `encoder/conv1`. */
  readonly path: string;
  /** `0:kernel`: the weight's place among its layer's weights, and its name. */
  readonly weight: string;
}

/**
 * Fresh values of one weight, with the distribution that its initializer declares; undefined where TensorFlow.js must be asked,
 * because the initializer is not of its public list. A seed that the source gives to an initializer is not used: TensorFlow.js'
 * generators are not counter-based, and equal numbers on every backend count for more here.
 * @param pause is awaited now and then; it may throw to stop
 */
export const freshValues = async (
  name: WeightName,
  initializer: Declared,
  shape: readonly number[],
  pause: () => Promise<void>,
): Promise<Float32Array<ArrayBuffer> | undefined> => {
  const plan = planOf(initializer, shape);
  const size = shape.reduce((total, dim) => total * dim, 1);
  const stream = streamOf(name.seed, name.path, name.weight);
  switch (plan.kind) {
    case 'ask':
      return undefined;
    case 'constant':
      return new Float32Array(size).fill(plan.value);
    case 'identity':
      return identity(shape, plan.gain);
    case 'orthogonal':
      return orthogonal(shape, plan.gain, stream);
    case 'random': {
      const values = new Float32Array(size);
      for (let from = 0; from < size; from += STEP) {
        const to = Math.min(size, from + STEP);
        for (let k = from; k < to; k++) values[k] = plan.distribution(stream.at(k));
        await pause();
      }
      return values;
    }
  }
};

const identity = (shape: readonly number[], gain: number): Float32Array<ArrayBuffer> => {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || rows !== columns) throw new Error('Identity matrix initializer can only be used for 2D square matrices.');
  const values = new Float32Array(rows * rows);
  for (let k = 0; k < rows; k++) values[k * rows + k] = gain;
  return values;
};
