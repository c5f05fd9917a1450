import { shapeList, showShape, type Shape, type Shapes } from '../../../src/model/shape';
import { Stop } from '../build/stop';

/**
 * The shapes that a layer class declares for inputs of known sizes. A size that the source leaves open is the input's own on the same axis; the
 * layer checks it against what comes out when it has run.
 */
export const declaredShapes = (
  className: string,
  declared: Shapes | undefined,
  inputs: readonly (readonly (number | null)[])[],
): readonly (readonly number[])[] => {
  if (declared === undefined) throw new Stop(`The output shape of ${className} is not known.`);
  return shapeList(declared).map((shape) => shape.map((size, axis) => sizeOf(className, shape, size, inputs[0]?.[axis])));
};

const sizeOf = (className: string, shape: Shape, size: Shape[number], ofInput: number | null | undefined): number => {
  if (typeof size === 'number') return size;
  if (size === null && typeof ofInput === 'number') return ofInput;
  throw new Stop(`${className} gives ${showShape(shape)}, of which ${size === null ? 'a size' : size} is not known before it runs.`);
};
