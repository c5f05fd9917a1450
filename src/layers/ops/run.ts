import { engine, util, type Variable } from '@tensorflow/tfjs-core';
import { checkSize, LimitError } from '../limits';
import { Memo, structureOf } from '../memo';
import { plainValue, realArgument, realTensor } from './convert';
import { withoutValues } from './engine';
import { checkWork, completed, needsRoom } from './exceptions';
import { findMethod } from './methods';
import { awaitsValues, findOp } from './names';
import type { OpArgument, OpRefused, OpResult, OpTensor, OpValue } from './spec';

const answered = new Memo<OpResult | OpRefused>(4000, 2_000_000);

const answer = (key: string, args: readonly OpArgument[], work: () => unknown, room?: boolean): OpResult | OpRefused =>
  answered.get(key, () =>
    withoutValues(() => {
      // Lists and records of numbers and tensors are as options of layers are, and have their bounds.
      checkSize(args as never);
      return plainValue(work());
    }, room),
  );

/**
 * What a function of `tf` would give for arguments without values: `name` is its path (`matMul`, `image.resizeBilinear`). TensorFlow.js' own
 * function runs, on kernels that compute shapes and dtypes; nothing is allocated, whatever the sizes. Pure; never throws: what TensorFlow.js
 * refuses comes back as its own text.
 */
export const runOp = (name: string, args: readonly OpArgument[]): OpResult | OpRefused => {
  const op = findOp(name);
  if (!op) return { error: `tf.${name} is not a function` };
  const work = (): unknown => {
    if (awaitsValues(name)) throw new LimitError(`tf.${name} waits for values, which are not known before the program runs.`);
    checkWork(name, args);
    return op(...completed(name, args.map(realArgument)));
  };
  return answer(structureOf([name, args]), args, work, needsRoom(name));
};

/** What a method of a tensor would give (`x.reshape([2, 3])`, `x.add(y)`), as the chained ops of `@tensorflow/tfjs` have them. As `runOp`. */
export const runTensorMethod = (method: string, self: OpTensor, args: readonly OpArgument[]): OpResult | OpRefused => {
  const call = findMethod(method);
  if (!call) return { error: `${method} is not a function` };
  return answer(structureOf(['', method, self, args]), [self, ...args], () => call(receiver(self), args.map(realArgument)));
};

const receiver = (self: OpTensor): Variable => {
  const tensor = realTensor(self);
  return (self.tensor.variable ? engine().makeVariable(tensor) : tensor) as Variable;
};

/** A tensor's own properties that its shape and type decide; undefined for all others. `strides` are in values, a scalar has none. */
export const tensorMember = (member: string, { tensor: { shape, dtype } }: OpTensor): OpValue => {
  switch (member) {
    case 'shape':
      return shape;
    case 'dtype':
      return dtype;
    case 'rank':
      return shape.length;
    case 'rankType':
      return shape.length < 5 ? String(shape.length) : 'higher';
    case 'size':
      return util.sizeFromShape([...shape]);
    case 'strides':
      return util.computeStrides([...shape]);
    default:
      return undefined;
  }
};
