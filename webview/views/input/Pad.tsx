import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FeedInfo } from '../../engine/contract/input';
import type { PadPoint } from '../../engine/inputs/pad';
import { inkPixels, type Ink } from '../../state/sources';
import { showTime } from '../words';
import { usePanel } from '../context';

interface PadProps {
  readonly feed: FeedInfo;
  readonly ink: Ink;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A square to draw on: with the pointer, or with the arrow keys and the space bar, which puts the pen down and lifts it. */
export const Pad = ({ feed, ink }: PadProps): JSX.Element => {
  const { inputs } = usePanel();
  const unrun = inputs.unrun.value;
  const { side } = ink;
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<PadPoint | undefined>(undefined);
  const [pen, setPen] = useState({ x: side / 2, y: side / 2, down: false });
  useLayoutEffect(() => show(canvas.current, ink), [ink]);
  const placeOf = ({ clientX, clientY }: MouseEvent): PadPoint => {
    const { left, top, width, height } = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: ((clientX - left) / width) * side, y: ((clientY - top) / height) * side };
  };
  const put = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    canvas.current?.setPointerCapture(event.pointerId);
    last.current = placeOf(event);
    inputs.draw(feed, last.current, last.current, true);
  };
  const move = (event: PointerEvent): void => {
    if (!last.current) return;
    // A quick hand is seen at more places than the screen shows pictures.
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const next = placeOf(one);
      inputs.draw(feed, last.current, next, false);
      last.current = next;
    }
  };
  const lift = (): void => (last.current = undefined);
  const key = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (event.key === ' ') {
      event.preventDefault();
      setPen({ ...pen, down: !pen.down });
      if (!pen.down) inputs.draw(feed, pen, pen, true);
    } else if (step) {
      event.preventDefault();
      const inside = (at: number): number => Math.min(side - 0.5, Math.max(0.5, at));
      const next = { ...pen, x: inside(pen.x + step[0]), y: inside(pen.y + step[1]) };
      if (pen.down) inputs.draw(feed, pen, next, false);
      setPen(next);
    }
  };
  return (
    <div class="pad">
      <div class="pad-paper">
        <canvas
          ref={canvas}
          width={side}
          height={side}
          tabIndex={0}
          role="application"
          aria-label={`Drawing pad of ${feed.name}, ${side} by ${side}. Arrow keys move the pen; the space bar puts it down and lifts it. The pen is ${pen.down ? 'down' : 'up'}.`}
          onPointerDown={put}
          onPointerMove={move}
          onPointerUp={lift}
          onPointerCancel={lift}
          onKeyDown={key}
          onBlur={() => setPen({ ...pen, down: false })}
        />
        <span
          class={pen.down ? 'pad-pen down' : 'pad-pen'}
          aria-hidden="true"
          style={{ left: `${(100 * pen.x) / side}%`, top: `${(100 * pen.y) / side}%` }}
        />
      </div>
      <button class="button" type="button" onClick={() => inputs.clearDrawing(feed)}>
        Clear
      </button>
      {unrun !== undefined && (
        <button class="button" type="button" title="A run takes too long to follow the pen" onClick={() => inputs.runUnrun()}>
          Run what is drawn ({showTime(unrun)})
        </button>
      )}
    </div>
  );
};

const show = (canvas: HTMLCanvasElement | null, ink: Ink): void => {
  const { width, height, data } = inkPixels(ink);
  canvas?.getContext('2d')?.putImageData(new ImageData(Uint8ClampedArray.from(data), width, height), 0, 0);
};
