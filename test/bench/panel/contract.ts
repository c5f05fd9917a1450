import type { ModelGraph } from '../../../src/model/graph';
import type { BackendName } from '../../../src/protocol/panel';

/** Milliseconds of rounds in which two sides took turns. */
export interface Rounds {
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

/**
 * What is drawn of a run. `nothing`: every layer is kept. `panel`: what a panel shows whose list is all in sight: the first maps of every layer,
 * small, and up to 64 tiles of the selected one. `maps`: up to 64 maps of every layer, one pixel a value, each on a scale of its own.
 */
export type Drawn = 'nothing' | 'panel' | 'maps';

/** The peer: a worker with nothing but TensorFlow.js. */
export interface PeerContract {
  readonly requests: {
    /** @param wasm address of the folder with the wasm files, a slash at its end */
    readonly start: { readonly takes: { readonly backend: BackendName; readonly wasm: string }; readonly gives: null };
    /** Makes the values of a model's weights, by the names that ours have, so that building it takes only what TensorFlow.js takes. */
    readonly prepare: { readonly takes: { readonly graph: ModelGraph; readonly seed: number }; readonly gives: null };
    /** Builds the model anew, instead of the one before. */
    readonly build: { readonly takes: { readonly graph: ModelGraph }; readonly gives: null };
    /** One `model.predict`; nothing is fetched. */
    readonly predict: { readonly takes: { readonly values: Float32Array }; readonly gives: null };
    /** The same, and the output is fetched. */
    readonly output: { readonly takes: { readonly values: Float32Array }; readonly gives: readonly number[] };
    /** Makes a model for each layer, once, before they are used: many of its users make them for each picture. */
    readonly layerModels: { readonly takes: Record<string, never>; readonly gives: null };
    /** Each of them run, its output fetched and as many of its maps put on a canvas as ours draws. Answers with how many layers were drawn. */
    readonly drawLayers: { readonly takes: { readonly values: Float32Array; readonly drawn: Drawn }; readonly gives: number };
  };
  readonly events: Record<string, never>;
}

/** What the page does for the bench. */
export interface PanelBench {
  start(backend: BackendName, peer: string): Promise<void>;
  /** Builds the same net with the same weights on both sides. Throws where their outputs differ by more than 1e-3 of the largest. */
  build(graph: ModelGraph): Promise<void>;
  /** Each layer kept and drawn, beside a bare `predict`. */
  besidePredict(drawn: Drawn, rounds: number): Promise<Rounds>;
  /** The same, beside a model for each layer, read back and put on canvases. */
  besideLayerModels(drawn: Drawn, rounds: number): Promise<Rounds>;
  /** From an edited graph to the edited layer's tiles and those of the list, beside building the edited net anew and running it. */
  edits(edited: readonly ModelGraph[], selected: string, rounds: number): Promise<Rounds>;
  /** Reads from the GPU in one run with all that is drawn, beside one of the peer's way; throws where reading figures is not counted. */
  reads(): Promise<{ readonly ours: number; readonly peer: number }>;
  stop(): void;
}
