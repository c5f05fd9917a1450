import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelFile } from '../../../src/extension/files/modelFile';
import { OpenFiles } from '../../../src/extension/files/openFiles';
import { isPng, pictureName } from '../../../src/extension/files/pictureName';
import { readTextFile } from '../../../src/extension/files/textFile';
import { CHUNK } from '../../../src/protocol/panelRequests';

const manifest = (...paths: readonly unknown[]): string => JSON.stringify({ weightsManifest: [{ paths, weights: [] }] });

describe('a weights file, on the side of the extension', () => {
  let root: string;
  let folder: string;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'layerscope-')));
    folder = join(root, 'model');
    await mkdir(join(folder, 'parts'), { recursive: true });
    await writeFile(join(folder, 'a.bin'), Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]));
    await writeFile(join(folder, 'parts', 'b.bin'), Buffer.from([9]));
    await writeFile(join(root, 'secret.bin'), 'secret');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const opened = async (text: string) => {
    const path = join(folder, 'model.json');
    await writeFile(path, text);
    return openModelFile(path);
  };

  it('finds the shards that its manifest names, each once, with their sizes', async () => {
    const { name, text, shards } = await opened(manifest('a.bin', 'parts/b.bin', 'a.bin'));
    assert.equal(name, 'model.json');
    assert.equal(text, manifest('a.bin', 'parts/b.bin', 'a.bin'));
    assert.deepEqual(
      shards.map(({ path, bytes, refused }) => [path, bytes, refused]),
      [
        ['a.bin', 8, undefined],
        ['parts/b.bin', 1, undefined],
      ],
    );
  });

  it('refuses what lies outside of its folder, under any name and behind any link', async () => {
    await symlink(join(root, 'secret.bin'), join(folder, 'link.bin'));
    await symlink(root, join(folder, 'up'));
    const outside = [
      '../secret.bin',
      'parts/../../secret.bin',
      '..\\secret.bin',
      join(root, 'secret.bin'),
      'C:\\secret.bin',
      'c:secret',
      'link.bin',
      'up/secret.bin',
    ];
    const { shards } = await opened(manifest(...outside));
    assert.deepEqual(
      shards.map(({ path, place, refused }) => [path, place, refused]),
      outside.map((path) => [path, undefined, "lies outside of the model's folder"]),
    );
  });

  it('follows a link that stays inside', async () => {
    await symlink(join(folder, 'a.bin'), join(folder, 'link.bin'));
    const { shards } = await opened(manifest('link.bin'));
    assert.deepEqual(shards, [{ path: 'link.bin', bytes: 8, place: join(folder, 'a.bin') }]);
  });

  it('says of each other shard why it cannot be read', async () => {
    const { shards } = await opened(manifest('none.bin', 'parts', '', 'a\0b', 'https://example.com/a.bin', 'x'.repeat(2000), 7, null));
    assert.deepEqual(
      shards.map(({ refused }) => refused),
      [
        'is missing',
        'is no file',
        'is no name of a file',
        'is no name of a file',
        'is not a file beside the model.json',
        'is no name of a file',
      ],
    );
    assert.ok(shards.every(({ path }) => path.length <= 1000));
  });

  it('names no shard where there is no manifest: the panel says what is wrong', async () => {
    for (const text of ['', '{', '[]', 'null', '7', '{"weightsManifest":3}', '{"weightsManifest":[3,{"paths":"a.bin"},null]}']) {
      assert.deepEqual((await opened(text)).shards, [], text);
    }
  });

  it('refuses a file that is not there, a folder, an HDF5 file, one that is too large, and one of too many shards', async () => {
    await assert.rejects(openModelFile(join(folder, 'gone.json')), /^Error: gone\.json is not there any more\.$/);
    await assert.rejects(openModelFile(folder), /^Error: model is no file\.$/);
    await writeFile(join(folder, 'model.h5'), Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]));
    await assert.rejects(openModelFile(join(folder, 'model.h5')), /model\.h5 is a Keras HDF5 file\. Convert it first/);
    await writeFile(join(folder, 'large.json'), '');
    await truncate(join(folder, 'large.json'), 40 * 2 ** 20);
    await assert.rejects(openModelFile(join(folder, 'large.json')), /larger than the 32 MB/);
    await assert.rejects(
      opened(manifest(...Array.from({ length: 5000 }, (_, k) => `${k}.bin`))),
      /names 5,000 shards; up to 4096 are read/,
    );
  });

  it('gives parts of shards, and nothing beyond them', async () => {
    const files = new OpenFiles();
    const { file, shards } = files.add(await opened(manifest('a.bin', 'parts/b.bin', '../secret.bin')));
    assert.ok(
      shards.every((shard) => !('place' in shard)),
      'places stay with the extension',
    );
    const part = async (shard: number, from: number, bytes: number) => [...new Uint8Array(await files.read({ file, shard, from, bytes }))];
    assert.deepEqual(await Promise.all([part(0, 2, 3), part(1, 0, 1), part(0, 0, 8)]), [[2, 3, 4], [9], [0, 1, 2, 3, 4, 5, 6, 7]]);
    for (const [from, bytes] of [
      [0, 9],
      [8, 1],
      [-1, 2],
      [0, 0],
      [0.5, 1],
      [0, CHUNK + 1],
      [NaN, 1],
    ] as const) {
      await assert.rejects(part(0, from, bytes), /no such part/);
    }
    await assert.rejects(part(2, 0, 1), /The shard \.\.\/secret\.bin lies outside of the model's folder\./);
    await assert.rejects(part(3, 0, 1), /not open any more/);
    await files.close(file);
    await assert.rejects(part(0, 0, 1), /not open any more/);
  });

  it('notices a shard that changes', async () => {
    const files = new OpenFiles();
    const { file } = files.add(await opened(manifest('a.bin', 'parts/b.bin')));
    await truncate(join(folder, 'a.bin'), 4);
    await assert.rejects(files.read({ file, shard: 0, from: 0, bytes: 8 }), /has changed since/);
    await files.read({ file, shard: 1, from: 0, bytes: 1 });
    await truncate(join(folder, 'parts', 'b.bin'), 0);
    await assert.rejects(files.read({ file, shard: 1, from: 0, bytes: 1 }), /became shorter/);
    await files.closeAll();
  });

  it('reads a list of names, if it is small', async () => {
    await writeFile(join(folder, 'names.txt'), 'cat\ndog\n');
    assert.deepEqual(await readTextFile(join(folder, 'names.txt')), { name: 'names.txt', text: 'cat\ndog\n' });
    await truncate(join(folder, 'names.txt'), 2 ** 20 + 1);
    await assert.rejects(readTextFile(join(folder, 'names.txt')), /larger than the 1 MB/);
    await assert.rejects(readTextFile(join(folder, 'none.txt')), /not there any more/);
  });
});

describe('a picture that is saved', () => {
  it('gets a name that every system takes', () => {
    assert.equal(pictureName('lenet-conv1.png'), 'lenet-conv1.png');
    assert.equal(pictureName('../../a b/c:d?.PNG'), 'a-b-c-d.png');
    assert.equal(pictureName('модель-слой'), 'модель-слой.png');
    assert.equal(pictureName('...'), 'layerscope.png');
    assert.ok(pictureName('x'.repeat(999)).length <= 104);
  });

  it('is a PNG', () => {
    assert.ok(isPng(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])));
    assert.ok(!isPng(new Uint8Array([0x89, 0x50])));
    assert.ok(!isPng(new TextEncoder().encode('<html>not it')));
  });
});
