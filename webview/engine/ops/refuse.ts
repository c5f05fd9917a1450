import type { OpList, OpOperand, OpStep } from '../../../src/model/ops';
import { isUnknownPlain } from '../../../src/model/plain';
import { isShapeList, type Shape } from '../../../src/model/shape';
import { MOST_BYTES, showBytes } from '../build/memory';
import { Stop } from '../build/stop';
import { opNamed } from './functions';

/** Throws a Stop for a list of ops that cannot run, before anything is allocated: a function that is not allowed, an open value, too much memory. */
export const refuseOps = (className: string, { steps }: OpList): void => {
  for (const { op, args } of steps) {
    if (!opNamed(op)) throw new Stop(`${className} calls tf.${op}, which is not among the functions that the panel runs.`);
    const open = args.map(unknownIn).find((one) => one !== undefined);
    if (open) throw new Stop(`${open.$unknown} is unknown: ${open.reason}`);
  }
  const bytes = steps.reduce((sum, step) => sum + bytesOf(step), 0);
  if (bytes > MOST_BYTES)
    throw new Stop(
      `${className} makes tensors of ${showBytes(bytes)} on the way, even for one example. The panel has up to ${showBytes(MOST_BYTES)}.`,
    );
};

const unknownIn = (operand: OpOperand): { readonly $unknown: string; readonly reason: string } | undefined => {
  if (typeof operand !== 'object' || operand === null) return undefined;
  if (isUnknownPlain(operand)) return operand;
  return Object.values(operand as Readonly<Record<string, OpOperand>>)
    .map(unknownIn)
    .find((one) => one !== undefined);
};

/** For one example; what is open counts as one. Four bytes a value. */
const bytesOf = ({ outputShape }: OpStep): number => {
  const shapes = isShapeList(outputShape) ? outputShape : [outputShape];
  const values = (shape: Shape): number => shape.reduce<number>((total, size) => total * (typeof size === 'number' ? size : 1), 1);
  return 4 * shapes.reduce((sum, shape) => sum + values(shape), 0);
};
