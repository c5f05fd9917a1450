import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { readPanelFile } from '../engine/client';
import { usePanel } from './context';
import { Scores } from './Scores';
import { inputText } from './words';

const SIDE = 32;

/** What is fed in, what else could be, and what comes out. */
export const InputRow = (): JSX.Element | null => {
  const { store, controller } = usePanel();
  const built = store.built.value;
  if (!built || built.feeds.length === 0 || built.refused !== undefined) return null;
  const input = store.input.value;
  const reseed = (): void =>
    controller.setInput({ kind: 'random', seed: input.kind === 'random' ? input.seed + 1 : (store.settings.value?.seed ?? 0) });
  return (
    <section class="input" aria-label="Input and result">
      <div class="input-choice">
        <div class="input-text">
          <span class="caption">Input</span> {inputText(built, input)}
        </div>
        <div class="input-buttons">
          {built.takesDigit && (
            <Digits
              chosen={input.kind === 'digit' ? input.digit : undefined}
              choose={(digit) => controller.setInput({ kind: 'digit', digit })}
            />
          )}
          <button class="button" type="button" onClick={reseed} aria-pressed={input.kind === 'random'}>
            {input.kind === 'random' ? 'Other random values' : 'Random values'}
          </button>
        </div>
      </div>
      <Scores />
    </section>
  );
};

interface DigitsProps {
  readonly chosen: number | undefined;
  readonly choose: (digit: number) => void;
}

/** The ten shipped drawings, to choose one; the arrow keys go from one to the next. */
const Digits = ({ chosen, choose }: DigitsProps): JSX.Element => {
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
          <Drawing values={drawings?.subarray(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE)} />
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
    const picture = context.createImageData(SIDE, SIDE);
    values.forEach((value, k) => picture.data.set([value, value, value, 255], k * 4));
    context.putImageData(picture, 0, 0);
  }, [values]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} aria-hidden="true" />;
};
