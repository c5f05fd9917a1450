import type { Shape } from '../shape';
import { pieces, stagesOf, tokenOf, type Item } from './repeats';
import { titleOf } from './titles';

/** What folding needs to know of a layer in its place among the others. */
export interface Step {
  /** Unique among the steps; where it is in nested models it begins with their names, `NAME@APPLICATION/` each. */
  readonly key: string;
  readonly name: string;
  /** Names of the nested models that it is in, outermost first. */
  readonly path: readonly string[];
  /** Call lines that led to it, outermost first. */
  readonly callPath: readonly string[];
  /** The line that made it; undefined for layers that TensorFlow.js adds itself. */
  readonly site: { readonly id: string } | undefined;
  /** Batch first; undefined where it is not known. */
  readonly shape: Shape | undefined;
}

export interface Leaf<S extends Step> {
  readonly kind: 'layer';
  readonly step: S;
}

/** Layers that belong together and can be folded into one row or box: neighbours in the order in which they run, so that edges between folds form no cycle. */
export interface Fold<S extends Step> {
  readonly kind: 'fold';
  /** Stays the same while layers elsewhere come and go. */
  readonly id: string;
  /** A nested model's name, else what the names of its layers begin with. */
  readonly title: string;
  /** A nested model, the layers that one call or round of a loop made, or several such blocks at one size. */
  readonly of: 'model' | 'block' | 'stage';
  readonly children: readonly Branch<S>[];
  /** Steps in it, folds unfolded; at least one. */
  readonly steps: readonly S[];
}

export type Branch<S extends Step> = Leaf<S> | Fold<S>;

/** Fewer layers than this are not worth a fold. */
const FEWEST = 3;

/**
 * The steps as a tree: nested models, and what the source made again and again (helpers that are called many times, loops), as its call lines
 * and sites tell. In a stage stand neighbouring blocks whose outputs have one size.
 */
export const treeOf = <S extends Step>(steps: readonly S[]): readonly Branch<S>[] => withIds(grow(steps, 0));

const leaf = <S extends Step>(step: S): Leaf<S> => ({ kind: 'layer', step });

const stepsOf = <S extends Step>(branches: readonly Branch<S>[]): readonly S[] =>
  branches.flatMap((branch) => (branch.kind === 'layer' ? [branch.step] : branch.steps));

const fold = <S extends Step>(of: Fold<S>['of'], children: readonly Branch<S>[], title?: string): Fold<S> => {
  const steps = stepsOf(children);
  return { kind: 'fold', id: '', of, children, steps, title: title ?? titleOf(steps.map((step) => step.name)) };
};

/** Steps of one model, whose nested models lie at `depth` of their paths. */
const grow = <S extends Step>(steps: readonly S[], depth: number): readonly Branch<S>[] => {
  const items: Item<Branch<S>>[] = [];
  for (let at = 0; at < steps.length;) {
    const step = steps[at];
    if (!step) break;
    const instance = instanceOf(step, depth);
    if (instance === undefined) {
      items.push({ value: leaf(step), size: sizeOf(step), calls: step.callPath, site: step.site?.id ?? step.key });
      at++;
      continue;
    }
    let end = at + 1;
    while (end < steps.length && instanceOf(steps[end] ?? step, depth) === instance) end++;
    const inner = steps.slice(at, end);
    const last = inner[inner.length - 1] ?? step;
    items.push({
      value: fold('model', grow(inner, depth + 1), step.path[depth]),
      size: sizeOf(last),
      calls: [],
      site: `model ${step.path[depth] ?? ''}`,
    });
    at = end;
  }
  return byCalls(items, 0);
};

/** The part of a step's key that names the application of the nested model at `depth`; undefined where the step is in none so deep. */
const instanceOf = ({ key, path }: Step, depth: number): string | undefined => {
  if (path.length <= depth) return undefined;
  let at = 0;
  // Names may hold any character, also the ones that keys are put together with.
  for (const name of path.slice(0, depth + 1)) {
    const rest = /^@\d+\//.exec(key.slice(at + name.length));
    if (!key.startsWith(name, at) || !rest) return path.slice(0, depth + 1).join('/');
    at += name.length + rest[0].length;
  }
  return key.slice(0, at);
};

/** Height and width of a map, or the whole shape of what is none: what neighbouring blocks have in common in a stage. */
const sizeOf = ({ shape }: Step): string => (shape?.length === 4 ? shape.slice(1, 3) : (shape ?? [])).join('×');

