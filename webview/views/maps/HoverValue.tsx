import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MapPlace, Picture } from '../../engine/contract/picture';
import { usePanel } from '../context';
import { showValue } from '../words';
import { placeUnderMouse } from './place';

/** How long the mouse must rest before a value is read, milliseconds. */
const REST = 60;

interface Hovered extends MapPlace {
  readonly x: number;
  readonly y: number;
}

/** The value under the mouse, in a small box beside it; read when the mouse rests. Moves nothing. */
export const useHoverValue = (
  picture: Picture | undefined,
): { readonly move: (event: MouseEvent) => void; readonly leave: () => void; readonly box: JSX.Element | null } => {
  const { drawing } = usePanel();
  const [at, setAt] = useState<Hovered | undefined>();
  const [value, setValue] = useState<number | undefined>();
  const order = drawing.figures.value?.order;
  useEffect(() => {
    setValue(undefined);
    if (!at) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      // A picture that changes meanwhile has no value here any more, which is nothing to complain about.
      void drawing.valueAt(at, controller.signal).then(
        (found) => !controller.signal.aborted && setValue(found),
        () => undefined,
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [at?.map, at?.row, at?.column, picture, drawing]);
  const move = (event: MouseEvent): void => {
    const canvas = event.target;
    const sorted = picture !== undefined && picture.sort !== 'index';
    if (!picture || !(canvas instanceof HTMLCanvasElement) || canvas.dataset['band'] === undefined || (sorted && !order))
      return setAt(undefined);
    const place = placeUnderMouse(picture, order, Number(canvas.dataset['band']), event, canvas);
    setAt(place && { ...place, x: event.clientX, y: event.clientY });
  };
  return { move, leave: () => setAt(undefined), box: at && picture ? <HoverBox at={at} value={value} picture={picture} /> : null };
};

const HoverBox = ({
  at,
  value,
  picture,
}: {
  readonly at: Hovered;
  readonly value: number | undefined;
  readonly picture: Picture;
}): JSX.Element => {
  const { kind, width, height } = picture.layout;
  const left = Math.min(at.x + 14, window.innerWidth - 220);
  const top = Math.min(at.y + 16, window.innerHeight - 28);
  const place =
    kind === 'strip'
      ? `unit ${at.row * width + at.column}`
      : kind === 'sequence'
        ? `step ${at.column} · feature ${at.row}`
        : `map ${at.map} · row ${at.row} of ${height} · column ${at.column} of ${width}`;
  return (
    <div class="hover-value" aria-hidden="true" data-control style={{ left: `${left}px`, top: `${top}px` }}>
      {place}: <b>{value === undefined ? '…' : showValue(value)}</b>
    </div>
  );
};
