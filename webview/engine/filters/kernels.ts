import type { Layout } from '../../draw/layout';

/** How a filter is drawn. `channel`: its part for one input channel. `norm`: L2 over its inputs. `whole`: all its values side by side. */
export type FilterView = 'color' | 'channel' | 'norm' | 'whole';

export interface FilterChoice {
  readonly view: FilterView;
  /** The input channel that `channel` shows, 0-based. */
  readonly channel: number;
}

/** A layer's kernel as filters, one for each of its output channels. */
export interface Kernel {
  /** The weight's name. */
  readonly weight: string;
  /** In TensorFlow.js' own axis order. */
  readonly shape: readonly number[];
  /** Filters, as many as output channels. */
  readonly count: number;
  /** Input channels that one filter reads. */
  readonly inputs: number;
  /** Frames of a filter for volumes; 1 for all others. */
  readonly frames: number;
  /** Of all its frames together. */
  readonly height: number;
  readonly width: number;
  /** From one filter, input channel, row and column to the next, in values. */
  readonly strides: { readonly filter: number; readonly input: number; readonly row: number; readonly column: number };
  /** Axes that an L2 norm is taken over. */
  readonly normAxes: readonly number[];
}

/** A weight as a layer declares it. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The kernel that makes a layer's maps; undefined where its maps have no filter of their own. */
export const kernelOf = (className: string, weights: readonly Weight[]): Kernel | undefined => {
  const weight = weights.find(({ name }) => /(^|\/)(depthwise_)?kernel$/.test(name));
  if (!weight) return undefined;
  const { name, shape } = weight;
  const [a = 1, b = 1, c = 1, d = 1, e = 1] = shape;
  const base = { weight: name, shape, frames: 1 };
  switch (className) {
    case 'Conv1D':
      return { ...base, count: c, inputs: b, height: 1, width: a, strides: { filter: 1, input: c, row: 0, column: b * c }, normAxes: [1] };
    case 'Conv2D':
      return { ...base, count: d, inputs: c, height: a, width: b, strides: rows(b, c * d, 1, d), normAxes: [2] };
    case 'Conv2DTranspose':
      // Its kernel is [height, width, outputs, inputs].
      return { ...base, count: c, inputs: d, height: a, width: b, strides: rows(b, c * d, d, 1), normAxes: [3] };
    case 'DepthwiseConv2D':
      return { ...base, count: c * d, inputs: 1, height: a, width: b, strides: rows(b, c * d, 1, 0), normAxes: [] };
    case 'Conv3D':
      // Its frames lie one below the other, as their rows follow one another.
      return { ...base, count: e, inputs: d, frames: a, height: a * b, width: c, strides: rows(c, d * e, 1, e), normAxes: [3] };
    case 'Conv3DTranspose':
      return { ...base, count: d, inputs: e, frames: a, height: a * b, width: c, strides: rows(c, d * e, e, 1), normAxes: [4] };
    default:
      return undefined;
  }
};

const rows = (width: number, column: number, filter: number, input: number): Kernel['strides'] => ({
  filter,
  input,
  row: width * column,
  column,
});

/** Largest vector that is drawn as one small picture a filter. */
const MOST_WHOLE = 1024;

/** The ways in which a kernel's filters can be drawn, the one that shows most first. */
export const viewsOf = (kernel: Kernel): readonly FilterView[] => {
  const { inputs, height, width, shape } = kernel;
  if (inputs === 1) return ['whole'];
  if (height === 1 && inputs * width <= MOST_WHOLE) return ['whole', 'norm', 'channel'];
  return inputs === 3 && shape.length >= 4 ? ['color', 'norm', 'channel'] : ['norm', 'channel'];
};

/** The choice as this kernel can be drawn. */
export const choiceFor = (kernel: Kernel, { view, channel }: FilterChoice): FilterChoice => {
  const views = viewsOf(kernel);
  const chosen = views.includes(view) ? view : (views[0] ?? 'norm');
  return { view: chosen, channel: Math.min(kernel.inputs - 1, Math.max(0, channel)) };
};

/** Where a kernel's values fall in the pictures of its filters. For `norm` the tensor is [height, width, filters] (or [width, filters], or with frames first). */
export const filterLayout = (kernel: Kernel, { view, channel }: FilterChoice): Layout => {
  const { count, width, height, inputs, strides } = kernel;
  const layout = {
    kind: 'maps' as const,
    count,
    width,
    height,
    offset: 0,
    mapStride: strides.filter,
    rowStride: strides.row,
    columnStride: strides.column,
    values: width * height,
    frames: 1,
  };
  if (view === 'norm') return { ...layout, mapStride: 1, rowStride: width * count, columnStride: count };
  if (view === 'color') return { ...layout, colorStride: strides.input };
  if (view === 'channel' || inputs === 1) return { ...layout, offset: channel * strides.input };
  if (width === 1) return foldedInputs(kernel, layout);
  // Positions to the right, input channels down.
  return { ...layout, height: inputs, rowStride: strides.input, values: width * inputs };
};

/** A 1×1 filter is a vector over its inputs: folded to a picture that is about as high as wide. */
const foldedInputs = ({ inputs, strides }: Kernel, layout: Layout): Layout => {
  const width = Math.ceil(Math.sqrt(inputs));
  return {
    ...layout,
    width,
    height: Math.ceil(inputs / width),
    rowStride: width * strides.input,
    columnStride: strides.input,
    values: inputs,
  };
};
