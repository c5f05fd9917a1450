import type { OpenedWeights } from '../../../src/protocol/panelRequests';
import type { GivenPart } from './program';

/** Loading weights from a file into the model that was built. */
export type WeightsRequests = {
  /**
   * Gives layers the weights of a file where they fit, all at once when all were read; the others keep theirs. Tells `filling` meanwhile.
   * Rejects with a sentence where the file is not what it should be, or was aborted: then nothing has changed.
   */
  readonly loadWeights: { readonly takes: OpenedWeights; readonly gives: WeightsReport };
  /** How much of the model's weights has its values from a file, as it is now. */
  readonly givenWeights: { readonly takes: Record<string, never>; readonly gives: GivenPart };
};

/** What became of a weights file, layer by layer. */
export interface WeightsReport {
  /** `model.json`. */
  readonly file: string;
  /** The source's layers that have weights, in the model's order. */
  readonly layers: readonly LayerFit[];
  /** Weights of the file that no layer wanted; the first of them. */
  readonly extra: readonly ExtraWeight[];
  /** How many there are. */
  readonly extras: number;
  /** Parameters that have their values from the file now. */
  readonly parameters: number;
}

export interface LayerFit {
  /** `StepInfo.key`. */
  readonly key: string;
  /** Names of the models around the layer and of the layer: `encoder/conv1`. */
  readonly layer: string;
  /** `taken`: it has its weights from the file. `differs`: the file has them in other sizes. `missing`: the file has none for it. */
  readonly outcome: 'taken' | 'differs' | 'missing';
  /** How its weights were found: under the layer's name, or by the order and the shapes of layers. */
  readonly by: 'name' | 'order' | undefined;
  /** What the layer is called in the file. */
  readonly inFile: string | undefined;
  readonly weights: readonly WeightFit[];
}

export interface WeightFit {
  /** `kernel`. */
  readonly name: string;
  readonly inSource: readonly number[];
  /** undefined where the file has none for it. */
  readonly inFile: readonly number[] | undefined;
  /** Types, where they differ: "int32 in the file, float32 in the source". */
  readonly types?: string;
  /** Values that are NaN or infinite, of what was taken. */
  readonly strange: number;
}

export interface ExtraWeight {
  readonly name: string;
  readonly shape: readonly number[];
}
