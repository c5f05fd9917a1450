import type { Plain, PlainObject } from './plain';
import type { OptionSite } from './reading';
import type { Count, Shape } from './shape';
import type { SourceSpan, Span } from './span';

/** A call of `model.compile`, `model.fit` or `model.fitDataset`, as it was read. None of them is ever made. */
export interface TrainingCall {
  /** `path#offset` of `name`. */
  readonly id: string;
  readonly method: TrainingMethod;
  /** The method's name. */
  readonly name: Span;
  readonly call: Span;
  /** The options written out in the call, in their order. */
  readonly options: readonly OptionSite[];
  /** What the call was made with, each different answer once. */
  readonly cases: readonly TrainingCase[];
}

export type TrainingMethod = 'compile' | 'fit' | 'fitDataset';

export interface TrainingCase {
  /**
   * The options (optimizer, loss, metrics of `compile`; batchSize, epochs and the like of `fit`) as the source gives them:
   * `{"$tf": "train.adam", "args": [0.01]}` for an object that TensorFlow.js makes, `{"$tf": "losses.huberLoss"}` for one of its functions,
   * `{"$unknown": …}` where a value, or the whole, is open.
   */
  readonly given: PlainObject;
  /** Of `fit`: how many examples it is given, the part for validation included; undefined where that is not known. */
  readonly examples?: Count;
  /** The model that is trained; undefined where it is not known. */
  readonly model?: TrainedModel;
  /** The unknown condition under which this case exists. */
  readonly when?: string;
  /** The call site, in another file, under which this case exists. */
  readonly caller?: string;
}

export interface TrainedModel {
  /** `ModelRead.id`. */
  readonly id: string;
  readonly title: string;
  /** Batch first; empty where not known. */
  readonly outputShapes: readonly Shape[];
  /** The layers' regularizers, in the order of the layers. */
  readonly penalties: readonly Penalty[];
}

/** A regularizer among a layer's options. */
export interface Penalty {
  readonly layer: string;
  readonly className: string;
  /** `kernelRegularizer`. */
  readonly option: string;
  /** As the source gives it: `'l1l2'`, `{"$tf": "regularizers.l2", "args": [{"l2": 0.001}]}`. */
  readonly regularizer: Plain;
  /** How often the layer is applied in the model; TensorFlow.js adds the penalty as often. */
  readonly times: number;
  /** Where the layer was made, with its 1-based line. */
  readonly at?: SourceSpan & { readonly line: number };
}

/** A call of `tf.initializers`, `tf.regularizers` or `tf.train` that makes what layers and `compile` take. */
export interface MakerCall {
  /** The function's name. */
  readonly name: Span;
  readonly call: Span;
  /** What it is assigned to. */
  readonly variable?: Span;
  /** `initializers.heNormal`, `train.adam`. */
  readonly path: string;
  /** As the source gives them; `{"$unknown": …}` where open. */
  readonly args: readonly Plain[];
}
