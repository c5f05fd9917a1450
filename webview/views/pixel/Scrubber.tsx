import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import type { ChosenPixel } from '../../state/pixel';
import { usePanel } from '../context';
import { Icon } from '../Icon';
import { usePlaying } from './usePlaying';
import { axisNames } from './words';

/** Slides the window over the map: by itself, step by step, or with one slider a direction. Only the newest place is computed. */
export const Scrubber = ({ step, chosen }: { readonly step: StepInfo; readonly chosen: ChosenPixel }): JSX.Element | null => {
  const { pixel } = usePanel();
  const { layout } = step;
  const { playing, mayPlay, play, stop } = usePlaying(chosen);
  if (!layout) return null;
  const names = axisNames(layout);
  return (
    <div class="scrubber">
      {layout.width * layout.height > 1 && (
        <span class="scrubber-play">
          {mayPlay && (
            <button
              type="button"
              class="tool"
              aria-label={playing ? 'Stop sliding' : 'Slide the window over the map'}
              title={playing ? 'Stop sliding' : 'Slide the window over the map'}
              onClick={playing ? stop : play}
            >
              <Icon name={playing ? 'pause' : 'play'} />
            </button>
          )}
          <button type="button" class="button" title="Slide the window one step further" onClick={() => (stop(), pixel.next())}>
            Step
          </button>
        </span>
      )}
      <Slider label={names.map} value={chosen.map} count={layout.count} change={(map) => pixel.place({ map })} />
      <Slider label={names.row} value={chosen.row} count={layout.height} change={(row) => (stop(), pixel.place({ row }))} />
      <Slider label={names.column} value={chosen.column} count={layout.width} change={(column) => (stop(), pixel.place({ column }))} />
    </div>
  );
};

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly count: number;
  readonly change: (value: number) => void;
}

const Slider = ({ label, value, count, change }: SliderProps): JSX.Element | null =>
  count < 2 ? null : (
    <label>
      <span>
        {label} <output>{value}</output>
      </span>
      <input
        type="range"
        min={0}
        max={count - 1}
        step={1}
        value={value}
        aria-label={label}
        onInput={(event) => change(Number(event.currentTarget.value))}
      />
    </label>
  );
