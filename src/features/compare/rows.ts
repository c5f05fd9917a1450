import { shapeList, UNKNOWN_SIZE, type Count, type Dim } from '../../model/shape';
import { align } from './align';
import type { Compared, ComparedLayer } from './compared';
import { optionChanges, showChange, withoutTraining } from './options';

/** What stands in one line of a comparison: a layer of each side, or of one side only. */
export interface ComparedRow {
  readonly left?: ComparedLayer;
  readonly right?: ComparedLayer;
  /** `open` where sizes or counts are formulas, so that nobody can say. */
  readonly state: 'same' | 'changed' | 'open' | 'left' | 'right';
  /** What two layers were told differently: `strides 4 → 3`. */
  readonly changes: readonly string[];
}

/**
 * What the two sides are to each other. `times`: one program at two times, so that names of open sizes mean the same on both, and a layer's name counts.
 * `net`: one is a published net, of which only counts what it computes, not how it was trained.
 */
export type Relation = 'times' | 'models' | 'net';

export function comparedRows(left: Compared, right: Compared, relation: Relation): readonly ComparedRow[] {
  const [ours, theirs] = relation === 'net' ? [computing(left.layers), computing(right.layers)] : [left.layers, right.layers];
  return align(ours, theirs).map((pair): ComparedRow => {
    const one = pair.left === undefined ? undefined : ours[pair.left];
    const other = pair.right === undefined ? undefined : theirs[pair.right];
    if (one && other) return bothRow(one, other, relation === 'times');
    return { ...(one && { left: one }), ...(other && { right: other }), state: one ? 'left' : 'right', changes: [] };
  });
}

const computing = (layers: readonly ComparedLayer[]): readonly ComparedLayer[] =>
  layers.map((layer) => ({ ...layer, options: withoutTraining(layer.options) }));

function bothRow(left: ComparedLayer, right: ComparedLayer, isSameProgram: boolean): ComparedRow {
  const options = optionChanges(left.options, right.options, isSameProgram);
  const isRenamed = isSameProgram && left.isNamed && right.isNamed && left.name !== right.name;
  const answers = [
    left.className === right.className && !isRenamed,
    ...options.map(({ isOpen }) => (isOpen ? undefined : false)),
    sameOutput(left.output, right.output, isSameProgram),
    sameCount(left.params, right.params, isSameProgram),
    sameCount(left.trainableParams, right.trainableParams, isSameProgram),
    sameCount(left.macs, right.macs, isSameProgram),
  ];
  const isFrozen = sameCount(left.trainableParams, right.trainableParams, isSameProgram) === false && left.params === right.params;
  return {
    left,
    right,
    state: answers.includes(false) ? 'changed' : answers.includes(undefined) ? 'open' : 'same',
    changes: [
      ...options.map((change) => showChange(change, [left.className, right.className])),
      ...(isRenamed ? ['name'] : []),
      ...(isFrozen ? [right.trainableParams === 0 ? 'frozen' : 'trainable'] : []),
    ],
  };
}

/** undefined where a formula is among them, unless both say the same of one program. */
export function sameCount(left: Count | undefined, right: Count | undefined, isSameProgram: boolean): boolean | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  // Both without a number of their own, as for a custom layer's cost: nothing is known to differ.
  if (left === undefined && right === undefined) return isSameProgram ? true : undefined;
  return isSameProgram && left === right && left !== UNKNOWN_SIZE ? true : undefined;
}

type Output = ComparedLayer['output'];

function sameOutput(left: Output, right: Output, isSameProgram: boolean): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left === 'multiple' || right === 'multiple') return left === right;
  const [ours, theirs] = [shapeList(left), shapeList(right)];
  if (ours.length !== theirs.length || ours.some((shape, index) => shape.length !== theirs[index]?.length)) return false;
  const answers = ours.flatMap((shape, index) => shape.map((dim, axis) => sameDim(dim, theirs[index]?.[axis], isSameProgram)));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function sameDim(left: Dim, right: Dim | undefined, isSameProgram: boolean): boolean | undefined {
  if (typeof left !== 'string' && typeof right !== 'string') return left === right;
  return isSameProgram && left === right && left !== UNKNOWN_SIZE ? true : undefined;
}
