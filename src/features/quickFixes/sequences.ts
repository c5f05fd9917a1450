import { isShapeList } from '../../model/shape';
import { Lines } from '../lines';
import type { Propose } from './fix';
import { withOption } from './source';

/** `returnSequences: true` at the recurrent layer before one that wants a sequence. */
export const sequences: Propose = ({ reading, text, problem, site }) => {
  if (!site || !/expected ndim=3, found ndim=2/.test(problem.message)) return [];
  const before = reading.sites
    .filter(({ name, helper }) => name.start < site.name.start && helper === site.helper)
    .filter(({ className, cases }) => /^(?:Simple)?(?:RNN|LSTM|GRU)$/.test(className) && cases.some(givesVector))
    .at(-1);
  const edit = before && withOption(before, text, 'returnSequences', 'true');
  const line = before && new Lines(text).lineOf(before.name.start);
  return edit ? [{ title: `Set returnSequences: true at line ${line}`, edits: [edit], shows: before.name.start, choice: 'sequences' }] : [];
};

const givesVector = ({ outputShape }: { readonly outputShape?: Parameters<typeof isShapeList>[0] }): boolean =>
  outputShape !== undefined && !isShapeList(outputShape) && outputShape.length === 2;
