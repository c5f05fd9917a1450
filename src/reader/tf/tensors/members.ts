import { isTensorMethod } from '../../../layers/ops/methods';
import type { Machine } from '../../machine';
import { Arr } from '../../state/heap';
import { Native, type CallPlace } from '../../values/native';
import { combine, type Numeric } from '../../values/num';
import { PromiseValue, Unknown, clip, type Value } from '../../values/values';
import { dimensionOf } from '../shapes';
import { callTensorMethod } from './callOp';
import { rankOfTensor, tensorAt, type EagerTensor } from './eager';

const VALUES_LATER = 'the values of a tensor are computed when the program runs';

/** Methods that wait for the GPU, and those that do not. */
const ASYNC_VALUES = new Set(['data', 'array', 'bytes', 'buffer']);
const SYNC_VALUES = new Set(['dataSync', 'arraySync', 'bufferSync', 'toString']);
/** Methods that do nothing to what is known of a tensor. */
const SILENT = new Set(['dispose', 'print', 'assign', 'throwIfDisposed']);

/** A property or method of a tensor that has values when the program runs. */
export function eagerMember(m: Machine, tensor: EagerTensor, key: string, at: CallPlace): Value {
  const shown = clip(m.modules.get(at.path)?.file?.text.slice(at.start, at.end) ?? key);
  if (key === 'shape') return shapeOf(m, tensor, shown);
  if (key === 'rank' || key === 'rankType') {
    const rank = rankOfTensor(tensor);
    return key === 'rank'
      ? (rank ?? unknownMember(tensor, key, shown))
      : rank === undefined
        ? unknownMember(tensor, key, shown)
        : String(rank);
  }
  if (key === 'size') return sizeOf(m, tensor, shown);
  if (key === 'dtype') return dtypeOf(tensor, shown);
  if (key === 'isDisposed') return false;
  if (ASYNC_VALUES.has(key)) return new Native(key, () => new PromiseValue(values(m, shown)));
  if (SYNC_VALUES.has(key)) return new Native(key, () => values(m, shown));
  if (SILENT.has(key)) return new Native(key, () => undefined);
  if (key === 'read') return new Native(key, () => tensor);
  if (isTensorMethod(key)) return new Native(key, (_self, args, place) => callTensorMethod(m, key, tensor, args, place));
  return unknownMember(tensor, key, shown);
}

const values = (m: Machine, shown: string): Unknown =>
  new Unknown(m.freshKey('values'), shown.endsWith(')') ? shown : `${shown}()`, VALUES_LATER);

const unknownMember = (tensor: EagerTensor, key: string, shown: string): Unknown =>
  new Unknown(`tensor:${tensor.serial}.${key}`, shown, tensor.unknown ?? 'it is known only when the program runs');

/** The shape as the source sees it: an array of numbers, in lockstep over the stand-ins; unknown where not even the rank is known. */
export function shapeOf(m: Machine, tensor: EagerTensor, shown: string): Value {
  const rank = rankOfTensor(tensor);
  if (rank === undefined) return unknownMember(tensor, 'shape', shown);
  const shapes = tensor.outcomes.map((_, k) => tensorAt(tensor, k)?.shape);
  const of = { dependsOn: tensor.dependsOn, serial: tensor.serial, shown };
  return new Arr(Array.from({ length: rank }, (_, axis) => dimensionOf(m, shapes, axis, of)));
}

function sizeOf(m: Machine, tensor: EagerTensor, shown: string): Value {
  const shape = shapeOf(m, tensor, shown);
  if (!(shape instanceof Arr)) return unknownMember(tensor, 'size', shown);
  return combine(shape.items as Numeric[], shown, (...sizes) => sizes.reduce((all, size) => all * size, 1));
}

function dtypeOf(tensor: EagerTensor, shown: string): Value {
  const dtypes = new Set(tensor.outcomes.map((_, k) => tensorAt(tensor, k)?.dtype).filter((dtype) => dtype !== undefined));
  const [dtype] = dtypes;
  return dtypes.size === 1 && dtype !== undefined && !tensor.isDtypeOpen ? dtype : unknownMember(tensor, 'dtype', shown);
}
