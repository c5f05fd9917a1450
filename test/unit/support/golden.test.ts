import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { matchGolden } from '../../support/golden';

/** A picture of 40 x 30 pixels with a grey ramp, changed at will. */
const picture = (change: (x: number, y: number) => number = () => 0, width = 40): Buffer => {
  const png = new PNG({ width, height: 30 });
  for (let y = 0; y < 30; y++)
    for (let x = 0; x < width; x++) {
      const gray = 40 + 3 * x + change(x, y);
      png.data.set([gray, gray, gray, 255], 4 * (y * width + x));
    }
  return PNG.sync.write(png);
};

describe('golden pictures', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layerscope-golden-'));
    await writeFile(join(folder, 'ramp.png'), picture());
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const options = { update: false, patience: 0 };
  const match = (shot: Buffer): Promise<void> => matchGolden('ramp', () => Promise.resolve(shot), { ...options, folder });

  it('are taken as they are, and with what antialiasing does', async () => {
    await match(picture());
    await match(picture((x, y) => (x === 20 && y % 3 === 0 ? 20 : 0)));
  });

  it('are refused where a small part is another one, with the part that differs beside it', async () => {
    await assert.rejects(() => match(picture((x, y) => (x < 2 && y < 2 ? 90 : 0))), /0\.33 % of its pixels differ \(0\.20 % may\)/);
    assert.deepEqual((await readdir(folder)).sort(), ['ramp.actual.png', 'ramp.diff.png', 'ramp.png']);
    await match(picture());
    assert.deepEqual(await readdir(folder), ['ramp.png'], 'what matches again leaves nothing');
  });

  it('are refused where all of it is a little off', async () => {
    await assert.rejects(() => match(picture(() => 2)), /by 1\.50 of 255 in the mean \(0\.4 may\)/);
  });

  it('are taken again until one is right', async () => {
    const shots = [picture(() => 90), picture(undefined, 41), picture()];
    await matchGolden('ramp', () => Promise.resolve(shots.shift() ?? assert.fail('the right one was taken')), { folder, update: false });
    assert.deepEqual([shots.length, await readdir(folder)], [0, ['ramp.png']]);
  });

  it('are refused in another size, and where there is none yet', async () => {
    await assert.rejects(() => match(picture(undefined, 41)), /it is 41×30, not 40×30/);
    await assert.rejects(
      () => matchGolden('other', () => Promise.resolve(picture()), { ...options, folder }),
      /there is no such picture yet/,
    );
  });
});
