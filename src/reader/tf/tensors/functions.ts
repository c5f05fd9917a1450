import { isOp } from '../../../layers/ops/names';
import type { Machine } from '../../machine';
import type { CallPlace } from '../../values/native';
import { PromiseValue, type Value } from '../../values/values';
import { callOp } from './callOp';
import { createTensor, makesTensor } from './create';
import { fromPixels } from './pixels';

/** A call of a function of `tf` that gives tensors; undefined where `path` names none that is read. */
export function callTensorFunction(m: Machine, path: string, args: readonly Value[], at: CallPlace): { readonly value: Value } | undefined {
  if (path === 'browser.fromPixels') return { value: fromPixels(m, args, at) };
  if (path === 'browser.fromPixelsAsync') return { value: new PromiseValue(fromPixels(m, args, at)) };
  if (makesTensor(path)) return { value: createTensor(m, path, args, at) };
  return isOp(path) ? { value: callOp(m, path, args, at) } : undefined;
}
