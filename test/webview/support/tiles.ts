import type { Frame, Page } from 'playwright-core';
import type { Atlas, Band } from '../../../webview/draw/atlas';
import type { Layout } from '../../../webview/draw/layout';
import type { DrawnPicture } from '../pages/bench';

/** The tiles of the selected layer, decoded from the canvases on the screen: in a page of the panel's own, or in the frame that VS Code puts it into. */
export const decodeTiles = async (panel: Page | Frame): Promise<DrawnPicture> => {
  const bands = await panel.locator('.tiles canvas[data-band]').evaluateAll((canvases) =>
    (canvases as HTMLCanvasElement[]).map((canvas) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      context?.drawImage(canvas, 0, 0);
      const bytes = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      let binary = '';
      for (let from = 0; from < bytes.length; from += 8192) binary += String.fromCharCode(...bytes.subarray(from, from + 8192));
      return { width: canvas.width, height: canvas.height, data: btoa(binary), set: { ...canvas.dataset } };
    }),
  );
  const atlases = bands.map(({ set }) => JSON.parse(set['atlas'] ?? '{}') as Omit<Atlas, 'bands'> & Band);
  const [first] = atlases;
  if (!first) throw new Error('No tiles are shown.');
  const set = bands[0]?.set ?? {};
  return {
    key: set['key'] ?? '',
    layout: JSON.parse(set['layout'] ?? '{}') as Layout,
    look: { scale: set['scale'] === 'own' ? 'own' : 'shared', map: 'auto' },
    atlas: { ...first, bands: atlases },
    bands,
  };
};
