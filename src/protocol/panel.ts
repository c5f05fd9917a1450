import type { ModelGraph } from '../model/graph';
import type { Given, LeftOpen } from '../model/reading';

/**
 * Messages between the extension (host) and the panel (webview). The panel speaks first: it says `ready`, the host answers with one `show`,
 * then events go both ways. Nothing is sent to a panel that is not ready.
 */
export type ToPanel = ShowMessage | SelectMessage | NothingMessage | SettingsMessage | StaleMessage | LoadWeightsMessage | FollowingMessage;
export type ToHost = ReadyMessage | RevealMessage | AskMessage | RanMessage | ProblemMessage | UnitsMessage | FollowMessage;

/** A model whose last run took longer than this, in milliseconds, is not run again but when a person says so. */
export const LIVE_LIMIT = 2_000;

export type BackendChoice = 'auto' | 'webgpu' | 'webgl' | 'wasm' | 'cpu';
export type BackendName = Exclude<BackendChoice, 'auto'>;

export interface PanelSettings {
  readonly backend: BackendChoice;
  /** Seed of fresh weights and random inputs. */
  readonly seed: number;
  /** Bytes of activations that may be kept on the device at once. */
  readonly activationBudget: number;
}

/** The panel must build and run this model, and drop the one it shows, unless it is the same one (`model.id`), whose selection it keeps. */
export interface ShowMessage {
  readonly type: 'show';
  readonly model: PanelModel;
  readonly settings: PanelSettings;
  /**
   * Milliseconds between the change of the source that this answers and the sending of the message, by the host's clock (which may not be the
   * panel's); absent where it answers no change.
   */
  readonly editedAgo?: number;
}

export interface PanelModel {
  /** `ModelRead.id`: `path#offset`. */
  readonly id: string;
  readonly title: string;
  /** `lenet5.ts`, for the eye. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** The document version that was read. */
  readonly version: number;
  readonly graph: ModelGraph;
  /** What the source does not tell and a person can, answered or not. */
  readonly leftOpen?: readonly LeftOpen[];
  /** The answers with which the graph was read. */
  readonly given?: readonly Given[];
}

/** The panel must select the layers of these sites (the first that it knows), without echoing the choice back. */
export interface SelectMessage {
  readonly type: 'select';
  readonly sites: readonly string[];
}

/**
 * The shown model's source cannot be read at the moment (half typed): the panel must keep what it shows, greyed, with this reason,
 * until the next `show` or `nothing`.
 */
export interface StaleMessage {
  readonly type: 'stale';
  readonly reason: string;
}

/** There is no model to show; the panel must say so in these words. */
export interface NothingMessage {
  readonly type: 'nothing';
  readonly reason: string;
}

/** The panel must apply these settings, running again where the backend or seed changed. */
export interface SettingsMessage {
  readonly type: 'settings';
  readonly settings: PanelSettings;
}

/** A person asked for it by a command: the panel must let them choose a weights file for the shown model. */
export interface LoadWeightsMessage {
  readonly type: 'loadWeights';
}

/** What the panel follows, as the host keeps it; the panel must show it. Sent after `ready`, and when it changes. */
export interface FollowingMessage {
  readonly type: 'following';
  /** The setting `layerscope.panel.live`. */
  readonly live: boolean;
  /** The shown model stays while the caret goes to another. */
  readonly locked: boolean;
}

/** The panel can receive; the host must answer with `show` or `nothing`. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** A person chose a layer in the panel: the host must highlight its source line, and move the caret there only where `focus` is set (a double click). */
export interface RevealMessage {
  readonly type: 'reveal';
  /** `Site.id`. */
  readonly site: string;
  /** Call lines that led to the layer, outermost first, `path#offset` each. */
  readonly callPath: readonly string[];
  /** `kernelSize`: the option that the host must highlight in place of the whole call, where the call writes it out. */
  readonly option?: string;
  readonly focus: boolean;
}

/** A person wants to give a value, or another one, for a name of `PanelModel.leftOpen`: the host must ask for it, and `show` the model with the answer. */
export interface AskMessage {
  readonly type: 'ask';
  readonly name: string;
}

/** A person switched what the panel follows; what is absent stays. The host must keep it, and go by it from then on. */
export interface FollowMessage {
  readonly type: 'follow';
  readonly live?: boolean;
  readonly locked?: boolean;
}

/** A run ended: figures for the host's status line and log. `stop` is why it ended before the last layer, in words for people. */
export interface RanMessage {
  readonly type: 'ran';
  readonly model: string;
  readonly backend: BackendName;
  readonly milliseconds: number;
  /** The same without what only a first run takes, where the backend makes programs for a GPU in it. */
  readonly steady: number;
  readonly layers: number;
  readonly stop?: string;
}

/**
 * What was found of dead and duplicate units in the last run: the host must show these hints, and none of an earlier message. Empty where
 * there is nothing to say any more.
 */
export interface UnitsMessage {
  readonly type: 'units';
  /** `PanelModel.id` */
  readonly model: string;
  readonly hints: readonly UnitHint[];
}

export interface UnitHint {
  /** `Site.id` of the layer's line. */
  readonly site: string;
  /** Whole sentences about one layer. */
  readonly text: string;
}

/** The panel itself failed, not the model that it shows: the host must write this to its log. */
export interface ProblemMessage {
  readonly type: 'problem';
  readonly text: string;
}
