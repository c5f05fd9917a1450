import { useEffect, useState } from 'preact/hooks';
import type { ChosenPixel } from '../../state/pixel';
import { usePanel } from '../context';
import { useMedia } from '../useMedia';

/** How long a place is looked at before the window slides on, milliseconds; longer where the device is slower. */
const PACE = 160;

export interface Playing {
  readonly playing: boolean;
  /** False for those who want nothing to move by itself. */
  readonly mayPlay: boolean;
  readonly play: () => void;
  readonly stop: () => void;
}

/** Slides the window over its map, row by row, from where it is to the end; from the beginning where it is at the end. */
export const usePlaying = (chosen: ChosenPixel): Playing => {
  const { pixel } = usePanel();
  const [playing, setPlaying] = useState(false);
  const { loading } = pixel.report.state.value;
  const mayPlay = !useMedia('(prefers-reduced-motion: reduce)');
  useEffect(() => setPlaying(false), [chosen.key]);
  useEffect(() => {
    if (!playing || loading) return undefined;
    const timer = setTimeout(() => {
      if (!pixel.next()) setPlaying(false);
    }, PACE);
    return () => clearTimeout(timer);
  }, [playing, loading, chosen.map, chosen.row, chosen.column, pixel]);
  const play = (): void => {
    if (!pixel.next()) pixel.place({ row: 0, column: 0 });
    setPlaying(true);
  };
  return { playing, mayPlay, play, stop: () => setPlaying(false) };
};
