import assert from 'node:assert/strict';
import { layOut, tileCorner } from '../../../webview/draw/atlas';
import { cellOf, cellUnder, cellWithin, elementAt } from '../../../webview/draw/cells';
import { layoutOf } from '../../../webview/draw/layout';
import { flatOf, placeOf } from '../../../webview/draw/strides';

describe('cell under a pixel', () => {
  const layout = layoutOf([1, 5, 7, 6]);
  const spec = { width: 7, height: 5, count: 6, limit: 64, zoomX: 4, zoomY: 4, reduce: 1, gapX: 8, gapY: 24, available: 120, maxSide: 70 };

  it('finds every value of every tile, in all bands', () => {
    const atlas = layOut(spec);
    assert.ok(atlas.bands.length > 1);
    for (const band of atlas.bands) {
      for (let tile = band.first; tile < band.first + band.count; tile++) {
        const corner = tileCorner(atlas, band, tile);
        for (const [row, column] of [
          [0, 0],
          [4, 6],
          [2, 3],
        ] as const)
          for (const inset of [0, 3])
            assert.deepEqual(cellUnder(atlas, band, layout, corner.x + column * 4 + inset, corner.y + row * 4 + inset), {
              map: tile,
              row,
              column,
            });
      }
    }
  });

  it('finds none between tiles, and none behind the last tile', () => {
    const atlas = layOut(spec);
    const [band] = atlas.bands;
    assert.ok(band);
    assert.equal(cellUnder(atlas, band, layout, 29, 1), undefined);
    assert.equal(cellUnder(atlas, band, layout, 1, 21), undefined);
    assert.equal(cellUnder(atlas, band, layout, -1, 1), undefined);
    assert.equal(cellUnder(atlas, { ...band, count: 1 }, layout, 40, 1), undefined);
  });

  it('knows the order of the tiles, and means of blocks', () => {
    const atlas = layOut({ ...spec, reduce: 2, zoomX: 1, zoomY: 1 });
    const [band] = atlas.bands;
    assert.ok(band);
    assert.deepEqual(cellUnder(atlas, band, layout, 2, 1, [5, 0, 1, 2, 3, 4]), { map: 5, row: 2, column: 4 });
  });

  it('leaves out what a folded strip does not fill', () => {
    const strip = layoutOf([1, 131]);
    const atlas = layOut({ ...spec, width: strip.width, height: strip.height, count: 1, zoomX: 1, zoomY: 1 });
    const [band] = atlas.bands;
    assert.ok(band);
    assert.deepEqual(cellUnder(atlas, band, strip, 64, 1), { map: 0, row: 1, column: 64 });
    assert.equal(cellUnder(atlas, band, strip, 65, 1), undefined);
    assert.deepEqual(cellWithin(strip, { map: 3, row: 1, column: 65 }), { map: 0, row: 1, column: 64 });
  });

  it('names the element of the tensor, whatever its axis order', () => {
    const cell = { map: 2, row: 1, column: 4 };
    assert.deepEqual(elementAt(layout, [1, 5, 7, 6], cell), [1, 4, 2]);
    assert.deepEqual(elementAt(layoutOf([1, 6, 5, 7], true), [1, 6, 5, 7], cell), [2, 1, 4]);
    assert.deepEqual(elementAt(layoutOf([1, 9, 3]), [1, 9, 3], { map: 0, row: 2, column: 7 }), [7, 2]);
    assert.deepEqual(elementAt(layoutOf([1, 131]), [1, 131], { map: 0, row: 1, column: 3 }), [69]);
    for (const [shape, first] of [
      [[1, 5, 7, 6], false],
      [[1, 6, 5, 7], true],
      [[1, 9, 3], false],
      [[1, 131], false],
      [[1, 1, 1, 12], false],
    ] as const) {
      const any = layoutOf(shape, first);
      const last = cellWithin(any, { map: 99, row: 99, column: 99 });
      for (const one of [last, { map: 0, row: 0, column: 1 }]) assert.deepEqual(cellOf(any, shape, elementAt(any, shape, one)), one);
    }
    assert.equal(flatOf(placeOf(17, [2, 3, 4]), [2, 3, 4]), 17);
  });
});
