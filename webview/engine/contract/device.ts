import type { BackendChoice, BackendName } from '../../../src/protocol/panel';

/** The backend that everything runs on. */
export type DeviceRequests = {
  /** Chooses and starts a backend; the first request, and sent once. */
  readonly start: {
    readonly takes: { readonly backend: BackendChoice; readonly avoid: readonly Avoided[] };
    readonly gives: BackendReport;
  };
  /** What is allocated now. */
  readonly memory: { readonly takes: Record<string, never>; readonly gives: Memory };
};

export type DeviceEvents = {
  /** The device is gone, or gave wrong results: what was computed is not to be trusted, and the engine must be started anew. */
  readonly lost: { readonly reason: string };
};

/** A backend that is not to be tried, and why, in few words: "lost twice". */
export interface Avoided {
  readonly name: BackendName;
  readonly why: string;
}

export interface BackendReport {
  readonly name: BackendName;
  /** What drives it; empty where it says nothing. */
  readonly renderer: string;
  /** Why not a better one: "webgl: software renderer SwiftShader". */
  readonly passedOver: readonly string[];
}

export interface Memory {
  readonly tensors: number;
  readonly bytes: number;
  /** What the device holds, recycled textures included. */
  readonly deviceBytes: number | undefined;
}
