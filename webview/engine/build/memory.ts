import type { Program } from './program';
import { Stop } from './stop';

/** Bytes a model needs, found before anything is allocated. Values have four bytes each. */
export interface Need {
  readonly parameters: number;
  readonly weights: number;
  /** All outputs of all layers together. */
  readonly activations: number;
  /** The most that is alive at once while a run frees what nobody reads any more. */
  readonly working: number;
  /** The largest single weight or output. */
  readonly largest: number;
}

const VALUE_BYTES = 4;

/** Weights, or outputs alive at once, beyond this are refused: a page has not more to give on most machines. */
export const MOST_BYTES = 2e9;

const valueBytes = (shape: readonly number[]): number => shape.reduce((total, size) => total * size, VALUE_BYTES);

export const needOf = (program: Program): Need => {
  const weights = program.slots.map((slot) => valueBytes(slot.shape));
  const outputs = program.values.map((value) => valueBytes(value.shape));
  const sum = (list: readonly number[]): number => list.reduce((total, bytes) => total + bytes, 0);
  return {
    parameters: sum(weights) / VALUE_BYTES,
    weights: sum(weights),
    activations: sum(outputs),
    working: working(program, outputs),
    largest: Math.max(0, ...weights, ...outputs),
  };
};

const working = (program: Program, bytes: readonly number[]): number => {
  const left = program.values.map((value) => value.readers);
  let alive = 0;
  let most = 0;
  for (const step of program.steps) {
    for (const id of step.outputs) alive += bytes[id] ?? 0;
    most = Math.max(most, alive);
    for (const id of step.inputs) {
      const readers = (left[id] ?? 0) - 1;
      left[id] = readers;
      if (readers === 0) alive -= bytes[id] ?? 0;
    }
  }
  return most;
};

/** Throws a Stop that says what is too large, and why, where the model cannot be held. */
export const refuseTooLarge = (need: Need, largestTensor: number, backend: string): void => {
  const limit = showBytes(MOST_BYTES);
  if (need.weights > MOST_BYTES) {
    const count = need.parameters.toLocaleString('en-US');
    throw new Stop(
      `This model needs ${showBytes(need.weights)} for its weights (${count} parameters × 4 bytes). The panel holds models of up to ${limit}.`,
    );
  }
  if (need.working > MOST_BYTES) {
    throw new Stop(
      `Running this model takes ${showBytes(need.working)} for layer outputs at once, even for one example. The panel has up to ${limit}.`,
    );
  }
  if (need.largest > largestTensor) {
    throw new Stop(
      `One tensor of this model takes ${showBytes(need.largest)}; ${backend} holds tensors of up to ${showBytes(largestTensor)} here.`,
    );
  }
};

/** `0.25 MB`, `1.1 GB`, `4.0 TB`: decimal units, two or three digits. */
export const showBytes = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  // A megabyte is the unit people compare weights in, so small amounts are parts of one.
  if (unit === 1 && value >= 9.5) [value, unit] = [value / 1000, 2];
  const digits = unit === 0 || value >= 99.5 ? 0 : value >= 9.95 ? 1 : value >= 0.995 ? 2 : 3;
  const text = value.toFixed(value < 0.995 && unit > 0 ? 2 : Math.min(digits, 1));
  return `${text} ${units[unit] ?? ''}`;
};
