import type { BackendName } from '../../../src/protocol/panel';
import type { Painter } from '../../draw/painter';

/** A backend that computes and draws. */
export interface Device {
  readonly name: BackendName;
  readonly painter: Painter;
  /** Resolves when the device has done what was asked of it so far. Reads nothing. */
  finished(): Promise<void>;
  /** Bytes that the device holds for tensors, recycled ones included; undefined where TensorFlow.js does not say. */
  bytes(): number | undefined;
  /** True where the first computation of its kind takes longer: a program for a GPU is made. */
  readonly makesPrograms: boolean;
  /** The largest tensor that the backend can hold, in bytes. */
  readonly largestTensor: number;
}

/** A backend that can be had, before anything is spent on it. */
export interface Found {
  /** What drives it, for people: "SwiftShader", "NVIDIA GeForce RTX 3060"; empty where it says nothing. */
  readonly renderer: string;
  /** True for a GPU that is computed on the CPU. */
  readonly software: boolean;
  /** @param lost is told, in words, when the device goes away or refuses what it is given; what it computes then is not to be trusted */
  start(lost: (reason: string) => void): Promise<Device>;
}

/** Why a backend cannot be had, in few words: "no adapter". */
export interface Missing {
  readonly missing: string;
}

/** Reads one of the files that come with the panel, by its name in `dist/panel`. */
export type ReadFile = (name: string) => Promise<ArrayBuffer>;

export const isMissing = (outcome: Found | Missing): outcome is Missing => 'missing' in outcome;
