import type { Layout } from '../../draw/layout';
import { layoutOf } from '../../draw/layout';

export interface SheetLayout {
  readonly layout: Layout;
  /** What is to the right and what is down. */
  readonly axes: string;
}

/** A weight of a recurrent layer, whose columns are the gates' units, one gate after the other. */
const GATES: Readonly<Record<string, number>> = { LSTM: 4, LSTMCell: 4, GRU: 3, GRUCell: 3 };

const plural = (count: number, one: string): string => `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

/**
 * A weight as one picture. Two axes are a matrix, what goes in to the right and what comes out down; one axis is a strip.
 * Convolution kernels are one tile for each pair of filter and input channel, a filter's own side by side.
 */
export const sheetOf = (className: string, name: string, shape: readonly number[]): SheetLayout | undefined => {
  const short = name.slice(name.lastIndexOf('/') + 1);
  if (shape.length === 0) return undefined;
  if (shape.length === 1) return { layout: layoutOf([1, ...shape]), axes: plural(shape[0] ?? 0, 'value') };
  if (shape.length === 2) return matrix(className, short, shape);
  return tiles(shape);
};

const matrix = (className: string, short: string, [inputs = 1, outputs = 1]: readonly number[]): SheetLayout => {
  const gates = GATES[className];
  const down =
    gates === undefined || outputs % gates !== 0 ? plural(outputs, 'unit') : `${gates} gates of ${plural(outputs / gates, 'unit')} down`;
  const right =
    short === 'recurrent_kernel' ? plural(inputs, 'state') : short === 'embeddings' ? plural(inputs, 'index') : plural(inputs, 'input');
  return {
    layout: {
      kind: 'matrix',
      count: 1,
      width: inputs,
      height: outputs,
      offset: 0,
      mapStride: 0,
      rowStride: 1,
      columnStride: outputs,
      values: inputs * outputs,
      frames: 1,
    },
    axes: `${right} to the right, ${down.endsWith('down') ? down : `${down} down`}`,
  };
};

/** [..., a, b]: a tile for each a and b, b fastest. Of a 3-D kernel's frames the first is shown. */
const tiles = (shape: readonly number[]): SheetLayout => {
  const [a = 1, b = 1] = shape.slice(-2);
  const space = shape.slice(0, -2);
  const [height, width] = space.length === 1 ? [1, space[0] ?? 1] : [space.at(-2) ?? 1, space.at(-1) ?? 1];
  const count = a * b;
  const frames = space.length > 2 ? (space[0] ?? 1) : 1;
  return {
    layout: {
      kind: 'maps',
      count,
      width,
      height,
      offset: 0,
      mapStride: 1,
      rowStride: width * count,
      columnStride: count,
      values: width * height,
      frames,
    },
    axes: `${plural(count, 'tile')} of ${height}×${width}, for ${a} × ${b} channels${frames > 1 ? `, the first of ${frames} frames` : ''}`,
  };
};
