import type { Channels } from '../batchNorm/formulas';
import type { Distribution } from '../histograms/distribution';

/** What a BatchNormalization layer holds and does, over the batch of the last run. Nothing here changes the layer. */
export type BatchNormRequests = {
  /** Weights and batch statistics of all channels. */
  readonly batchNorm: { readonly takes: { readonly key: string }; readonly gives: BatchNormReport };
  /** One channel's values before and after the layer. */
  readonly batchNormChannel: { readonly takes: BatchNormChannelJob; readonly gives: BatchNormChannel };
  /** How far the layer's output would be from its input with gamma = sqrt(variance + epsilon) and beta = mean. */
  readonly batchNormIdentity: { readonly takes: { readonly key: string }; readonly gives: BatchNormIdentity };
};

export interface BatchNormReport {
  readonly key: string;
  /** True where the run normalised with the batch's own statistics. */
  readonly training: boolean;
  /** Values a channel that the batch statistics are over: N*H*W after a convolution. */
  readonly m: number;
  /** The sizes whose product is m, batch first. */
  readonly over: readonly number[];
  readonly epsilon: number;
  readonly momentum: number;
  /** False where the layer has no gamma (`scale: false`). */
  readonly scale: boolean;
  /** False where the layer has no beta (`center: false`). */
  readonly center: boolean;
  readonly channels: Channels;
}

export interface BatchNormChannelJob {
  readonly key: string;
  readonly channel: number;
  /** True for the output that the layer would have with the identity setting. */
  readonly identity: boolean;
}

export interface BatchNormChannel extends BatchNormChannelJob {
  readonly before: Distribution;
  readonly after: Distribution;
  /** The channel's largest input, and what became of it; undefined where no input is finite. */
  readonly sample: BatchNormSample | undefined;
}

export interface BatchNormSample {
  readonly x: number;
  readonly y: number;
  /** Its place in the layer's input, 0-based, in the tensor's own axis order, the channel included. */
  readonly at: readonly number[];
}

export interface BatchNormIdentity {
  /** Largest |output - input| over all values. */
  readonly difference: number;
  /** Largest |input|, to hold the difference against. */
  readonly largest: number;
  readonly values: number;
}
