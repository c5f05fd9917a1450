import { util, type DataType, type FillAttrs, type LinSpaceAttrs, type RangeAttrs } from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';
import { info, like, type Info, type Kernels } from './kernel';

const COUNTABLE: ReadonlySet<DataType> = new Set(['float32', 'int32', 'bool']);
const FILLABLE: ReadonlySet<DataType> = new Set([...COUNTABLE, 'string']);

const fill = (_: unknown, { shape, value, dtype }: FillAttrs): Info => {
  const type = dtype || util.inferDtype(value);
  if (!FILLABLE.has(type)) throw new Error(`Unknown data type ${type}`);
  return info(shape, type);
};

/** As many values as the runtime makes; none where the step leads away from the end, a rule that it applies above 1 only. */
const range = (_: unknown, { start, stop, step, dtype }: RangeAttrs): Info => {
  if (!COUNTABLE.has((dtype ?? 'float32') as DataType)) throw new Error(`Unknown data type ${dtype}`);
  const none = start === stop || (start < stop && step < 0) || (stop < start && step > 1);
  return info([none ? 0 : Math.abs(Math.ceil((stop - start) / step))], (dtype ?? 'float32') as DataType);
};

const hashed = ({ input }: { readonly input: Info }, { numBuckets }: { readonly numBuckets: number }): Info => {
  if (input.dtype !== 'string') throw new Error('Input must be of datatype string');
  if (numBuckets <= 0) throw new Error('Number of buckets must be at least 1');
  if (!Number.isSafeInteger(numBuckets)) throw new LimitError('A number of buckets that is no whole number is not followed.');
  return like(input, 'int32');
};

/** Tensors out of attributes alone, or of values that need no looking at. */
export const making: Kernels = {
  Fill: fill,
  Range: range,
  LinSpace: (_: unknown, { num }: LinSpaceAttrs) => info([num], 'float32'),
  Diag: ({ x }: { readonly x: Info }) => info([...x.shape, ...x.shape], x.dtype),
  Multinomial: ({ logits }: { readonly logits: Info }, { numSamples }: { readonly numSamples: number }) =>
    info([logits.shape[0] as number, numSamples], 'int32'),
  StringToHashBucketFast: hashed,
};
