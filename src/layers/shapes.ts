import { checkShapes, LimitError } from './limits';
import type { ConcreteShape } from './spec';

/** A copy of a shape of TensorFlow.js' own, which its layers may change later. A size that it never computed is an open one. */
export const copyShape = (shape: readonly (number | null | undefined)[]): ConcreteShape => {
  // TypeScript's word for it does not hold: odd options make TensorFlow.js compute odd things, an axis of a billion a billion holes.
  if (!Array.isArray(shape)) throw new LimitError(`TensorFlow.js computes ${String(shape)} where a shape belongs.`);
  checkShapes([shape]);
  return Array.from(shape as readonly unknown[], (dim) => {
    if (dim != null && typeof dim !== 'number')
      throw new LimitError(`TensorFlow.js computes a shape with ${JSON.stringify(dim).slice(0, 60)} for a size.`);
    return dim ?? null;
  });
};

/** One shape alone, several as a list, as layers return them. */
export const oneOrList = (shapes: readonly ConcreteShape[]): ConcreteShape | readonly ConcreteShape[] => {
  const [only, ...others] = shapes;
  return only && others.length === 0 ? only : shapes;
};
