import assert from 'node:assert/strict';
import { fit, layOut, tileCorner, type AtlasSpec } from '../../../webview/draw/atlas';
import { colorAt, colorTable, MAP_ROWS, NAN_COLOR, STEPS } from '../../../webview/draw/colorMaps';
import { allFrames, layoutOf, refolded, type Layout } from '../../../webview/draw/layout';
import { isFlat, placeOf, scaleOf } from '../../../webview/draw/scale';
import { thumbnail, tilesAtlas } from '../../../webview/draw/sizes';

const indexOf = (layout: Layout, map: number, row: number, column: number): number =>
  layout.offset + map * layout.mapStride + row * layout.rowStride + column * layout.columnStride;

describe('layout of values in pictures', () => {
  it('reads NHWC and NCHW', () => {
    const last = layoutOf([1, 28, 27, 6]);
    assert.deepEqual([last.kind, last.count, last.width, last.height], ['maps', 6, 27, 28]);
    assert.equal(indexOf(last, 5, 3, 2), (3 * 27 + 2) * 6 + 5);
    const first = layoutOf([1, 6, 28, 27], true);
    assert.deepEqual([first.count, first.width, first.height], [6, 27, 28]);
    assert.equal(indexOf(first, 5, 3, 2), (5 * 28 + 3) * 27 + 2);
  });

  it('draws sequences with steps to the right and features down', () => {
    const layout = layoutOf([1, 24, 16]);
    assert.deepEqual([layout.kind, layout.count, layout.width, layout.height], ['sequence', 1, 24, 16]);
    assert.equal(indexOf(layout, 0, 5, 7), 7 * 16 + 5);
  });

  it('shows the first frame of 5-D outputs, and counts them all', () => {
    for (const [shape, channelsFirst] of [
      [[1, 4, 8, 9, 3], false],
      [[1, 3, 4, 8, 9], true],
    ] as const) {
      const layout = layoutOf(shape, channelsFirst);
      assert.deepEqual([layout.count, layout.width, layout.height, layout.frames], [3, 9, 8, 4]);
      const all = allFrames(layout);
      const reached = new Set<number>();
      for (let map = 0; map < 3; map++) for (let k = 0; k < all.values; k++) reached.add(indexOf(all, map, Math.floor(k / 9), k % 9));
      assert.equal(reached.size, 4 * 8 * 9 * 3, 'each value once');
      assert.equal(Math.max(...reached), 4 * 8 * 9 * 3 - 1);
    }
  });

  it('folds vectors into rows of equal length and moves no value', () => {
    const layout = layoutOf([1, 400]);
    assert.deepEqual([layout.kind, layout.width, layout.height, layout.values], ['strip', 100, 4, 400]);
    const narrow = refolded(layoutOf([1, 120]), 96);
    assert.deepEqual([narrow.width, narrow.height], [60, 2]);
    assert.equal(indexOf(narrow, 0, 1, 3), 63);
    assert.deepEqual(layoutOf([1]).values, 1);
    assert.deepEqual(layoutOf([1, 1, 1, 120]), layoutOf([1, 120]), 'maps of one value each are a vector');
    assert.deepEqual([layoutOf([1, 131]).width, layoutOf([1, 131]).height], [66, 2]);
  });
});

const spec: AtlasSpec = {
  width: 28,
  height: 20,
  count: 6,
  limit: 64,
  zoomX: 4,
  zoomY: 4,
  reduce: 1,
  gapX: 8,
  gapY: 24,
  available: 400,
  maxSide: 8192,
};

describe('atlas', () => {
  it('fills the room with whole tiles', () => {
    const atlas = layOut(spec);
    assert.deepEqual(
      [atlas.tileWidth, atlas.tileHeight, atlas.pitchX, atlas.pitchY, atlas.columns, atlas.count],
      [112, 80, 120, 104, 3, 6],
    );
    assert.deepEqual(atlas.bands, [{ first: 0, count: 6, width: 352, height: 184 }]);
    assert.deepEqual(tileCorner(atlas, atlas.bands[0]!, 4), { x: 120, y: 104 });
  });

  it('draws at least one tile in a row', () => {
    assert.equal(layOut({ ...spec, available: 3 }).columns, 1);
  });

  it('cuts what is too tall into bands that lose and double no tile', () => {
    const atlas = layOut({ ...spec, count: 512, limit: 1000, maxSide: 1000 });
    assert.ok(atlas.bands.length > 1);
    let next = 0;
    for (const band of atlas.bands) {
      assert.equal(band.first, next);
      assert.ok(band.height <= 1000 && band.width <= 1000);
      const last = tileCorner(atlas, band, band.first + band.count - 1);
      assert.ok(last.x + atlas.tileWidth <= band.width && last.y + atlas.tileHeight <= band.height);
      next += band.count;
    }
    assert.equal(next, 512);
  });

  it('draws no more tiles than asked for', () => {
    const atlas = layOut({ ...spec, count: 512, limit: 64 });
    assert.equal(
      atlas.bands.reduce((sum, band) => sum + band.count, 0),
      64,
    );
  });

  it('magnifies by whole numbers, or takes means of whole blocks', () => {
    assert.deepEqual(fit(14, 32), { zoom: 2, reduce: 1 });
    assert.deepEqual(fit(32, 32), { zoom: 1, reduce: 1 });
    assert.deepEqual(fit(33, 32), { zoom: 1, reduce: 2 });
    assert.deepEqual(fit(224, 32), { zoom: 1, reduce: 7 });
  });
});

