import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { TensorRead } from '../../../../src/model/reading';
import { runProgram } from '../../../support/realProgram';
import { HEAD, readSource } from '../../../support/readSource';
import { PROGRAMS } from './programs';

/** What was read of the call that a variable of this name holds. */
function readOf(source: string, tensors: readonly TensorRead[], variable: string): TensorRead | undefined {
  return tensors.find((read) => read.variable && source.slice(read.variable.start, read.variable.end) === variable);
}

describe('tensors, computed by TensorFlow.js and read', () => {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    it(name, () => {
      const source = HEAD + program;
      const reading = readSource(source);
      assert.deepEqual([reading.problems, reading.limits], [[], []]);
      const real = Object.entries(runProgram({ '/main.ts': source }, '/main.ts')).filter(([, value]) => value instanceof tf.Tensor);
      assert.ok(real.length > 0);
      const read = real.map(([variable]) => {
        const [only, ...more] = readOf(source, reading.tensors, variable)?.cases ?? [];
        return [variable, more.length, only?.outputs, only?.dtypes, only?.unknown];
      });
      const expected = real.map(([variable, value]) => [
        variable,
        0,
        [(value as tf.Tensor).shape],
        [(value as tf.Tensor).dtype],
        undefined,
      ]);
      assert.deepEqual(read, expected);
    });
  }
});
