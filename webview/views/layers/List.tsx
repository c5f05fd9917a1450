import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { moveBy, rowIdOf, typeAhead, type Row } from '../../state/folding/rows';
import { usePanel } from '../context';
import { showParams, showSizes } from '../words';
import { FoldRow, LayerRow, rowElement } from './Rows';
import { useInSight } from './useInSight';
import { useNarrow } from './useNarrow';
import { useVirtual } from './useVirtual';
import { foldParams } from './words';

/** CSS pixels of a row, and of a column of the strip. */
const ROW = 40;
const COLUMN = 124;
/** Letters that follow within this time belong to one word, milliseconds. */
const WORD_PAUSE = 700;

/** All layers in the order in which they run, folded; keys go through them, Enter moves the caret to the layer's line. */
export const List = (): JSX.Element => {
  const { store, controller, layers } = usePanel();
  const frame = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const narrow = useNarrow();
  const rows = layers.rows.value;
  const selected = store.selected.value;
  const isTree = rows.some(({ branch }) => branch.kind === 'fold');
  const at = currentRow(rows, layers.fold.value, selected);
  const current = rows[at];
  const { items, total, page, show } = useVirtual(frame, {
    count: rows.length,
    size: narrow ? COLUMN : ROW,
    horizontal: narrow,
    keep: at,
  });
  useEffect(() => {
    if (at >= 0) show(at);
    // Only where the keyboard or the caret went elsewhere: rows that come and go above scroll nothing.
  }, [current?.id, narrow]);
  useColumns(frame);
  useInSight(items.flatMap(({ index }) => picturedOf(rows[index])));
  const go = (row: Row | undefined): void => {
    if (!row) return;
    if (row.branch.kind === 'fold') layers.fold.value = row.id;
    else controller.choose(row.branch.step.key, false);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && layers.searching.value) layers.query.value = '';
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveBy(event.key, rows, Math.max(0, at), page);
    if (!move) return letter(event);
    event.preventDefault();
    if (move.kind === 'to') go(rows[move.index]);
    else if (move.kind === 'source') controller.choose(move.step.key, true);
    else {
      layers.fold.value = rowIdOf(move.fold);
      layers.setOpen([move.fold], move.open);
    }
  };
  const letter = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.key === ' ') return;
    const now = event.timeStamp;
    const text = now - typed.current.at < WORD_PAUSE ? typed.current.text + event.key : event.key;
    typed.current = { text, at: now };
    const found = typeAhead(text, rows, at);
    if (found !== undefined) go(rows[found]);
  };
  const slowest = Math.max(0, ...[...store.rows.value.values()].map(({ milliseconds }) => milliseconds));
  return (
    <div class="layer-scroll" ref={frame}>
      <div
        class="layer-list"
        role={isTree ? 'tree' : 'listbox'}
        aria-label="Layers"
        aria-activedescendant={current && rowElement(current.id)}
        aria-orientation={narrow ? 'horizontal' : 'vertical'}
        tabIndex={0}
        style={narrow ? { width: `${total}px`, height: '' } : { height: `${total}px`, width: '' }}
        onKeyDown={press}
      >
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const { branch } = row;
          const shared = { row, slowest, rows: store.rows.value, place: placeOf(row, rows.length, index, isTree, narrow, start) };
          return branch.kind === 'layer' ? (
            <LayerRow
              key={row.id}
              {...shared}
              step={branch.step}
              selected={branch.step.key === selected}
              choose={(focus) => controller.choose(branch.step.key, focus)}
            />
          ) : (
            <FoldRow
              key={row.id}
              {...shared}
              fold={branch}
              current={row.id === current?.id}
              holds={branch.steps.some((step) => step.key === selected)}
              toggle={() => {
                layers.fold.value = row.id;
                layers.setOpen([branch], !row.open);
              }}
            />
          );
        })}
      </div>
      {layers.searching.value && rows.length === 0 && <p class="no-hits">No layer has this in its name, class, shape or line.</p>}
    </div>
  );
};

/** The row that the keyboard is on: a fold, the selected layer, or the closed fold that it is in; -1 where there is none. */
const currentRow = (rows: readonly Row[], fold: string | undefined, selected: string | undefined): number => {
  const onFold = fold === undefined ? -1 : rows.findIndex((row) => row.id === fold);
  if (onFold >= 0) return onFold;
  const onLayer = rows.findIndex((row) => row.id === selected);
  if (onLayer >= 0) return onLayer;
  return rows.findIndex(({ branch }) => branch.kind === 'fold' && branch.steps.some((step) => step.key === selected));
};

/** What of a row has a picture: an open fold has none. */
const picturedOf = (row: Row | undefined): readonly Row['branch'][] => (!row || row.open ? [] : [row.branch]);

const placeOf = (
  row: Row,
  count: number,
  index: number,
  isTree: boolean,
  narrow: boolean,
  start: number,
): JSX.IntrinsicElements['div'] => ({
  role: isTree ? 'treeitem' : 'option',
  ...(isTree ? { 'aria-level': row.level } : {}),
  'aria-setsize': isTree ? row.siblings : count,
  'aria-posinset': isTree ? row.position : index + 1,
  style: { transform: narrow ? `translateX(${start}px)` : `translateY(${start}px)` },
});

/** Columns are as wide as their longest text, so that shapes and counts stand one below the other in rows that know nothing of one another. */
const useColumns = (frame: { readonly current: HTMLElement | null }): void => {
  const { layers } = usePanel();
  const steps = layers.steps.value;
  const branches = layers.branches.value;
  useLayoutEffect(() => {
    const longest = (texts: readonly (string | undefined)[]): string => String(Math.max(1, ...texts.map((text) => text?.length ?? 0)));
    frame.current?.style.setProperty('--shape-letters', longest(steps.flatMap((step) => [showSizes(step.shape), step.read?.shape])));
    const folds = branches.flatMap((branch) => (branch.kind === 'fold' ? [foldParams(branch)] : []));
    frame.current?.style.setProperty('--params-letters', longest([...steps.map(showParams), ...folds]));
  }, [steps, branches]);
};
