/**
 * One dimension of a shape: a number where it is known; null where TensorFlow.js leaves it open (the batch, or any size);
 * a string where the source leaves it open: the name of what decides it ("numClasses"), a formula over such names ("2*units"), or "?".
 */
export type Dim = number | null | string;

/** A tensor's shape, batch first, in TensorFlow.js' axis order (NHWC for images unless the layer says channelsFirst). */
export type Shape = readonly Dim[];

/** The shape of a layer's output: a list of shapes where the layer has several outputs. */
export type Shapes = Shape | readonly Shape[];

/** A count of parameters, MACs or values: a number, a formula over the names of unknowns, or "?". */
export type Count = number | string;

export const UNKNOWN_SIZE = '?';

/** True for a list of shapes, false for one shape. */
export const isShapeList = (shapes: Shapes): shapes is readonly Shape[] => Array.isArray(shapes[0]);

/** All shapes of an output, whether it has one or several. */
export const shapeList = (shapes: Shapes): readonly Shape[] => (isShapeList(shapes) ? shapes : [shapes]);

/** `[null, 28, 28, 6]`, as TensorFlow.js prints it in errors and summaries, with names in their places. */
export const showShape = (shape: Shape): string => `[${shape.map((dim) => (dim === null ? 'null' : String(dim))).join(', ')}]`;

/** `28×28×6`: the shape without its batch. A shape that is only a batch shows as `scalar`. */
export const showShort = (shape: Shape): string =>
  shape.length <= 1
    ? 'scalar'
    : shape
        .slice(1)
        .map((dim) => (dim === null ? 'any' : String(dim)))
        .join('×');

/** `1,234,567`, also the numbers of a formula: `85*numClasses + 60,856`. Digits of a name are no number. */
export const showCount = (count: Count): string =>
  typeof count === 'number'
    ? count.toLocaleString('en-US')
    : count.replace(/(?<![\p{L}\p{N}_$.[])\d{4,}(?![\p{L}\p{N}_$.\]])/gu, (digits) => Number(digits).toLocaleString('en-US'));
