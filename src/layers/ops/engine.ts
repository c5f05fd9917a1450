/* eslint-disable no-console -- The console is the only way in which TensorFlow.js warns; it is listened to here. */
import { engine, env, type KernelBackend } from '@tensorflow/tfjs-core';
import { LimitError } from '../limits';
import { BACKEND_NAME, countedProducts, shapesBackend, startCounting } from './backend';
import { withoutRoom } from './hollow';
import type { OpRefused } from './spec';

/** What a call of TensorFlow.js' engine changes, under its own names. */
interface EngineParts {
  state: object;
  backendName: string | undefined;
  backendInstance: KernelBackend | undefined;
  pendingBackendInit: unknown;
  readonly constructor: { nextTensorId: number; nextVariableId: number };
}

interface EnvironmentParts {
  flags: { [flag: string]: unknown };
}

const MAX_TEXT = 4000;

/** Gives the engine a state, a backend and flags of ours; returns what puts its own back, ids and all. */
const enter = (room: boolean): (() => void) => {
  const parts = engine() as unknown as EngineParts;
  const environment = env() as unknown as EnvironmentParts;
  const { state, backendName, backendInstance, pendingBackendInit } = parts;
  const { flags } = environment;
  const { nextTensorId, nextVariableId } = parts.constructor;
  parts.state = new (state.constructor as new () => object)();
  parts.backendInstance = shapesBackend();
  parts.backendName = BACKEND_NAME;
  parts.pendingBackendInit = undefined;
  // Debugging reads values; testing counts what is kept. There is neither.
  environment.flags = { ...flags, DEBUG: false, IS_TEST: false };
  startCounting();
  const restoreRoom = room ? undefined : withoutRoom();
  return () => {
    restoreRoom?.();
    Object.assign(parts, { state, backendName, backendInstance, pendingBackendInit });
    Object.assign(parts.constructor, { nextTensorId, nextVariableId });
    environment.flags = flags;
  };
};

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, MAX_TEXT);

/** What `work` gave, with what TensorFlow.js wrote to console.warn meanwhile, and the multiply-accumulates that it takes; NaN where they are not known. */
export interface Answer<T> {
  readonly value: T;
  readonly warnings: readonly string[];
  readonly macs: number;
}

/**
 * Runs `work` with TensorFlow.js' engine on the backend that computes shapes and dtypes and keeps no values; everything is as before when it
 * returns. Never throws: what `work` throws is the answer. With `room`, typed arrays are made as they are asked for. Synchronous only.
 */
export const withoutValues = <T>(work: () => T, room = false): Answer<T> | OpRefused => {
  const warnings: string[] = [];
  const { warn } = console;
  const leave = enter(room);
  console.warn = (...parts: unknown[]) => void warnings.push(parts.map(String).join(' ').slice(0, MAX_TEXT));
  try {
    const value = work();
    return { value, warnings, macs: countedProducts() };
  } catch (thrown) {
    return { error: textOf(thrown), ...(thrown instanceof LimitError ? { limit: true as const } : {}) };
  } finally {
    leave();
    console.warn = warn;
  }
};
