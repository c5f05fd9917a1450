import type { RefObject } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { Box, Drawing, Line, Point } from './layout';

/** Where the drawing's corner is in the frame, CSS pixels, and how large a pixel of it is. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.1;
const MOST = 2.5;
/** Names cannot be read below this zoom, so a model is not made smaller by itself. */
const READABLE = 0.6;
const MARGIN = 16;
export const ZOOM_STEP = 1.2;

/** How far a shifted arrow key moves the picture, CSS pixels. */
export const PAN_STEP: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -60 },
  ArrowDown: { x: 0, y: 60 },
  ArrowLeft: { x: -60, y: 0 },
  ArrowRight: { x: 60, y: 0 },
};

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** As it is seen first: the whole width as far as that can be read, in the middle, from the top. */
export const opened = ({ width }: Pick<Drawing, 'width'>, frame: Size): View => {
  const zoom = clamp((frame.width - 2 * MARGIN) / Math.max(1, width), READABLE, 1);
  return { x: (frame.width - zoom * width) / 2, y: MARGIN, zoom };
};

/** The whole drawing, in the middle, from the top. */
export const fitted = ({ width, height }: Pick<Drawing, 'width' | 'height'>, frame: Size): View => {
  const whole = Math.min((frame.width - 2 * MARGIN) / Math.max(1, width), (frame.height - 2 * MARGIN) / Math.max(1, height));
  const zoom = clamp(whole, LEAST, 1);
  return { x: (frame.width - zoom * width) / 2, y: MARGIN, zoom };
};

/** Another zoom around a point of the frame, which stays where it is. */
export const zoomAt = (view: View, at: Point, factor: number): View => {
  const zoom = clamp(view.zoom * factor, LEAST, MOST);
  const by = zoom / view.zoom;
  return { zoom, x: at.x - by * (at.x - view.x), y: at.y - by * (at.y - view.y) };
};

export const stepZoom = (view: View, { width, height }: Size, factor: number): View =>
  zoomAt(view, { x: width / 2, y: height / 2 }, factor);

/** Moves the picture as little as needed for a box to be in the frame. */
export const shownBox = (box: Box, view: View, frame: Size): View => {
  const shift = (start: number, length: number, offset: number, room: number): number => {
    const low = offset + view.zoom * start;
    const high = low + view.zoom * length;
    if (low < MARGIN) return MARGIN - low;
    return high > room - MARGIN ? Math.max(room - MARGIN - high, MARGIN - low) : 0;
  };
  return {
    ...view,
    x: view.x + shift(box.x, box.width, view.x, frame.width),
    y: view.y + shift(box.y, box.height, view.y, frame.height),
  };
};

/** What can be seen of a drawing: the rest is not in the document. */
export const visible = (
  drawing: Drawing,
  view: View,
  frame: Size,
): { readonly boxes: ReadonlySet<Box>; readonly lines: readonly Line[] } => {
  const room = 200;
  const [left, top] = [(-view.x - room) / view.zoom, (-view.y - room) / view.zoom];
  const [right, bottom] = [(frame.width - view.x + room) / view.zoom, (frame.height - view.y + room) / view.zoom];
  const inside = (x0: number, y0: number, x1: number, y1: number): boolean => x0 <= right && x1 >= left && y0 <= bottom && y1 >= top;
  return {
    boxes: new Set(drawing.boxes.filter(({ x, y, width, height }) => inside(x, y, x + width, y + height))),
    lines: drawing.lines.filter(({ points }) => {
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
      return inside(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
    }),
  };
};

/** The picture is dragged with the pointer, moved with the wheel, and made larger and smaller with Ctrl and the wheel. */
export const usePanZoom = (
  frame: RefObject<HTMLDivElement | null>,
): { readonly view: View; readonly size: () => Size; readonly setView: (change: View | ((now: View) => View)) => void } => {
  const [view, setView] = useState<View>({ x: 0, y: 0, zoom: 1 });
  const [, resized] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = current.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      if (event.ctrlKey || event.metaKey) setView((now) => zoomAt(now, at, Math.exp(-event.deltaY / 300)));
      else setView((now) => ({ ...now, x: now.x - event.deltaX, y: now.y - event.deltaY }));
    };
    let from: Point | undefined;
    const down = (event: PointerEvent): void => {
      if (event.button === 0) from = { x: event.clientX, y: event.clientY };
    };
    const move = (event: PointerEvent): void => {
      if (!from || event.buttons === 0) return;
      const by = { x: event.clientX - from.x, y: event.clientY - from.y };
      // A click may tremble.
      if (!current.hasPointerCapture(event.pointerId) && Math.hypot(by.x, by.y) < 4) return;
      current.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY };
      setView((now) => ({ ...now, x: now.x + by.x, y: now.y + by.y }));
    };
    const up = (): void => (from = undefined);
    const observer = new ResizeObserver(() => resized(undefined));
    observer.observe(current);
    current.addEventListener('wheel', wheel, { passive: false });
    current.addEventListener('pointerdown', down);
    current.addEventListener('pointermove', move);
    current.addEventListener('pointerup', up);
    return () => {
      observer.disconnect();
      current.removeEventListener('wheel', wheel);
      current.removeEventListener('pointerdown', down);
      current.removeEventListener('pointermove', move);
      current.removeEventListener('pointerup', up);
    };
  }, [frame]);
  const size = (): Size => ({ width: frame.current?.clientWidth ?? 0, height: frame.current?.clientHeight ?? 0 });
  return { view, size, setView };
};
