import type { Machine } from '../machine';
import { common, type Literal } from '../state/assumptions';
import { choose } from '../state/choose';
import type { Delta } from '../state/journal';
import type { Value } from '../values/values';

/** How a statement ended, other than by going on to the next. */
export type Abrupt =
  | { readonly type: 'return'; readonly value: Value }
  | { readonly type: 'break'; readonly label: string | undefined }
  | { readonly type: 'continue'; readonly label: string | undefined };

/** The sides of an unknown condition ended differently: none of them is in force yet. */
export interface Split {
  readonly type: 'split';
  readonly sides: readonly Side[];
}

export interface Side {
  readonly literals: readonly Literal[];
  readonly completion: Abrupt | undefined;
  readonly delta: Delta;
}

/** undefined: the statement ended normally. */
export type Completion = Abrupt | Split | undefined;

const kindOf = (completion: Abrupt | undefined): string => {
  if (!completion) return 'normal';
  return completion.type === 'return' ? 'return' : `${completion.type} ${completion.label ?? ''}`;
};

/**
 * Joins sides that end alike. One kind of end: it is put in force and returned. Several: a Split with one side a kind.
 */
export function settleSides(m: Machine, sides: readonly Side[]): Completion {
  const groups = new Map<string, Side[]>();
  for (const side of sides) {
    const kind = kindOf(side.completion);
    groups.set(kind, [...(groups.get(kind) ?? []), side]);
  }
  const only = groups.size === 1 ? [...groups.values()][0] : undefined;
  if (only) {
    joinInto(m, only);
    return joinedCompletion(only);
  }
  return { type: 'split', sides: [...groups.values()].map((group) => oneSide(m, group)) };
}

function joinInto(m: Machine, group: readonly Side[]): void {
  const [first] = group;
  if (group.length === 1 && first) m.journal.apply(first.delta);
  else m.journal.join(group);
}

function joinedCompletion(group: readonly Side[]): Abrupt | undefined {
  const [first] = group;
  if (first?.completion?.type !== 'return') return first?.completion;
  return {
    type: 'return',
    value: choose(
      group.map(({ literals, completion }) => ({ literals, value: completion?.type === 'return' ? completion.value : undefined })),
    ),
  };
}

function oneSide(m: Machine, group: readonly Side[]): Side {
  const [first] = group;
  if (group.length === 1 && first) return first;
  m.journal.begin();
  joinInto(m, group);
  const delta = m.journal.end();
  return { literals: common(group.map((side) => side.literals)), completion: joinedCompletion(group), delta };
}
