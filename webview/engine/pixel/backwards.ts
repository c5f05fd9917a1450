import type * as tfl from '@tensorflow/tfjs-layers';
import { axesOf, factsOf, numbersOf, pairsOf, sampleAxis, type LayerFacts } from './options';
import { everything, exactly, NOTHING, pulled, shifted, single, sizeOf, wholeBlock, type AxisSet, type Block, type Region } from './region';
import { unravelled } from './reshaping';
import { isConvolution, isPool, isTransposed, tapsOf, transposedTapsOf, windowsOf, type Window } from './windows';

/** What a layer reads for a block of its output, one region for each of its inputs. */
export type Backwards = (block: Block) => readonly Region[];

export interface Rule {
  readonly back: Backwards;
  /** False for layers that nothing is known about: they are taken to read everything. */
  readonly known: boolean;
}

/** Sizes of one example, of each input and of the output. */
export interface Sizes {
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  /** True where batch norm takes its mean and variance from the batch, and so from all of the channel. */
  readonly training: boolean;
}

/** The rule by which a layer's output depends on its inputs, in inference mode unless `sizes.training`. */
export const ruleOf = (layer: tfl.layers.Layer, sizes: Sizes): Rule => {
  const facts = factsOf(layer);
  if (facts.className === 'TimeDistributed') return timeDistributed(layer, sizes);
  const back = backwards(facts, sizes);
  if (!back) return { known: false, back: all(sizes) };
  // These two divide by a sum over the last axis; as a layer of its own softmax has its axis as an option.
  return { known: true, back: /softmax/i.test(facts.activation) ? (block) => back(spread(block, [block.length - 1], sizes.output)) : back };
};

const all =
  (sizes: Sizes): Backwards =>
  () =>
    sizes.inputs.map((input) => everything(input));

/** The block with all indices on some of its axes. */
const spread = (block: Block, axes: readonly number[], sizes: readonly number[]): Block => {
  const full = wholeBlock(sizes);
  return block.map((set, axis) => (axes.includes(axis) ? (full[axis] ?? set) : set));
};

const one = (back: (block: Block) => Block | undefined): Backwards => {
  return (block) => [exactly(back(block))];
};

const backwards = (facts: LayerFacts, sizes: Sizes): Backwards | undefined => {
  const { className, config } = facts;
  const [input = []] = sizes.inputs;
  const rank = input.length;
  if (isConvolution(facts) || isPool(facts) || isTransposed(facts)) return windowed(facts, input, sizes.output);
  switch (className) {
    case 'Activation':
    case 'ReLU':
    case 'LeakyReLU':
    case 'PReLU':
    case 'ELU':
    case 'ThresholdedReLU':
    case 'Dropout':
    case 'SpatialDropout1D':
    case 'GaussianNoise':
    case 'GaussianDropout':
    case 'AlphaDropout':
    case 'Rescaling':
      return one((block) => block);
    case 'Softmax':
      return one((block) => spread(block, [sampleAxis(config['axis'], rank)], input));
    case 'BatchNormalization':
      return sizes.training ? one((block) => spread(block, others(rank, sampleAxis(config['axis'], rank)), input)) : one((block) => block);
    case 'LayerNormalization':
      return one((block) => spread(block, axisList(config['axis'], rank), input));
    // A step is skipped where all of its features are the mask value.
    case 'Masking':
      return one((block) => spread(block, [rank - 1], input));
    case 'Dense':
      return one((block) => [...block.slice(0, -1), ...wholeBlock(input.slice(-1))]);
    case 'Embedding':
      return one((block) => block.slice(0, rank));
    case 'Flatten':
    case 'Reshape':
      return reshaped(facts, input, sizes.output);
    case 'Permute':
      return one((block) => permuted(block, numbersOf(config['dims'], rank, 1)));
    case 'RepeatVector':
      return one((block) => block.slice(1));
    case 'Add':
    case 'Average':
    case 'Multiply':
    case 'Maximum':
    case 'Minimum':
      return (block) => sizes.inputs.map((shape) => exactly(broadcast(block, shape)));
    case 'Concatenate':
      return concatenated(sampleAxis(config['axis'], rank), sizes);
    case 'SimpleRNN':
    case 'GRU':
    case 'LSTM':
      return config['returnSequences'] === true && sizes.inputs.length === 1 ? recurrent(facts, input) : all(sizes);
    case 'Bidirectional':
      return all(sizes);
    default:
      return spatial(facts, input);
  }
};

/** Layers that move rows and columns about, each channel for itself. */
const spatial = (facts: LayerFacts, input: readonly number[]): Backwards | undefined => {
  const { className, config } = facts;
  const axes = axesOf(input.length, facts.channelsFirst);
  const move = (by: (k: number) => number): Backwards =>
    one((block) => block.map((set, axis) => onAxis(axes.spatial, axis, set, (k) => shifted(set, by(k), input[axis] ?? 0))));
  switch (className) {
    case 'GlobalMaxPooling1D':
    case 'GlobalAveragePooling1D':
      return one(([channels = []]) => [...wholeBlock(input.slice(0, 1)), channels]);
    case 'GlobalMaxPooling2D':
    case 'GlobalAveragePooling2D':
      return one(([channels = []]) => wholeBlock(input).map((set, axis) => (axis === axes.channel ? channels : set)));
    case 'ZeroPadding2D': {
      const padding = pairsOf(config['padding'], 2);
      return move((k) => -(padding[k]?.[0] ?? 0));
    }
    case 'Cropping2D': {
      const cropping = pairsOf(config['cropping'], 2);
      return move((k) => cropping[k]?.[0] ?? 0);
    }
    case 'UpSampling2D': {
      const factors = numbersOf(config['size'], 2, 1);
      const linear = config['interpolation'] === 'bilinear';
      return one((block) =>
        block.map((set, axis) => onAxis(axes.spatial, axis, set, (k) => upsampled(set, input[axis] ?? 0, factors[k] ?? 1, linear))),
      );
    }
    default:
      return undefined;
  }
};

