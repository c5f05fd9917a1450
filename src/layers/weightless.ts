/* eslint-disable no-console -- The console is the only way in which TensorFlow.js warns; it is listened to here. */
import * as tfl from '@tensorflow/tfjs-layers';
import { restartIds } from './ids';
import { LimitError } from './limits';
import { freshNames } from './names';
import { withoutStates } from './states';
import { addWeightStub } from './weights';

export type Outcome<T> =
  | { readonly value: T; readonly warnings: readonly string[] }
  | { readonly error: string; readonly limit?: true; readonly warnings: readonly string[] };

const MAX_TEXT = 4000;

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, MAX_TEXT);

/** Puts stand-ins where TensorFlow.js would make values, count names on or speak to the console; returns what puts all back. */
const enter = (warnings: string[]): (() => void) => {
  const layerClass = tfl.layers.Layer.prototype as unknown as { addWeight: unknown };
  const { addWeight } = layerClass;
  const { warn } = console;
  const restoreStates = withoutStates();
  const restoreNames = freshNames();
  restartIds();
  layerClass.addWeight = addWeightStub;
  console.warn = (...parts: unknown[]) => void warnings.push(parts.map(String).join(' ').slice(0, MAX_TEXT));
  return () => {
    layerClass.addWeight = addWeight;
    console.warn = warn;
    restoreStates();
    restoreNames();
  };
};

/**
 * Runs `work` with TensorFlow.js' layers in a state in which they make no weights, count names from the start and warn to us alone;
 * puts everything back before it returns. Never throws: what `work` throws is the outcome. Synchronous only.
 */
export const withoutWeights = <T>(work: () => T): Outcome<T> => {
  const warnings: string[] = [];
  const leave = enter(warnings);
  try {
    return { value: work(), warnings };
  } catch (thrown) {
    return { error: textOf(thrown), ...(thrown instanceof LimitError ? { limit: true as const } : {}), warnings };
  } finally {
    leave();
  }
};
