import type { Contract } from './channel';

/**
 * What the panel asks of the extension, beside the events of `panel.ts`: files that a person chooses, and saving what the panel made.
 * A path never comes from the panel. It names files by the numbers that it was given, and only the extension knows where they are.
 */
export interface HostContract extends Contract {
  readonly requests: {
    /** Lets the person choose a weights file, in the folder of the shown model first; null where they chose none. */
    readonly chooseWeights: { readonly takes: Record<string, never>; readonly gives: OpenedWeights | null };
    /** What is open is to be remembered for `model`. */
    readonly rememberWeights: { readonly takes: { readonly model: string; readonly file: number }; readonly gives: null };
    /** Opens what was last remembered for `model` again; null where nothing was, or it was forgotten. */
    readonly reopenWeights: { readonly takes: { readonly model: string }; readonly gives: OpenedWeights | null };
    /** What was remembered for `model` is not to come back. */
    readonly forgetWeights: { readonly takes: { readonly model: string }; readonly gives: null };
    /** Reads a part of a shard, at most `CHUNK` bytes. The next part is asked for when this one was used. */
    readonly readShard: { readonly takes: ShardPart; readonly gives: ArrayBuffer };
    /** What was opened is not needed any more. */
    readonly closeWeights: { readonly takes: { readonly file: number }; readonly gives: null };
    /** Lets the person choose a file with names of classes; null where they chose none. The choice is remembered for `model`. */
    readonly chooseClassNames: { readonly takes: { readonly model: string }; readonly gives: TextFile | null };
    /** Opens what was last chosen for `model` again; null where nothing was chosen. */
    readonly reopenClassNames: { readonly takes: { readonly model: string }; readonly gives: TextFile | null };
    /** Lets the person choose where a picture goes, and writes it there; null where they chose no place. */
    readonly save: { readonly takes: Picture; readonly gives: { readonly name: string } | null };
  };
  readonly events: Record<string, never>;
}

/** What the extension asks of the panel: nothing yet; it tells (`ToPanel`). */
export interface PanelContract extends Contract {
  readonly requests: Record<string, never>;
  readonly events: Record<string, never>;
}

/** Bytes of one part of a shard, at most. */
export const CHUNK = 16 * 2 ** 20;

/** A `model.json` that is open, and the files that its manifest names. */
export interface OpenedWeights {
  /** By which the panel asks for parts of it. */
  readonly file: number;
  /** `model.json`, for the eye. */
  readonly name: string;
  /** The whole file. What stands in it was not looked at, but for the names of shards. */
  readonly text: string;
  readonly shards: readonly Shard[];
}

export interface Shard {
  /** As the manifest names it. */
  readonly path: string;
  readonly bytes: number;
  /** Why it cannot be read, as the end of a sentence about it ("lies outside of the model's folder"). */
  readonly refused?: string;
}

export interface ShardPart {
  readonly file: number;
  /** Index into `OpenedWeights.shards`. */
  readonly shard: number;
  /** Bytes from the shard's beginning. */
  readonly from: number;
  readonly bytes: number;
}

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface Picture {
  /** `lenet-conv1.png`: what the dialog suggests. */
  readonly name: string;
  /** The file's bytes. */
  readonly png: ArrayBuffer;
}

/** How messages of the channel travel among the events. */
export interface ChannelMessage {
  readonly type: 'channel';
  /** Chosen by the page when it starts: an answer to a page that is gone is not taken for one to its successor. */
  readonly page: string;
  readonly wire: unknown;
}
