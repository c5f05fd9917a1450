import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { PART_LEAST, PART_MOST, PART_USUAL, partOf } from '../state/arranged';
import { usePanel } from './context';

/** How far an arrow key moves the line, as a share of the width. */
const STEP = 0.02;

/** The line between the layers and the selected one: it is drawn with the pointer or moved with the arrow keys; a double click puts it back. */
export const Divider = (): JSX.Element => {
  const { store, arrangement } = usePanel();
  const line = useRef<HTMLDivElement>(null);
  const part = partOf(store.arranged.value);
  const move = (to: number): void => arrangement.change({ part: Math.min(PART_MOST, Math.max(PART_LEAST, to)) });
  const drag = (event: PointerEvent): void => {
    const body = line.current?.parentElement?.getBoundingClientRect();
    if (body && line.current?.hasPointerCapture(event.pointerId)) move((event.clientX - body.left) / body.width);
  };
  const press = (event: KeyboardEvent): void => {
    const to = keyMove(event.key, part);
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  return (
    <div
      ref={line}
      class="divider"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the layers"
      aria-valuemin={Math.round(PART_LEAST * 100)}
      aria-valuemax={Math.round(PART_MOST * 100)}
      aria-valuenow={Math.round(part * 100)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={press}
      onDblClick={() => move(PART_USUAL)}
    />
  );
};

const keyMove = (key: string, part: number): number | undefined => {
  switch (key) {
    case 'ArrowLeft':
      return part - STEP;
    case 'ArrowRight':
      return part + STEP;
    case 'Home':
      return PART_LEAST;
    case 'End':
      return PART_MOST;
    default:
      return undefined;
  }
};
