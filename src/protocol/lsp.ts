import type { ModelGraph } from '../model/graph';
import type { Given, LeftOpen } from '../model/reading';

/** The language server's requests and notifications beyond LSP. Positions are LSP's (0-based line, UTF-16 character). */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Client -> server: the model under the caret, ready for the panel. */
export const MODEL_AT = 'layerscope/modelAt';

export interface ModelAtParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** `found` is absent where the file defines no model, or none that the caret can mean; `reason` then says why, for people. */
export interface ModelAtResult {
  readonly found?: RunnableModel;
  readonly reason?: string;
}

export interface RunnableModel {
  readonly uri: string;
  /** The document version that was read. */
  readonly version: number;
  /** `path#offset` as it was when the model was first seen: this, and every id in the graph, stays the same while the document is edited. */
  readonly id: string;
  /** What a person calls the model: `createLeNet`. */
  readonly title: string;
  /** 0-based line of the model's own call. */
  readonly line: number;
  readonly totalParams: number | string;
  /** What the source does not tell and a person can, answered or not; none where all is known. */
  readonly leftOpen: readonly LeftOpen[];
  /** The answers with which the model was read. */
  readonly given: readonly Given[];
  readonly graph: ModelGraph;
}

/** Client -> server: the layer sites on the caret's line, and the calls on it that led to layers, for selecting those in the panel. */
export const SITES_AT = 'layerscope/sitesAt';

export type SitesAtParams = ModelAtParams;

export interface SitesAtResult {
  /** Ids as in a model's graph, of sites and of calls in a `callPath`; what the caret means most first. */
  readonly sites: readonly string[];
  /** `RunnableModel.id` of the model that the caret means, where there is one. */
  readonly model?: string;
}

/** Client -> server: where a site stands now, edits since the reading included. */
export const SITE_RANGE = 'layerscope/siteRange';

export interface SiteRangeParams {
  /** An id of a model's graph: a layer's site, or a call that led to it. */
  readonly site: string;
  /** `kernelSize`: an option of the layer, where that is written out. */
  readonly option?: string;
}

/** `uri` and ranges are absent where the site is gone. */
export interface SiteRangeResult {
  readonly uri?: string;
  /** The whole call; to the end of the line where only its start is known. */
  readonly range?: Range;
  /** The factory's name, for a layer's site. */
  readonly name?: Range;
  /** The option that was asked for, key and value; absent where the call does not write it out. */
  readonly option?: Range;
}

/** Server -> client: a document was read anew and says something different; its models may have changed. */
export const CHANGED = 'layerscope/changed';

export interface ChangedParams {
  readonly uri: string;
  readonly version: number;
  /** Why this version could not be read; answers come from the last one that could. */
  readonly refusal?: string;
}

/** Client -> server: a model that the client was given before, as it is now. Answers like `modelAt`. */
export const MODEL_AGAIN = 'layerscope/modelAgain';

export interface ModelAgainParams {
  readonly textDocument: { readonly uri: string };
  /** `RunnableModel.id`; it stays the same while the document is edited. */
  readonly id: string;
  /** `RunnableModel.title`: finds the model again where its call was written anew. */
  readonly title: string;
  /**
   * What a person gave for names that the source leaves open. The model is read with them as with comments `// @shape name = value`;
   * hovers, hints and problems are not.
   */
  readonly given?: readonly Given[];
}

/** Which model a command is about, as a lens or the tree of models hands it to the client. */
export interface ModelRef {
  readonly uri: string;
  /** `RunnableModel.id` and `RunnableModel.title`. */
  readonly id: string;
  readonly title: string;
}

/** The commands that the server's lenses ask the client to run, each with its argument. */
export const LENS_COMMANDS = {
  /** A `ModelRef`. */
  run: 'layerscope.runModel',
  /** A `ModelRef`. */
  summary: 'layerscope.showSummary',
  /** A `ModelRef`. */
  compare: 'layerscope.compareWith',
  /** A `PlaceRef`. */
  go: 'layerscope.goTo',
} as const;

export interface PlaceRef {
  readonly uri: string;
  readonly range: Range;
}

/** Client -> server: a document's text as it was at git's HEAD. It is read once for each commit, and lenses tell what changed since. */
export const EARLIER = 'layerscope/earlier';

export interface EarlierParams {
  readonly uri: string;
  /** undefined where the document is not under git, or not in HEAD. */
  readonly text?: string;
}

/** Client -> server: a model's summary as a document. */
export const SUMMARY = 'layerscope/summary';

/** A document that is made for reading, or why there is none, for people. */
export interface ReadableResult {
  readonly lines?: readonly ReadableLine[];
  readonly reason?: string;
}

export interface ReadableLine {
  readonly text: string;
  readonly links?: readonly ReadableLink[];
  /** Such lines one after another can be folded. */
  readonly isFoldable?: true;
}

