import type { Distribution } from '../histograms/distribution';

/** How the values of one layer are spread. Both are read only when they are asked for, a few megabytes at a time. */
export type HistogramRequests = {
  /** The layer's outputs over the whole batch of the last run; an output that was not kept is computed again. */
  readonly outputHistograms: { readonly takes: { readonly key: string }; readonly gives: readonly NamedDistribution[] };
  /** The layer's weights, in its own order; none for a layer without. */
  readonly weightHistograms: { readonly takes: { readonly key: string }; readonly gives: readonly NamedDistribution[] };
};

export interface NamedDistribution {
  /** `output`, `output 2`, `kernel`, `moving_variance`. */
  readonly name: string;
  /** Batch first for outputs; TensorFlow.js' own order for weights. */
  readonly shape: readonly number[];
  readonly distribution: Distribution;
}
