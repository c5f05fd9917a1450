import type * as tf from '@tensorflow/tfjs-core';
import type { OpList } from '../../../src/model/ops';
import { Stop } from '../build/stop';
import { opNamed, seeded } from './functions';
import { argumentsOf, tensorOf, type Given } from './operands';

/**
 * Runs a straight line of ops, one after the other. What is made on the way is the caller's to free, with a `tidy` around this.
 * Throws a Stop for what is not on the list of functions, and whatever TensorFlow.js itself throws.
 */
export const runOps = (ops: OpList, inputs: readonly tf.Tensor[], weights: ReadonlyMap<string, tf.Tensor>): tf.Tensor[] => {
  const results: unknown[] = [];
  const given: Given = { inputs, weights, results, batch: inputs[0]?.shape[0] ?? 1 };
  ops.steps.forEach(({ op, args }, index) => {
    const run = opNamed(op);
    if (!run) throw new Stop(`tf.${op} is not among the functions that the panel runs.`);
    results.push(run(...seeded(op, argumentsOf(args, given), index + 1)));
  });
  return ops.outputs.map((ref) => tensorOf({ ...ref }, given));
};