/** A half-open range of a line's characters, with the place in the source that it leads to. */
export interface ReadableLink {
  readonly start: number;
  readonly end: number;
  /** As `SiteRangeParams.site`. */
  readonly site?: string;
  /** Instead: a place in a text that the client gave, as it was at another time. */
  readonly earlier?: { readonly uri: string; readonly position: Position };
}

/** Client -> server: the published nets that a model can be compared with, the earliest first. */
export const NETS = 'layerscope/nets';

export interface NetInfo {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  /** Layers with weights, as its paper counts them. */
  readonly depth: number;
  readonly totalParams: number;
  /** Percent, of its entry to ImageNet. */
  readonly top5Error?: number;
}

/**
 * Client -> server: the models of a document and of its workspace folder, a few at a time: as long as an answer has `next`, asking with it goes on.
 * A search that nobody asks on costs nothing; a new one ends the one before.
 */
export const FIND_MODELS = 'layerscope/findModels';

export interface FindModelsParams {
  readonly textDocument: { readonly uri: string };
  readonly next?: number;
}

export interface FindModelsResult {
  readonly models: readonly FoundModel[];
  readonly next?: number;
}

export interface FoundModel extends ModelRef {
  /** Below the workspace folder. */
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  readonly totalParams: number | string;
}

/** Client -> server: a model beside another one, as a document. */
export const COMPARE = 'layerscope/compare';

export interface CompareParams {
  readonly model: ModelRef;
  readonly with: ComparedWith;
}

/** A published net (`NetInfo.id`), a model, or the model itself as it was. */
export type ComparedWith = { readonly net: string } | { readonly model: ModelRef } | { readonly earlier: EarlierState };

export interface EarlierState {
  /** Short: `1a2b3c4`. */
  readonly label: string;
  /** What a person knows it by: date and message of a commit. */
  readonly about: string;
  /** Files as they were then, the model's own among them; all others are read as they are now. */
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}

export interface CompareResult extends ReadableResult {
  /** URIs of files that the model's earlier state was read with and that were not given: what they were then may change the answer. */
  readonly alsoRead?: readonly string[];
}

/** Client -> server: shows answers that quiz mode keeps back, or keeps them back again. */
export const QUIZ = 'layerscope/quiz';

export interface QuizParams {
  readonly uri: string;
  /** `all`, `none`, the one of a place (a lasting name, as in a model's graph), or those on a line (0-based). */
  readonly reveal: 'all' | 'none' | { readonly id: string } | { readonly line: number };
}

/** The command behind the `?` of a hint; its argument is a `QuizParams`. Without one it is about the caret's line. */
export const REVEAL_COMMAND = 'layerscope.showQuizAnswer';

/** Client -> server: whether a list of the workspace's models is on the screen. Files are looked for and read for it only while it is. */
export const WATCH_MODELS = 'layerscope/watchModels';

export interface WatchModelsParams {
  readonly on: boolean;
}

/** Server -> client, while the list is watched: it may say something else. */
export const MODELS_CHANGED = 'layerscope/modelsChanged';

/** Client -> server: the workspace's models as far as they are known by now. */
export const MODELS = 'layerscope/models';

export interface ModelsParams {
  /** Only models whose file, name, layers or classes have this in their names, in whatever case. */
  readonly filter?: string;
  /** Looks through all files again. */
  readonly anew?: boolean;
}

export interface ModelsResult {
  /** Those that define models, in the order of their paths. */
  readonly files: readonly ModelFile[];
  /** What is still going on, or was left out, for people; undefined where all is known. */
  readonly note?: string;
}

export interface ModelFile {
  readonly uri: string;
  /** Another one where any of its models may have other layers. */
  readonly stamp: string;
  readonly models: readonly ListedModel[];
}

export interface ListedModel extends ModelRef {
  /** What a person calls it, other models of its function beside it. */
  readonly label: string;
  readonly detail: string;
  /** Plain text. */
  readonly tooltip: string;
  /** Why it would not run as a whole, where that is a mistake. */
  readonly refusal?: string;
}

/** Client -> server: the layers of a model of the list. */
export const MODEL_LAYERS = 'layerscope/modelLayers';

/** `reason` where there are none, for people. */
export interface ModelLayersResult {
  readonly rows?: readonly LayerRow[];
  readonly reason?: string;
}

/** A layer, or layers that belong together: a nested model, a block that the source made again and again, blocks of one size. */
export interface LayerRow {
  /** Unique in its model; stays the same while layers elsewhere come and go. */
  readonly key: string;
  readonly kind: 'layer' | 'model' | 'block' | 'stage';
  readonly label: string;
  readonly detail: string;
  /** Plain text. */
  readonly tooltip: string;
  /** For a screen reader. */
  readonly spoken: string;
  /** What TensorFlow.js would throw there. */
  readonly refusal?: string;
  readonly isUnknown: boolean;
  /** As in `SitesAtResult`. */
  readonly site?: string;
  readonly calls: readonly string[];
  readonly children?: readonly LayerRow[];
}
