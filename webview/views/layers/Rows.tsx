import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import type { LayerRan } from '../../engine/contract/run';
import type { Row } from '../../state/folding/rows';
import type { Fold } from '../../state/folding/tree';
import { showParams, showSizes, showTime } from '../words';
import { FoldMarks, Marks } from './Marks';
import { Thumb } from './Thumb';
import { foldCounts, foldParams, foldText, foldTime, lastOf, layerText, shownIn, stateOf } from './words';

export const rowElement = (id: string): string => `layer-${id}`;

interface Shared {
  readonly row: Row;
  /** Attributes that place the row, in the list and in the tree. */
  readonly place: JSX.IntrinsicElements['div'];
  readonly rows: ReadonlyMap<string, LayerRan>;
  /** The longest time of a layer, milliseconds. */
  readonly slowest: number;
}

interface LayerRowProps extends Shared {
  readonly step: StepInfo;
  readonly selected: boolean;
  readonly choose: (focus: boolean) => void;
}

export const LayerRow = ({ row, place, rows, slowest, step, selected, choose }: LayerRowProps): JSX.Element => {
  const ran = rows.get(step.key);
  const state = stateOf(step, ran);
  const runs = state === 'runs';
  const stop = ran?.stop ?? step.stop;
  // In a fold of a nested model the model's name is said by the fold.
  const path = row.level === 1 ? step.path : [];
  return (
    <div
      {...place}
      id={rowElement(row.id)}
      class={`row ${state}`}
      aria-selected={selected}
      aria-label={layerText(step, ran)}
      data-layer={step.name}
      data-key={step.key}
      onClick={() => choose(false)}
      onDblClick={() => choose(true)}
    >
      <span class="row-line" data-level={Math.min(row.level, 5)}>
        <span class="row-name" title={[...path, step.name].join(' / ')}>
          {path.length > 0 && <span class="row-path">{path.join(' / ')} / </span>}
          {step.name}
        </span>
        <span class="row-shape">{runs ? showSizes(step.shape) : step.read?.shape}</span>
      </span>
      <span class="row-line" data-level={Math.min(row.level, 5)}>
        <span class="row-class" title={step.className}>
          {step.className}
          <Marks step={step} />
        </span>
        <span class="row-params">{runs ? (step.className === 'InputLayer' ? '' : showParams(step)) : step.read?.params}</span>
      </span>
      {runs ? (
        <>
          <span class="row-maps" data-kind={step.layout?.kind}>
            <Thumb ran={ran} />
          </span>
          <Time milliseconds={ran?.milliseconds ?? 0} slowest={slowest} />
        </>
      ) : (
        <span class="row-stop" title={stop}>
          {stop === undefined ? 'not reached' : 'did not run'}
        </span>
      )}
    </div>
  );
};

interface FoldRowProps extends Shared {
  readonly fold: Fold;
  /** True where the selected layer is in it. */
  readonly holds: boolean;
  readonly current: boolean;
  readonly toggle: () => void;
}

export const FoldRow = ({ row, place, rows, slowest, fold, holds, current, toggle }: FoldRowProps): JSX.Element => {
  const last = lastOf(fold);
  const shown = shownIn(fold, rows);
  return (
    <div
      {...place}
      id={rowElement(row.id)}
      class={`row fold-row${current ? ' current' : ''}${holds && !row.open ? ' holds' : ''}`}
      aria-selected={false}
      aria-expanded={row.open}
      aria-label={foldText(fold)}
      data-fold={fold.title}
      onClick={toggle}
    >
      <span class="row-line" data-level={Math.min(row.level, 5)}>
        <span class="row-name" title={fold.title}>
          <span class="chevron" aria-hidden="true" />
          {fold.title}
        </span>
        <span class="row-shape">{showSizes(last?.shape)}</span>
      </span>
      <span class="row-line" data-level={Math.min(row.level, 5)}>
        <span class="row-class" title={foldCounts(fold)}>
          {foldCounts(fold)}
          <FoldMarks steps={fold.steps} />
        </span>
        <span class="row-params">{foldParams(fold)}</span>
      </span>
      <span class="row-maps" data-kind={shown?.layout?.kind}>
        {!row.open && <Thumb ran={shown && rows.get(shown.key)} />}
      </span>
      <Time milliseconds={foldTime(fold, rows)} slowest={slowest} />
    </div>
  );
};

/** A time, and beneath it a faint bar as long as its part of the slowest layer's. */
const Time = ({ milliseconds, slowest }: { readonly milliseconds: number; readonly slowest: number }): JSX.Element => (
  <span class="row-time">
    {milliseconds > 0 && (
      <>
        {showTime(milliseconds)}
        <span class="time-part" style={{ width: `${Math.min(100, Math.round((100 * milliseconds) / Math.max(1e-9, slowest)))}%` }} />
      </>
    )}
  </span>
);
