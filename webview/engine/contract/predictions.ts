/** What comes out of the model, as people read it. */
export type PredictionRequests = {
  /** The outputs of the last run's first example that are lists of up to 1,000 values, in the model's order. */
  readonly predictions: { readonly takes: Record<string, never>; readonly gives: readonly Prediction[] };
};

export interface Prediction {
  /** Key of the step that made it. */
  readonly key: string;
  /** The layer's name. */
  readonly name: string;
  readonly kind: PredictionKind;
  /** One value a unit, in the units' order. */
  readonly values: readonly number[];
}

/**
 * `softmax`: parts of one whole. `sigmoid`: each between 0 and 1 by itself. `values`: the last layer makes neither, so what they are
 * (logits for a loss that knows, or quantities) stands in no layer.
 */
export type PredictionKind = 'softmax' | 'sigmoid' | 'values';
