/**
 * Batch normalisation's arithmetic, in float64, by Ioffe and Szegedy (2015), in TensorFlow.js' words: while training the moving
 * statistics follow as `moving = momentum * moving + (1 - momentum) * batch`, with the batch's biased variance.
 */

/** A layer's channels; one value a channel in each list. */
export interface Channels {
  /** 1 everywhere where the layer has `scale: false`. */
  readonly gamma: ArrayLike<number>;
  /** 0 everywhere where the layer has `center: false`. */
  readonly beta: ArrayLike<number>;
  readonly movingMean: ArrayLike<number>;
  readonly movingVariance: ArrayLike<number>;
  readonly batchMean: ArrayLike<number>;
  /** Biased: divided by m. */
  readonly batchVariance: ArrayLike<number>;
}

/** What one channel holds and what follows from it. */
export interface Channel {
  readonly index: number;
  readonly gamma: number;
  readonly beta: number;
  readonly movingMean: number;
  readonly movingVariance: number;
  readonly batchMean: number;
  readonly batchVariance: number;
  /** The mean and variance that the layer normalises with: the batch's in training mode, the moving ones at inference. */
  readonly mean: number;
  readonly variance: number;
  /** gamma / sqrt(variance + epsilon): what an input's difference is multiplied by. */
  readonly scale: number;
  /** How far the batch's mean is from the moving mean, in the moving standard deviations sqrt(movingVariance + epsilon). */
  readonly drift: number;
  /** How far the batch's variance is from the moving variance, as a part of the moving variance + epsilon. */
  readonly varianceDrift: number;
  /** `batchesLeft` for the larger of the two drifts. */
  readonly batches: number;
  readonly off: SwitchedOff | undefined;
}

/** Why a channel's output says nothing about its input. */
export type SwitchedOff = 'gamma' | 'input' | 'output';

/** Below this a gamma passes nothing on. */
const TINY_GAMMA = 1e-3;
/** An output whose standard deviation is below this is constant; other channels' are about gamma. */
const CONSTANT = 1e-5;
/** A drift below this is none: 1 % of a standard deviation. */
export const SETTLED = 0.01;

/**
 * How many more batches like this one the moving average needs: the smallest n with momentum^n * |drift| below 1 %. 0 where the
 * drift is below it now, infinite where the momentum lets the average never follow.
 */
export const batchesLeft = (drift: number, momentum: number): number => {
  const size = Math.abs(drift);
  if (size < SETTLED) return 0;
  if (!(Math.abs(momentum) < 1) || !Number.isFinite(size)) return Infinity;
  if (momentum === 0) return 1;
  const left = (count: number): number => Math.abs(momentum) ** count * size;
  let count = Math.max(1, Math.ceil(Math.log(SETTLED / size) / Math.log(Math.abs(momentum))));
  // Logarithms round: the answer may be one beside.
  while (count > 1 && left(count - 1) < SETTLED) count--;
  while (left(count) >= SETTLED) count++;
  return count;
};

export interface Setting {
  readonly epsilon: number;
  readonly momentum: number;
  readonly training: boolean;
  /** The lecture's identity: gamma = sqrt(variance + epsilon), beta = mean. */
  readonly identity: boolean;
}

/** A channel's figures; with `identity`, gamma and beta are those that make the layer hand its input on. */
export const channelOf = (channels: Channels, index: number, { epsilon, momentum, training, identity }: Setting): Channel => {
  const at = (list: ArrayLike<number>): number => list[index] ?? Number.NaN;
  const [movingMean, movingVariance] = [at(channels.movingMean), at(channels.movingVariance)];
  const [batchMean, batchVariance] = [at(channels.batchMean), at(channels.batchVariance)];
  const mean = training ? batchMean : movingMean;
  const variance = training ? batchVariance : movingVariance;
  const gamma = identity ? Math.sqrt(variance + epsilon) : at(channels.gamma);
  const beta = identity ? mean : at(channels.beta);
  const scale = gamma / Math.sqrt(variance + epsilon);
  const drift = (batchMean - movingMean) / Math.sqrt(movingVariance + epsilon);
  const varianceDrift = (batchVariance - movingVariance) / (movingVariance + epsilon);
  return {
    index,
    ...{ gamma, beta, movingMean, movingVariance, batchMean, batchVariance, mean, variance, scale, drift, varianceDrift },
    batches: Math.max(batchesLeft(drift, momentum), batchesLeft(varianceDrift, momentum)),
    off: offReason(gamma, scale, batchMean, batchVariance),
  };
};

const offReason = (gamma: number, scale: number, batchMean: number, batchVariance: number): SwitchedOff | undefined => {
  if (Math.abs(gamma) < TINY_GAMMA) return 'gamma';
  const spread = Math.sqrt(Math.max(0, batchVariance));
  if (spread <= 1e-6 * Math.abs(batchMean)) return 'input';
  return Math.abs(scale) * spread < CONSTANT ? 'output' : undefined;
};

/** All channels of a layer, in their order. */
export const channelsOf = (channels: Channels, setting: Setting): Channel[] =>
  Array.from({ length: channels.movingMean.length }, (_, index) => channelOf(channels, index, setting));

/** A value on its way through the algorithm's last two lines. */
export const normalised = (x: number, channel: Channel, epsilon: number): { readonly xhat: number; readonly y: number } => {
  const xhat = (x - channel.mean) / Math.sqrt(channel.variance + epsilon);
  return { xhat, y: channel.gamma * xhat + channel.beta };
};
