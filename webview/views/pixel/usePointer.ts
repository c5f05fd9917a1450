import { cellUnder } from '../../draw/cells';
import type { Band } from '../../draw/atlas';
import type { Picture } from '../../engine/contract/picture';
import type { ChosenPixel } from '../../state/pixel';
import { usePanel } from '../context';

/** What a band of tiles listens to. */
export interface PointerHandlers {
  readonly onClick: (event: MouseEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
}

/**
 * Handlers for a canvas of tiles: a click chooses the value under it, pointing at one tells it.
 * @param order which map each tile shows, where the tiles are sorted
 */
export const usePointer = (picture: Picture, band: Band, order?: readonly number[]): PointerHandlers => {
  const { pixel } = usePanel();
  const under = (event: MouseEvent): ChosenPixel | undefined => {
    const { width } = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    const ratio = width > 0 ? band.width / width : window.devicePixelRatio;
    const cell = cellUnder(picture.atlas, band, picture.layout, event.offsetX * ratio, event.offsetY * ratio, order);
    return cell && { key: picture.key, ...cell };
  };
  return {
    onClick: (event) => {
      const found = under(event);
      if (found) pixel.choose(found);
    },
    onPointerMove: (event) => pixel.pointAt(under(event)),
    onPointerLeave: () => pixel.pointAt(undefined),
  };
};
