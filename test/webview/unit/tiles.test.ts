import assert from 'node:assert/strict';
import { layOut } from '../../../webview/draw/atlas';
import { allFrames, layoutOf } from '../../../webview/draw/layout';
import { choiceFor, filterLayout, kernelOf, viewsOf } from '../../../webview/engine/filters/kernels';
import { sheetOf } from '../../../webview/engine/filters/sheets';
import { hasFused } from '../../../webview/engine/maps/offers';
import { nextBands } from '../../../webview/state/bands';
import { nextZoom, restoreTiles, sortFor, USUAL_TILES } from '../../../webview/state/tileChoices';
import { pictureName } from '../../../webview/views/pictureFile';
import { cornerOf, placeUnder } from '../../../webview/views/maps/place';

const kernel = (className: string, name: string, shape: readonly number[]) => {
  const found = kernelOf(className, [{ name, shape }]);
  assert.ok(found, className);
  return found;
};

describe('filters as pictures', () => {
  it('find every value of every kernel once', () => {
    for (const [className, name, shape] of [
      ['Conv2D', 'kernel', [3, 2, 5, 7]],
      ['Conv2D', 'conv/kernel', [1, 1, 6, 4]],
      ['Conv2DTranspose', 'kernel', [3, 3, 4, 2]],
      ['DepthwiseConv2D', 'depthwise_kernel', [3, 3, 4, 2]],
      ['Conv1D', 'kernel', [5, 3, 4]],
    ] as const) {
      const found = kernel(className, name, shape);
      const reached = new Set<number>();
      for (let channel = 0; channel < found.inputs; channel++) {
        const layout = filterLayout(found, { view: 'channel', channel });
        for (let map = 0; map < layout.count; map++)
          for (let k = 0; k < layout.values; k++)
            reached.add(
              layout.offset +
                map * layout.mapStride +
                Math.floor(k / layout.width) * layout.rowStride +
                (k % layout.width) * layout.columnStride,
            );
      }
      const size = shape.reduce<number>((total, dim) => total * dim, 1);
      assert.equal(reached.size, size, className);
      assert.equal(Math.max(...reached), size - 1, className);
    }
  });

  it('are in colour where the inputs are three, whole where all can be seen, and norms elsewhere', () => {
    assert.deepEqual(viewsOf(kernel('Conv2D', 'kernel', [5, 5, 3, 8])), ['color', 'norm', 'channel']);
    assert.deepEqual(viewsOf(kernel('Conv2D', 'kernel', [5, 5, 1, 8])), ['whole']);
    assert.deepEqual(viewsOf(kernel('Conv2D', 'kernel', [3, 3, 64, 8])), ['norm', 'channel']);
    assert.deepEqual(viewsOf(kernel('Conv2D', 'kernel', [1, 1, 64, 8])), ['whole', 'norm', 'channel']);
    assert.deepEqual(choiceFor(kernel('Conv2D', 'kernel', [3, 3, 64, 8]), { view: 'color', channel: 99 }), { view: 'norm', channel: 63 });
    assert.equal(kernelOf('Dense', [{ name: 'kernel', shape: [3, 4] }]), undefined);
  });

  it('count all three colours in a filter’s figures', () => {
    const layout = allFrames(filterLayout(kernel('Conv2D', 'kernel', [5, 4, 3, 8]), { view: 'color', channel: 0 }));
    assert.deepEqual([layout.width, layout.values, layout.columnStride], [12, 60, 8]);
  });

  it('show matrices with inputs to the right and units down', () => {
    const sheet = sheetOf('Dense', 'dense/kernel', [84, 10]);
    assert.deepEqual([sheet?.layout.width, sheet?.layout.height, sheet?.layout.columnStride], [84, 10, 10]);
    assert.equal(sheet?.axes, '84 inputs to the right, 10 units down');
    assert.equal(sheetOf('LSTM', 'recurrent_kernel', [4, 16])?.axes, '4 states to the right, 4 gates of 4 units down');
  });
});

