import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { readPanelFile } from '../../engine/client';
import { DIGIT_SIDE } from '../../engine/inputs/digits';
import { usePanel } from '../context';

interface DigitsProps {
  readonly chosen: number | undefined;
  readonly choose: (digit: number) => void;
}

/** The ten shipped drawings, to choose one; the arrow keys go from one to the next. */
export const Digits = ({ chosen, choose }: DigitsProps): JSX.Element => {
  const { places } = usePanel();
  const [drawings, setDrawings] = useState<Uint8Array | undefined>();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void readPanelFile(places, 'assets/digits.bin').then((bytes) => setDrawings(new Uint8Array(bytes)));
  }, [places]);
  const move = (event: KeyboardEvent): void => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = ((chosen ?? 0) + step + 10) % 10;
    choose(next);
    (group.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="digits" role="radiogroup" aria-label="Drawn digit" ref={group} onKeyDown={move}>
      {Array.from({ length: 10 }, (_, digit) => (
        <button
          key={digit}
          type="button"
          class="digit"
          role="radio"
          aria-checked={digit === chosen}
          aria-label={`Digit ${digit}`}
          title={`Digit ${digit}`}
          tabIndex={digit === (chosen ?? 0) ? 0 : -1}
          onClick={() => choose(digit)}
        >
          <Drawing values={drawings?.subarray(digit * DIGIT_SIDE * DIGIT_SIDE, (digit + 1) * DIGIT_SIDE * DIGIT_SIDE)} />
        </button>
      ))}
    </div>
  );
};

const Drawing = ({ values }: { readonly values: Uint8Array | undefined }): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !values) return;
    const picture = context.createImageData(DIGIT_SIDE, DIGIT_SIDE);
    values.forEach((value, k) => picture.data.set([value, value, value, 255], k * 4));
    context.putImageData(picture, 0, 0);
  }, [values]);
  return <canvas ref={canvas} width={DIGIT_SIDE} height={DIGIT_SIDE} aria-hidden="true" />;
};
