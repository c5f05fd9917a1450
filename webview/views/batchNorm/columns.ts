import type { Channel } from '../../engine/batchNorm/formulas';
import { showValue } from '../words';
import { showBatches } from './words';

export type ColumnId =
  'index' | 'gamma' | 'beta' | 'movingMean' | 'movingVariance' | 'batchMean' | 'batchVariance' | 'scale' | 'drift' | 'batches';

/** One column of the table of channels. */
export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  readonly title: string;
  readonly show: (channel: Channel) => string;
}

const figure = (id: ColumnId, label: string, title: string): Column => ({ id, label, title, show: (channel) => showValue(channel[id]) });

export const columns: readonly Column[] = [
  { id: 'index', label: '#', title: 'Channel, from 0', show: (channel) => String(channel.index) },
  figure('gamma', 'γ', 'gamma, trained'),
  figure('beta', 'β', 'beta, trained'),
  figure('movingMean', 'μ', 'Moving mean, used at inference'),
  figure('movingVariance', 'σ²', 'Moving variance, used at inference'),
  figure('batchMean', 'μ_B', 'Mean of this batch'),
  figure('batchVariance', 'σ²_B', 'Variance of this batch, divided by m'),
  figure('scale', 'γ/√(σ²+ε)', 'Effective scale: what the layer multiplies a difference by, in the mode that runs'),
  figure('drift', 'drift', 'How far the batch\u2019s mean is from the moving mean, in moving standard deviations'),
  {
    id: 'batches',
    label: 'batches',
    title:
      'More batches like this one until the moving statistics are there: the smallest n with momentum^n · |drift| below 1 %, for the mean and the variance',
    show: (channel) => showBatches(channel.batches),
  },
];

export interface Sort {
  readonly by: ColumnId;
  readonly descending: boolean;
}

/** A first click on a column sorts it the way one looks for something: channels from the first, all else from the largest. */
export const nextSort = (sort: Sort, by: ColumnId): Sort =>
  sort.by === by ? { by, descending: !sort.descending } : { by, descending: by !== 'index' };

/** Drift counts by its size: a mean that is too low is as far off as one too high. NaN stands at the end. */
export const sorted = (channels: readonly Channel[], { by, descending }: Sort): readonly Channel[] => {
  const keyOf = (channel: Channel): number => (by === 'drift' ? Math.abs(channel.drift) : channel[by]);
  return [...channels].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a.index - b.index;
    if (x === y) return a.index - b.index;
    return (x < y ? -1 : 1) * (descending ? -1 : 1);
  });
};