describe('any example and frame', () => {
  it('shift what is shown, not what figures are of', () => {
    const layout = layoutOf([2, 4, 8, 9, 3], false, 1, 2);
    assert.equal(layout.offset, (4 + 2) * 8 * 9 * 3);
    assert.equal(allFrames(layout).offset, 4 * 8 * 9 * 3);
    assert.equal(layoutOf([2, 10], false, 1).offset, 10);
    assert.equal(layoutOf([2, 10], false, 5).offset, 10, 'the last where there are not so many');
  });
});

describe('places on tiles', () => {
  const layout = layoutOf([1, 6, 5, 4]);
  const atlas = layOut({
    width: 5,
    height: 6,
    count: 4,
    limit: 64,
    zoomX: 4,
    zoomY: 4,
    reduce: 1,
    gapX: 8,
    gapY: 24,
    available: 60,
    maxSide: 8192,
  });

  it('are channel, row and column, whatever the order of the tiles', () => {
    const order = [2, 0, 3, 1];
    for (const [x, y, expected] of [
      [0, 0, { map: 2, row: 0, column: 0 }],
      [28 + 9, 23, { map: 0, row: 5, column: 2 }],
      [3, 48 + 4, { map: 3, row: 1, column: 0 }],
    ] as const) {
      assert.deepEqual(placeUnder({ atlas, layout }, order, 0, x, y), expected);
      const corner = cornerOf({ atlas }, order, expected);
      assert.ok(corner && x >= corner.x && x < corner.x + 4 && y >= corner.y && y < corner.y + 4);
    }
    assert.equal(placeUnder({ atlas, layout }, order, 0, 22, 0), undefined, 'between tiles');
    assert.equal(placeUnder({ atlas, layout }, order, 1, 0, 0), undefined, 'no such band');
    assert.deepEqual(placeUnder({ atlas, layout }, undefined, 0, 0, 0), { map: 0, row: 0, column: 0 });
  });
});

describe('choices of tiles', () => {
  it('are kept as far as they fit', () => {
    assert.deepEqual(restoreTiles({ zoom: 4, sort: 'dead', filters: 'none' }), { zoom: 4, sort: 'dead', filters: 'none' });
    assert.deepEqual(restoreTiles({ zoom: 3, sort: 'by name', filters: 7 }), USUAL_TILES);
    assert.deepEqual(restoreTiles(null), USUAL_TILES);
  });

  it('zoom in and out, and stop at either end', () => {
    assert.equal(nextZoom(undefined, 1), 1);
    assert.equal(nextZoom(8, 1), 8);
    assert.equal(nextZoom(1, -1), undefined);
    assert.equal(nextZoom(undefined, -1), undefined);
  });

  it('show the strongest first where not all maps are shown', () => {
    assert.equal(sortFor(USUAL_TILES, 64, 64), 'index');
    assert.equal(sortFor(USUAL_TILES, 256, 64), 'strength');
    assert.equal(sortFor({ ...USUAL_TILES, sort: 'dead' }, 8, 64), 'dead');
  });

  it('offer what was before an activation only where it is fused', () => {
    assert.deepEqual(
      [hasFused('Conv2D', 'relu'), hasFused('Conv2D', 'linear'), hasFused('LSTM', 'tanh'), hasFused('Activation', 'relu')],
      [true, false, false, false],
    );
  });

  it('draw the band that comes into sight and the one below it, once', () => {
    const bands = Array.from({ length: 4 }, () => ({ first: 0, count: 1, width: 1, height: 1 }));
    const atlas = {
      ...layOut({ width: 1, height: 1, count: 1, limit: 1, zoomX: 1, zoomY: 1, reduce: 1, gapX: 0, gapY: 0, available: 9, maxSide: 9 }),
      bands,
    };
    assert.deepEqual(nextBands({ atlas, drawn: [0, 1] }, 2), [2, 3]);
    assert.deepEqual(nextBands({ atlas, drawn: [0, 1] }, 1), []);
    assert.deepEqual(nextBands({ atlas, drawn: [0, 1, 2] }, 3), [3]);
  });

  it('name a picture’s file by letters and digits alone', () => {
    assert.equal(pictureName('createLeNet', '../c1 Maps'), 'createLeNet-c1-Maps.png');
    assert.equal(pictureName('', '//'), 'picture.png');
  });
});
