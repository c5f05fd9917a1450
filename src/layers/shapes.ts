import { checkShapes } from './limits';
import type { ConcreteShape } from './spec';

/** A copy of a shape of TensorFlow.js' own, which its layers may change later. A size that it never computed is an open one. */
export const copyShape = (shape: readonly (number | null | undefined)[]): ConcreteShape => {
  // An axis of a billion makes a shape of a billion holes.
  checkShapes([shape as ConcreteShape]);
  return Array.from(shape, (dim) => dim ?? null);
};

/** One shape alone, several as a list, as layers return them. */
export const oneOrList = (shapes: readonly ConcreteShape[]): ConcreteShape | readonly ConcreteShape[] => {
  const [only, ...others] = shapes;
  return only && others.length === 0 ? only : shapes;
};
