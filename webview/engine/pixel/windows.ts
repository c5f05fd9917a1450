import { axesOf, numbersOf, type LayerFacts } from './options';

/** How a window moves along one axis: output index o reads the inputs `o * stride - before + k * dilation`, k from 0 to below `kernel`. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros that TensorFlow.js puts before the first input. Uneven padding has its larger half behind. */
  readonly before: number;
}

/** One element of a window on one axis. */
export interface Tap {
  /** Index in the kernel. */
  readonly kernel: number;
  /** Index in the input; undefined where the window stands on padding. */
  readonly from: number | undefined;
}

const POOLS = /^(Max|Average)Pooling([123])D$/;
const CONVOLUTIONS = /^(?:Conv([123])D|(Depthwise|Separable)Conv2D)$/;
const TRANSPOSED = /^Conv([23])DTranspose$/;

export const isPool = (facts: LayerFacts): boolean => POOLS.test(facts.className);
export const isConvolution = (facts: LayerFacts): boolean => CONVOLUTIONS.test(facts.className);
export const isTransposed = (facts: LayerFacts): boolean => TRANSPOSED.test(facts.className);

/**
 * The windows of a convolution or pooling, by spatial axis; for a transposed convolution those of the convolution that it reverses.
 * Padding 'same' as TensorFlow.js computes it: `max(0, (out - 1) * stride + extent - in)` zeros in all, half of them, rounded down, before.
 * @param inputs sizes of one example, likewise `outputs`
 */
export const windowsOf = (facts: LayerFacts, inputs: readonly number[], outputs: readonly number[]): Window[] => {
  const { config } = facts;
  const { spatial } = axesOf(inputs.length, facts.channelsFirst);
  const kernels = numbersOf(isPool(facts) ? config['poolSize'] : config['kernelSize'], spatial.length, 1);
  const strides = numbersOf(config['strides'], spatial.length, 1);
  const dilations = numbersOf(config['dilationRate'], spatial.length, 1);
  return spatial.map((axis, k) => {
    const [kernel = 1, stride = 1] = [kernels[k], strides[k]];
    const dilation = isPool(facts) || isTransposed(facts) ? 1 : (dilations[k] ?? 1);
    const [from = 1, to = 1] = isTransposed(facts) ? [outputs[axis], inputs[axis]] : [inputs[axis], outputs[axis]];
    const reach = (kernel - 1) * dilation + 1;
    const total = config['padding'] === 'same' ? Math.max(0, (to - 1) * stride + reach - from) : 0;
    return { kernel, stride, dilation, before: Math.floor(total / 2) };
  });
};

/** What output index `index` of a convolution or pooling reads on an axis of `size`. */
export const tapsOf = (window: Window, index: number, size: number): Tap[] =>
  Array.from({ length: window.kernel }, (_, kernel) => {
    const from = index * window.stride - window.before + kernel * window.dilation;
    return { kernel, from: from >= 0 && from < size ? from : undefined };
  });

/** What output index `index` of a transposed convolution reads: the inputs whose windows cover it. */
export const transposedTapsOf = (window: Window, index: number, size: number): Tap[] =>
  Array.from({ length: window.kernel }, (_, kernel) => ({ kernel, from: (index + window.before - kernel) / window.stride })).filter(
    ({ from }) => Number.isInteger(from) && from >= 0 && from < size,
  );
