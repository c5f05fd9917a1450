import type { JSX } from 'preact';
import { usePanel } from '../../context';
import { showSizes } from '../../words';
import { Thumb } from '../Thumb';
import { FoldMarks, Marks } from '../Marks';
import { foldCounts, foldText, lastOf, layerText, shownIn, stateOf } from '../words';
import type { Box } from './layout';

export const boxElement = (id: string): string => `box-${id}`;

interface BoxProps {
  readonly box: Box;
  readonly position: number;
  readonly count: number;
  readonly current: boolean;
  readonly selected: boolean;
  /** True where what is searched for is in it. */
  readonly hit: boolean;
  readonly choose: () => void;
  /** A double click, or a click on a closed fold. */
  readonly enter: () => void;
  /** Closes an open fold. */
  readonly close: () => void;
}

/** A layer or a fold in the graph. */
export const BoxView = (props: BoxProps): JSX.Element => {
  const { box, position, count } = props;
  const place = {
    id: boxElement(box.id),
    role: 'option' as const,
    'aria-posinset': position,
    'aria-setsize': count,
    style: { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` },
  };
  return box.branch.kind === 'layer' ? <LayerBox {...props} place={place} /> : <FoldBox {...props} place={place} />;
};

type Placed = BoxProps & { readonly place: JSX.IntrinsicElements['div'] };

const LayerBox = ({ box, place, current, selected, hit, choose, enter }: Placed): JSX.Element | null => {
  const { rows } = usePanel().store;
  if (box.branch.kind !== 'layer') return null;
  const { step } = box.branch;
  const ran = rows.value.get(step.key);
  return (
    <div
      {...place}
      class={`box ${stateOf(step, ran)}${current ? ' current' : ''}${hit ? ' hit' : ''}`}
      aria-selected={selected}
      aria-label={layerText(step, ran)}
      data-layer={step.name}
      data-key={step.key}
      onClick={choose}
      onDblClick={enter}
    >
      <span class="box-line">
        <span class="box-name" title={step.name}>
          {step.name}
        </span>
        <span class="box-shape">{step.shape ? showSizes(step.shape) : (step.read?.shape ?? '?')}</span>
      </span>
      <span class="box-class" title={step.className}>
        {step.className}
        <Marks step={step} />
      </span>
      <Thumb ran={ran} />
    </div>
  );
};

const FoldBox = ({ box, place, current, hit, enter, close }: Placed): JSX.Element | null => {
  const { rows } = usePanel().store;
  if (box.branch.kind !== 'fold') return null;
  const fold = box.branch;
  const shown = shownIn(fold, rows.value);
  return (
    <div
      {...place}
      class={`box fold-box${box.open ? ' open' : ''}${current ? ' current' : ''}${hit ? ' hit' : ''}`}
      aria-selected={false}
      aria-label={`${foldText(fold)}, ${box.open ? 'open' : 'folded'}`}
      data-fold={fold.title}
      onClick={box.open ? undefined : enter}
    >
      {box.open ? (
        <span class="box-title" onClick={close} title={`Fold ${fold.title}`}>
          <span class="chevron" aria-hidden="true" />
          {fold.title}
        </span>
      ) : (
        <>
          <span class="box-line">
            <span class="box-name" title={fold.title}>
              <span class="chevron" aria-hidden="true" />
              {fold.title}
            </span>
            <span class="box-shape">{showSizes(lastOf(fold)?.shape)}</span>
          </span>
          <span class="box-class" title={foldCounts(fold)}>
            {foldCounts(fold)}
            <FoldMarks steps={fold.steps} />
          </span>
          <Thumb ran={shown && rows.value.get(shown.key)} />
        </>
      )}
    </div>
  );
};
