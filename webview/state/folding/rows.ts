import type { StepInfo } from '../../engine/contract/program';
import type { Branch, Fold } from './tree';

/** One visible row of the list. */
export interface Row {
  /** A step's key, or `fold ` and a fold's id: no two rows have the same. */
  readonly id: string;
  readonly branch: Branch;
  /** 1 for rows that are in no fold. */
  readonly level: number;
  /** 1-based place among its siblings. */
  readonly position: number;
  readonly siblings: number;
  /** Of a fold. */
  readonly open: boolean;
}

/** Models with more layers begin folded. */
export const LARGE = 60;

export const rowIdOf = (branch: Branch): string => (branch.kind === 'layer' ? branch.step.key : `fold ${branch.id}`);

/** A step's name, or a fold's. */
export const nameOfRow = ({ branch }: Row): string => (branch.kind === 'layer' ? branch.step.name : branch.title);

/** The rows that are on the screen or would be if it were high enough. */
export const rowsOf = (branches: readonly Branch[], isOpen: (fold: Fold) => boolean, level = 1): Row[] =>
  branches.flatMap((branch, index) => {
    const open = branch.kind === 'fold' && isOpen(branch);
    const row = { id: rowIdOf(branch), branch, level, position: index + 1, siblings: branches.length, open };
    return open ? [row, ...rowsOf(branch.children, isOpen, level + 1)] : [row];
  });

/** One row a hit, whatever fold it is in. */
export const hitRows = (hits: readonly StepInfo[]): Row[] =>
  hits.map((step, index) => ({
    id: step.key,
    branch: { kind: 'layer', step },
    level: 1,
    position: index + 1,
    siblings: hits.length,
    open: false,
  }));

/** Folds around a step, outermost first. */
export const foldsAround = (branches: readonly Branch[], key: string): readonly Fold[] => {
  for (const branch of branches) {
    if (branch.kind === 'layer' || !branch.steps.some((step) => step.key === key)) continue;
    return [branch, ...foldsAround(branch.children, key)];
  }
  return [];
};

/** What a key does in the list. */
export type Move =
  | { readonly kind: 'to'; readonly index: number }
  | { readonly kind: 'fold'; readonly fold: Fold; readonly open: boolean }
  | { readonly kind: 'source'; readonly step: StepInfo };

/**
 * What `key` means for the row at `at`: arrows, Home, End and the page keys go through the rows; Right opens a fold or goes into it, Left closes it
 * or goes out of it; Enter goes to a layer's source, or opens and closes a fold. undefined for all other keys.
 *
 * @param page rows that fit on the screen
 */
export const moveBy = (key: string, rows: readonly Row[], at: number, page: number): Move | undefined => {
  const row = rows[at];
  const to = (index: number): Move => ({ kind: 'to', index: Math.max(0, Math.min(rows.length - 1, index)) });
  if (rows.length === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'PageDown':
      return to(at + Math.max(1, page));
    case 'PageUp':
      return to(at - Math.max(1, page));
    case 'ArrowRight':
      return row?.branch.kind === 'fold' && !row.open ? { kind: 'fold', fold: row.branch, open: true } : to(at + 1);
    case 'ArrowLeft':
      return leave(rows, at, to);
    case 'Enter':
      return row && enter(row);
    default:
      return undefined;
  }
};

const leave = (rows: readonly Row[], at: number, to: (index: number) => Move): Move => {
  const row = rows[at];
  if (row?.branch.kind === 'fold' && row.open) return { kind: 'fold', fold: row.branch, open: false };
  if (!row || row.level === 1) return to(at - 1);
  let parent = at;
  while (parent > 0 && (rows[parent]?.level ?? 0) >= row.level) parent--;
  return to(parent);
};

const enter = ({ branch, open }: Row): Move =>
  branch.kind === 'layer' ? { kind: 'source', step: branch.step } : { kind: 'fold', fold: branch, open: !open };

/** The next row, the present one last, whose name begins with what was typed; undefined where there is none. */
export const typeAhead = (typed: string, rows: readonly Row[], at: number): number | undefined => {
  const wanted = typed.toLowerCase();
  // One more letter may still mean the present row; the first one means another.
  const from = wanted.length > 1 ? at : at + 1;
  for (let k = 0; k < rows.length; k++) {
    const index = (from + k + rows.length) % rows.length;
    const row = rows[index];
    if (row && nameOfRow(row).toLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
};