describe('sizes on the screen', () => {
  const tiles = (shape: readonly number[], width = 600, ratio = 1) => tilesAtlas(layoutOf(shape), { width, ratio }, 64, 16, 8192);

  it('shows all maps of LeNet-5 at four pixels a value', () => {
    for (const shape of [
      [1, 32, 32, 1],
      [1, 28, 28, 6],
      [1, 14, 14, 6],
      [1, 10, 10, 16],
      [1, 5, 5, 16],
    ]) {
      const { zoomX, zoomY, reduce } = tiles(shape);
      assert.deepEqual([zoomX, zoomY, reduce], [4, 4, 1], shape.join());
    }
  });

  it('shows 224×224 as it is, and single values as something to see', () => {
    assert.deepEqual([tiles([1, 224, 224, 64]).zoomX, tiles([1, 224, 224, 64]).reduce], [1, 1]);
    assert.ok(tiles([1, 2, 2, 512]).tileWidth >= 16);
  });

  it('never draws wider than the room, whatever the shape', () => {
    for (const shape of [
      [1, 28, 28, 6],
      [1, 500, 700, 3],
      [1, 4096],
      [1, 10],
      [1, 1],
      [1, 3000, 8],
      [1, 7, 900],
    ]) {
      for (const [width, ratio] of [
        [600, 1],
        [300, 1.5],
        [120, 2],
      ] as const) {
        const atlas = tiles(shape, width, ratio);
        assert.ok(atlas.bands[0]!.width <= width * ratio, `${shape.join()} in ${width}: ${atlas.bands[0]!.width}`);
        const small = thumbnail(layoutOf(shape), ratio, 8192);
        assert.ok(small.atlas.bands[0]!.width <= 96 * ratio + 1 && small.atlas.bands[0]!.height <= 32 * ratio + 1, shape.join());
      }
    }
  });
});

/** Lightness in Oklab of an sRGB colour. */
const lightness = ([r, g, b]: readonly number[]): number => {
  const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((part = 0) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
};

describe('colour maps', () => {
  const table = colorTable();
  const steps = (name: keyof typeof MAP_ROWS) => Array.from({ length: STEPS }, (_, k) => colorAt(table, name, k / (STEPS - 1)));

  it('grow lighter all the way from low to high', () => {
    for (const name of ['sequential', 'gray'] as const) {
      const light = steps(name).map(lightness);
      light.slice(1).forEach((value, k) => assert.ok(value >= light[k]! - 0.004, `${name} at step ${k}`));
      assert.ok(light.at(-1)! - light[0]! > 0.6);
    }
  });

  it('are equally light at equal distances from zero, dark in the middle', () => {
    const light = steps('diverging').map(lightness);
    for (let k = 0; k < STEPS / 2; k++) {
      assert.ok(Math.abs(light[k]! - light[STEPS - 1 - k]!) < 0.01, `step ${k}`);
      if (k > 0) assert.ok(light[k]! < light[k - 1]!, `step ${k}`);
    }
    const middle = STEPS / 2;
    // In a straight line: half-way out is half-way light.
    assert.ok(Math.abs(light[Math.round(middle / 2)]! - (light[0]! + light[middle]!) / 2) < 0.02);
  });

  it('have no step that jumps, and never the colour of what is not a number', () => {
    for (const name of Object.keys(MAP_ROWS) as (keyof typeof MAP_ROWS)[]) {
      const colors = steps(name);
      colors
        .slice(1)
        .forEach((color, k) => assert.ok(Math.max(...color.map((part, c) => Math.abs(part - colors[k]![c]!))) <= 10, `${name} at ${k}`));
      for (const color of colors) assert.ok(Math.hypot(...color.map((part, c) => part - NAN_COLOR[c]!)) > 60, name);
    }
  });
});

describe('scale', () => {
  const shared = { scale: 'shared', map: 'auto' } as const;
  const own = { scale: 'own', map: 'auto' } as const;

  it('diverges around zero where there are negative values, and is as long on both sides', () => {
    assert.deepEqual(scaleOf({ min: -1, max: 3 }, { min: 0, max: 1 }, shared), { map: 'diverging', low: -3, high: 3 });
    assert.deepEqual(scaleOf({ min: -1, max: 3 }, { min: 0, max: 1 }, own), { map: 'diverging', low: -1, high: 1 });
    assert.deepEqual(scaleOf({ min: 0, max: 3 }, { min: 1, max: 2 }, own), { map: 'sequential', low: 1, high: 2 });
  });

  it('does not blow up a flat map', () => {
    assert.equal(isFlat({ min: 0, max: 1 }, { min: 0.5, max: 0.500009 }), true);
    assert.equal(isFlat({ min: 0, max: 1 }, { min: 0.5, max: 0.50002 }), false);
    assert.equal(isFlat({ min: 2, max: 2 }, { min: 2, max: 2 }), true);
    assert.deepEqual(scaleOf({ min: 0, max: 1 }, { min: 0.5, max: 0.5 }, own), { map: 'sequential', low: 0, high: 1 });
    assert.equal(placeOf({ map: 'sequential', low: 2, high: 2 }, 2), 0);
  });
});
