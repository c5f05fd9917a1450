import type * as tfl from '@tensorflow/tfjs-layers';

/** What the rules need to know of a layer, read once from its own configuration. Axes are those of one example: the batch axis is left out. */
export interface LayerFacts {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** `linear` where the layer has none. */
  readonly activation: string;
  readonly channelsFirst: boolean;
}

export const factsOf = (layer: tfl.layers.Layer): LayerFacts => {
  const config = layer.getConfig() as Readonly<Record<string, unknown>>;
  const activation = config['activation'];
  return {
    className: layer.getClassName(),
    config,
    activation: typeof activation === 'string' ? activation : 'linear',
    channelsFirst: config['dataFormat'] === 'channelsFirst',
  };
};

/** An option that is a number, or a list of numbers, as a list of `count`. */
export const numbersOf = (value: unknown, count: number, otherwise: number): number[] =>
  Array.from({ length: count }, (_, k) => {
    const one: unknown = Array.isArray(value) ? (value[k] ?? value[0]) : value;
    return typeof one === 'number' ? one : otherwise;
  });

/** Pairs of numbers, as cropping and zero padding have them: `[[top, bottom], [left, right]]`. */
export const pairsOf = (value: unknown, count: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, k) => {
    const [before = 0, after = 0] = numbersOf(Array.isArray(value) ? value[k] : value, 2, 0);
    return [before, after] as const;
  });

/** An axis as TensorFlow.js counts it (batch first, negative from the end), among the axes of one example. */
export const sampleAxis = (axis: unknown, rank: number): number =>
  typeof axis !== 'number' ? rank - 1 : axis < 0 ? rank + axis : axis - 1;

/** Where the channels are, and where rows and columns, among the axes of one example. */
export const axesOf = (rank: number, channelsFirst: boolean): { readonly channel: number; readonly spatial: readonly number[] } => ({
  channel: channelsFirst ? 0 : rank - 1,
  spatial: Array.from({ length: rank - 1 }, (_, k) => (channelsFirst ? k + 1 : k)),
});
