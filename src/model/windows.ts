import type { PlainObject } from './plain';
import type { Dim, Shape } from './shape';
import { numbersOf, textOf } from './config';

/** A window that slides along one axis: a kernel's or a pool's rows. Sizes in elements. */
export interface Window {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: 'valid' | 'same';
}

/** What a window leaves of an axis. `before` and `after` are the zeros put on; `unread` counts the elements at the end that no window reaches. */
export interface Slide {
  readonly out: number;
  readonly before: number;
  readonly after: number;
  readonly unread: number;
  /** The window's extent, gaps of dilation included. */
  readonly extent: number;
}

/** As TensorFlow.js computes it; undefined where the window is larger than what it slides over. */
export function slide({ size, kernel, stride, dilation, padding }: Window): Slide | undefined {
  const extent = (kernel - 1) * dilation + 1;
  if (![size, kernel, stride, dilation].every((value) => Number.isInteger(value) && value > 0)) return undefined;
  const zeros = padding === 'same' ? Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size) : 0;
  const span = size + zeros - extent;
  if (span < 0) return undefined;
  // The odd zero goes behind.
  const before = Math.floor(zeros / 2);
  return { out: Math.floor(span / stride) + 1, before, after: zeros - before, unread: span % stride, extent };
}

/** `(227 + 0 - 11)/4 + 1 = 55`, rounded down where it must be: `⌊(227 + 0 - 11)/5⌋ + 1 = 44`. */
export function showSlide({ size, stride }: Window, { out, before, after, unread, extent }: Slide): string {
  const zeros = before !== after ? `${before} + ${after}` : before > 0 ? `2*${before}` : '0';
  const span = `(${size} + ${zeros} - ${extent})/${stride}`;
  return `${unread > 0 ? `⌊${span}⌋` : span} + 1 = ${out}`;
}

/** The layers whose output size follows from a sliding window, and how many axes it has. */
const SLIDING: Readonly<Record<string, { readonly axes: number; readonly kernel: 'kernelSize' | 'poolSize'; readonly dilates: boolean }>> =
  {
    Conv1D: { axes: 1, kernel: 'kernelSize', dilates: true },
    Conv2D: { axes: 2, kernel: 'kernelSize', dilates: true },
    Conv3D: { axes: 3, kernel: 'kernelSize', dilates: true },
    SeparableConv2D: { axes: 2, kernel: 'kernelSize', dilates: true },
    // Its dilationRate is ignored by TensorFlow.js when it computes the shape.
    DepthwiseConv2D: { axes: 2, kernel: 'kernelSize', dilates: false },
    MaxPooling1D: { axes: 1, kernel: 'poolSize', dilates: false },
    AveragePooling1D: { axes: 1, kernel: 'poolSize', dilates: false },
    MaxPooling2D: { axes: 2, kernel: 'poolSize', dilates: false },
    AveragePooling2D: { axes: 2, kernel: 'poolSize', dilates: false },
    MaxPooling3D: { axes: 3, kernel: 'poolSize', dilates: false },
    AveragePooling3D: { axes: 3, kernel: 'poolSize', dilates: false },
  };

export const AXIS_NAMES: Readonly<Record<number, readonly string[]>> = { 1: ['step'], 2: ['row', 'column'], 3: ['plane', 'row', 'column'] };

/** The windows of a layer, one an axis (rows before columns); undefined where the layer has none or something about them is not known. */
export function windowsOf(className: string, config: PlainObject, input: Shape): readonly Window[] | undefined {
  const kind = Object.hasOwn(SLIDING, className) ? SLIDING[className] : undefined;
  if (!kind) return undefined;
  const kernel = numbersOf(config, kind.kernel, kind.axes);
  const strides = numbersOf(config, 'strides', kind.axes) ?? (kind.kernel === 'poolSize' ? kernel : undefined);
  const dilation = (kind.dilates && numbersOf(config, 'dilationRate', kind.axes)) || Array<number>(kind.axes).fill(1);
  const padding = textOf(config, 'padding');
  const sizes = spatial(input, kind.axes, config);
  if (!kernel || !strides || !sizes || (padding !== 'valid' && padding !== 'same')) return undefined;
  const windows = sizes.map((size, axis) => ({
    size: typeof size === 'number' ? size : NaN,
    kernel: kernel[axis] ?? NaN,
    stride: strides[axis] ?? NaN,
    dilation: dilation[axis] ?? NaN,
    padding: padding as 'valid' | 'same',
  }));
  return windows.every(({ size }) => !Number.isNaN(size)) ? windows : undefined;
}

/** The dimensions between batch and channels. */
export function spatial(shape: Shape, axes: number, config: PlainObject): readonly Dim[] | undefined {
  if (shape.length !== axes + 2) return undefined;
  return channelsFirst(config) ? shape.slice(2) : shape.slice(1, -1);
}

export const channels = (shape: Shape, config: PlainObject): Dim | undefined => (channelsFirst(config) ? shape[1] : shape.at(-1));

const channelsFirst = (config: PlainObject): boolean => textOf(config, 'dataFormat') === 'channelsFirst';
