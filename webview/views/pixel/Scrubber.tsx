import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import type { ChosenPixel } from '../../state/pixel';
import { usePanel } from '../context';
import { axisNames } from './words';

/** Slides the window over the map: one slider a direction, and one for the maps. Only the newest place is computed. */
export const Scrubber = ({ step, chosen }: { readonly step: StepInfo; readonly chosen: ChosenPixel }): JSX.Element | null => {
  const { pixel } = usePanel();
  const { layout } = step;
  if (!layout) return null;
  const names = axisNames(layout);
  return (
    <div class="scrubber">
      <Slider label={names.map} value={chosen.map} count={layout.count} change={(map) => pixel.place({ map })} />
      <Slider label={names.row} value={chosen.row} count={layout.height} change={(row) => pixel.place({ row })} />
      <Slider label={names.column} value={chosen.column} count={layout.width} change={(column) => pixel.place({ column })} />
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
      <span>{label}</span>
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