/** Groups what one call line made, and what the rounds of a loop made; `depth` counts the call lines that all of the items share. */
const byCalls = <S extends Step>(items: readonly Item<Branch<S>>[], depth: number): readonly Branch<S>[] => {
  const entries: Item<readonly Branch<S>[]>[] = [];
  for (let at = 0; at < items.length;) {
    const first = items[at];
    if (!first) break;
    const call = first.calls[depth];
    let end = at + 1;
    if (call !== undefined) while (items[end]?.calls[depth] === call) end++;
    const run = items.slice(at, end);
    const whole = run.length === items.length;
    const made = call === undefined ? [first.value] : oneCall(run, depth + 1, whole);
    const last = run[run.length - 1] ?? first;
    entries.push({ value: made, size: last.size, calls: [], site: call ?? first.site });
    at = end;
  }
  return loops(entries);
};

/** What one call line made: a fold, or several where the line was reached many times. `whole`: there is nothing beside it. */
const oneCall = <S extends Step>(run: readonly Item<Branch<S>>[], depth: number, whole: boolean): readonly Branch<S>[] => {
  const rounds = pieces(run, (item) => tokenOf(item, depth));
  if (rounds.length < 2) {
    const inner = byCalls(run, depth);
    return whole || run.length < FEWEST ? inner : [folded('block', inner)];
  }
  const blocks = rounds.map((round) => ({ round, branches: byCalls(round, depth) }));
  if (blocks.every(({ branches }) => stepsOf(branches).length < FEWEST)) return blocks.flatMap(({ branches }) => branches);
  return inStages(
    blocks.map(({ round, branches }) => ({ branch: blockOf(branches), size: round[round.length - 1]?.size ?? '' })),
    whole,
  );
};

/** Rounds of a loop in one function, whose lines were reached again and again without a call between. */
const loops = <S extends Step>(entries: readonly Item<readonly Branch<S>[]>[]): readonly Branch<S>[] => {
  const times = new Map<string, number>();
  for (const { site } of entries) times.set(site, (times.get(site) ?? 0) + 1);
  const repeats = (entry: Item<readonly Branch<S>[]> | undefined): boolean => (times.get(entry?.site ?? '') ?? 0) > 1;
  const branches: Branch<S>[] = [];
  for (let at = 0; at < entries.length;) {
    let end = at;
    while (end < entries.length && repeats(entries[end])) end++;
    const run = entries.slice(at, Math.max(end, at + 1));
    branches.push(...rounds(run, run.length === entries.length));
    at += run.length;
  }
  return branches;
};

const rounds = <S extends Step>(run: readonly Item<readonly Branch<S>[]>[], whole: boolean): readonly Branch<S>[] => {
  const found = pieces(run, ({ site }) => site);
  const all = found.map((round) => ({ branches: round.flatMap(({ value }) => value), size: round[round.length - 1]?.size ?? '' }));
  if (all.length < 2 || all.every(({ branches }) => stepsOf(branches).length < FEWEST)) return run.flatMap(({ value }) => value);
  return inStages(
    all.map(({ branches, size }) => ({ branch: blockOf(branches), size })),
    whole,
  );
};

/** A fold, or the only branch itself where that is a fold already. */
const folded = <S extends Step>(of: Fold<S>['of'], branches: readonly Branch<S>[]): Branch<S> => {
  const [only, ...more] = branches;
  return only && more.length === 0 ? only : fold(of, branches);
};

/** What one round made; one or two layers stay as they are. */
const blockOf = <S extends Step>(branches: readonly Branch<S>[]): readonly Branch<S>[] =>
  stepsOf(branches).length < FEWEST ? branches : [folded('block', branches)];

/** Several blocks at one size are a stage, unless there is nothing but them. */
const inStages = <S extends Step>(
  blocks: readonly { readonly branch: readonly Branch<S>[]; readonly size: string }[],
  whole: boolean,
): readonly Branch<S>[] => {
  const stages = stagesOf(blocks, ({ size }) => size);
  if (stages.length === 1 && whole) return blocks.flatMap(({ branch }) => branch);
  return stages.flatMap((stage) => {
    const branches = stage.flatMap(({ branch }) => branch);
    return stage.length > 1 && stepsOf(branches).length >= FEWEST ? [folded('stage', branches)] : branches;
  });
};

/** Ids from titles; of several folds with one title in one place, the second has a number. */
const withIds = <S extends Step>(branches: readonly Branch<S>[], parent = ''): readonly Branch<S>[] => {
  const taken = new Map<string, number>();
  return branches.map((branch) => {
    if (branch.kind === 'layer') return branch;
    const count = (taken.get(branch.title) ?? 0) + 1;
    taken.set(branch.title, count);
    const id = `${parent}/${branch.title}${count > 1 ? `~${count}` : ''}`;
    return { ...branch, id, children: withIds(branch.children, id) };
  });
};
