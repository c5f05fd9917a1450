import type * as tf from '@tensorflow/tfjs-core';
import type { OpBatch, OpOperand } from '../../../src/model/ops';
import { isUnknownPlain } from '../../../src/model/plain';
import { Stop } from '../build/stop';

/** What the references in a list of ops stand for while it runs. */
export interface Given {
  readonly inputs: readonly tf.Tensor[];
  readonly weights: ReadonlyMap<string, tf.Tensor>;
  /** What each step before gave: a tensor, a list or a record of tensors. */
  readonly results: readonly unknown[];
  /** Examples in the batch. */
  readonly batch: number;
}

type Marked = Readonly<Record<string, unknown>>;

const has = (value: Marked, key: string): boolean => Object.hasOwn(value, key);

/** An argument as TensorFlow.js takes it; a copy, since functions may change what they are given. */
export const valueOf = (operand: OpOperand, given: Given): unknown => {
  if (operand === null || typeof operand !== 'object') return operand;
  if (Array.isArray(operand)) return (operand as readonly OpOperand[]).map((item) => valueOf(item, given));
  const marked = operand as Marked;
  if (has(marked, '$input') || has(marked, '$weight') || has(marked, '$step')) return tensorOf(marked, given);
  if (has(marked, '$batch')) return batchNumber(operand as OpBatch, given.batch);
  if (has(marked, '$number')) return Number(marked['$number']);
  if (isUnknownPlain(operand)) throw new Stop(`${operand.$unknown} is unknown: ${operand.reason}`);
  const entries = Object.entries(operand as Readonly<Record<string, OpOperand>>).filter(
    ([key, item]) => key !== '__proto__' && item !== null,
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, valueOf(item, given)]));
};

/** The arguments of a call; one that the source leaves out is left out here too, so that TensorFlow.js' own default holds. */
export const argumentsOf = (operands: readonly OpOperand[], given: Given): readonly unknown[] =>
  operands.map((operand) => valueOf(operand, given) ?? undefined);

/** The tensor behind a reference. Throws a Stop where there is none. */
export const tensorOf = (ref: Marked, { inputs, weights, results }: Given): tf.Tensor => {
  if (has(ref, '$input')) return found(inputs[Number(ref['$input'])], 'an input that the layer does not have');
  if (has(ref, '$weight'))
    return found(weights.get(String(ref['$weight'])), `the weight ${String(ref['$weight'])}, which the layer does not have`);
  return found(partOf(results[Number(ref['$step'])], ref['index']), 'a result that is not there');
};

/** One tensor of what a step gave: the tensor itself, its place in a list, or its name in a record. */
const partOf = (result: unknown, index: unknown): tf.Tensor | undefined => {
  if (isTensor(result)) return index === 0 ? result : undefined;
  const key = String(index);
  if (typeof result !== 'object' || result === null || !Object.hasOwn(result, key)) return undefined;
  const part = (result as Marked)[key];
  return isTensor(part) ? part : undefined;
};

const isTensor = (value: unknown): value is tf.Tensor =>
  typeof value === 'object' && value !== null && 'dataId' in value && 'shape' in value;

const found = (tensor: tf.Tensor | undefined, what: string): tf.Tensor => {
  if (!tensor) throw new Stop(`Its list of ops asks for ${what}.`);
  return tensor;
};

const batchNumber = ({ $batch, plus }: OpBatch, batch: number): number => {
  const value = $batch * batch + plus;
  // Sums of fractions may miss the whole number that they stand for by a rounding.
  return Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value;
};