const onAxis = (spatialAxes: readonly number[], axis: number, set: AxisSet, change: (k: number) => AxisSet): AxisSet => {
  const k = spatialAxes.indexOf(axis);
  return k < 0 ? set : change(k);
};

/** Nearest takes one input, bilinear the two around the place `index / factor`. */
const upsampled = (set: AxisSet, size: number, factor: number, linear: boolean): AxisSet =>
  pulled(set, size, (index, add) => {
    add(Math.floor(index / factor));
    if (linear) add(Math.min(size - 1, Math.ceil(index / factor)));
  });

const windowed = (facts: LayerFacts, input: readonly number[], output: readonly number[]): Backwards => {
  const axes = axesOf(input.length, facts.channelsFirst);
  const windows = windowsOf(facts, input, output);
  const taps = isTransposed(facts) ? transposedTapsOf : tapsOf;
  const through = (set: AxisSet, window: Window, size: number): AxisSet =>
    pulled(set, size, (index, add) => {
      for (const { from } of taps(window, index, size)) if (from !== undefined) add(from);
    });
  return one((block) =>
    block.map((set, axis) => {
      const window = windows[axes.spatial.indexOf(axis)];
      const size = input[axis] ?? 0;
      return window ? through(set, window, size) : channelsRead(facts, set, size);
    }),
  );
};

/** Pools keep to their channel, depthwise convolutions to the channel that their filters belong to; the others read all channels. */
const channelsRead = (facts: LayerFacts, set: AxisSet, channels: number): AxisSet => {
  if (isPool(facts)) return set;
  if (facts.className !== 'DepthwiseConv2D') return wholeBlock([channels])[0] ?? [];
  const [multiplier = 1] = numbersOf(facts.config['depthMultiplier'], 1, 1);
  return pulled(set, channels, (index, add) => add(Math.floor(index / multiplier)));
};

const others = (rank: number, axis: number): number[] => Array.from({ length: rank }, (_, k) => k).filter((k) => k !== axis);

const axisList = (value: unknown, rank: number): number[] =>
  Array.isArray(value) ? value.map((axis) => sampleAxis(axis, rank)) : [sampleAxis(value, rank)];

/** @param dims for each output axis the input's, counted from 1 */
const permuted = (block: Block, dims: readonly number[]): Block => {
  const result: AxisSet[] = [];
  dims.forEach((from, to) => (result[from - 1] = block[to] ?? []));
  return result;
};

const reshaped = (facts: LayerFacts, input: readonly number[], output: readonly number[]): Backwards => {
  if (facts.className !== 'Flatten' || !facts.channelsFirst || input.length < 2) return (block) => [unravelled(block, output, input)];
  // With channels first, Flatten brings the channels to the end before it flattens.
  const [channels = 1, ...rest] = input;
  const last = (set: Block): Block => [set[set.length - 1] ?? [], ...set.slice(0, -1)];
  return (block) => {
    const region = unravelled(block, output, [...rest, channels]);
    return [{ ...region, blocks: region.blocks.map(last) }];
  };
};

/** Axes are matched from the last one on; an axis of one element is used for every index. */
const broadcast = (block: Block, input: readonly number[]): Block =>
  input.map((size, axis) => {
    const set = block[block.length - input.length + axis] ?? [];
    return size === 1 ? single(0) : set;
  });

const concatenated =
  (axis: number, { inputs }: Sizes): Backwards =>
  (block) => {
    let before = 0;
    return inputs.map((shape) => {
      const size = shape[axis] ?? 0;
      const set = shifted(block[axis] ?? [], -before, size);
      before += size;
      return sizeOf(set) === 0 ? NOTHING : exactly(block.map((other, k) => (k === axis ? set : other)));
    });
  };

/** Step t has seen all steps up to t, or from t on where the layer goes backwards. */
const recurrent = (facts: LayerFacts, input: readonly number[]): Backwards => {
  const [steps = 0, ...features] = input;
  return one(([times = []]) => {
    const last = times[times.length - 1]?.end ?? 0;
    // Going backwards, the layer's first output belongs to the input's last step.
    const seen = facts.config['goBackwards'] === true ? { start: Math.max(0, steps - last), end: steps } : { start: 0, end: last };
    return [[seen], ...wholeBlock(features)];
  });
};

/** The wrapped layer works on each step by itself. */
const timeDistributed = (layer: tfl.layers.Layer, sizes: Sizes): Rule => {
  const { layer: wrapped } = layer as tfl.layers.Layer & { readonly layer: tfl.layers.Layer };
  const inner = ruleOf(wrapped, { ...sizes, inputs: sizes.inputs.map((input) => input.slice(1)), output: sizes.output.slice(1) });
  return {
    known: inner.known,
    back: ([times = [], ...rest]) =>
      inner.back(rest).map((region) => ({ ...region, blocks: region.blocks.map((block) => [times, ...block]) })),
  };
};
