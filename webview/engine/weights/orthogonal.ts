import { inverseNormal } from './distributions';
import type { Stream } from './random';

/**
 * A matrix with orthonormal columns (rows, where it is wider than high), as tfjs-layers makes it: the Q of a normal random matrix,
 * with the signs that make R's diagonal positive. Modified Gram-Schmidt in double precision gives just that Q.
 * @param shape the last dimension is the columns, all others are rows
 */
export const orthogonal = (shape: readonly number[], gain: number, stream: Stream): Float32Array<ArrayBuffer> => {
  const columns = shape[shape.length - 1] ?? 1;
  const rows = shape.slice(0, -1).reduce((total, dim) => total * dim, 1);
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
  const vectors = Array.from({ length: short }, (_, v) =>
    Float64Array.from({ length: long }, (__, k) => inverseNormal(stream.at(k * short + v))),
  );
  orthonormalize(vectors);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = rows >= columns ? vectors[column]?.[row] : vectors[row]?.[column];
      values[row * columns + column] = gain * (value ?? 0);
    }
  }
  return values;
};

const orthonormalize = (vectors: readonly Float64Array[]): void => {
  vectors.forEach((vector, done) => {
    for (const earlier of vectors.slice(0, done)) {
      const along = dot(vector, earlier);
      for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] ?? 0) - along * (earlier[k] ?? 0);
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] ?? 0) / length;
  });
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
};
