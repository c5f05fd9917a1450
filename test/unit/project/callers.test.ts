import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiskWorkspace, SEARCH_LATER } from '../../../src/project/diskWorkspace';
import { slashed } from '../../../src/project/paths';
import { readFile } from '../../../src/reader/read';
import type { Workspace } from '../../../src/reader/workspace';

const NET = `import * as tf from '@tensorflow/tfjs';
import { unit } from './units';
export const createNet = (size: number) => tf.sequential({ layers: [tf.layers.dense({ units: unit, inputShape: [size] })] });
`;

/** A project of many files that have nothing to do with the one that is open. */
const OTHERS = 450;

describe('callers that are found later', () => {
  let root: string;
  let workspace: DiskWorkspace;

  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const at = (name: string): string => `${root}/${name}`;
  const searchAll = (): readonly string[] => {
    const changed: string[] = [];
    while (workspace.isSearching) changed.push(...workspace.searchOn());
    return changed.map((path) => path.slice(root.length + 1));
  };
  const callers = (): readonly string[] => workspace.callersOf(at('nets/net.ts')).map((path) => path.slice(root.length + 1));

  beforeEach(() => {
    root = slashed(mkdtempSync(join(tmpdir(), 'layerscope-')));
    write('package.json', '{}');
    write('nets/net.ts', NET);
    write('nets/units.ts', 'export const unit = 5;');
    write('train.ts', "import { createNet } from './nets/net';\nexport const net = createNet(3);");
    for (let n = 0; n < OTHERS; n++) write(`app/part${n % 10}/file${n}.ts`, `import '../part0/file0';\nexport const n = ${n};`);
    workspace = new DiskWorkspace(root, SEARCH_LATER);
    workspace.open(at('nets/net.ts'), NET);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('the first answer waits for none of them, and only files that are imported are read for it', () => {
    const read: string[] = [];
    const watched: Workspace = {
      read: (path) => {
        read.push(path.slice(root.length + 1));
        return workspace.read(path);
      },
      resolve: (from, specifier) => workspace.resolve(from, specifier),
      callersOf: (path) => workspace.callersOf(path),
    };
    assert.equal(readFile(at('nets/net.ts'), watched).reading.models[0]?.totalParams, '5*size + 5');
    assert.deepEqual([...new Set(read)], ['nets/net.ts', 'nets/units.ts']);
    assert.deepEqual(searchAll(), ['nets/net.ts']);
    read.length = 0;
    assert.equal(readFile(at('nets/net.ts'), watched).reading.models[0]?.totalParams, 20);
    assert.deepEqual([...new Set(read)].sort(), ['nets/net.ts', 'nets/units.ts', 'train.ts']);
  });

  it('are searched for a little at a time, once, and not again while the open file is typed in', () => {
    assert.deepEqual(callers(), []);
    let steps = 0;
    for (; workspace.isSearching; steps++) workspace.searchOn();
    assert.ok(steps >= OTHERS / 100, `${steps} steps`);
    assert.deepEqual(callers(), ['train.ts']);
    for (const typed of ['\n', '// a', "import './units';\n"]) {
      workspace.open(at('nets/net.ts'), NET + typed);
      assert.equal(workspace.isSearching, false);
      assert.deepEqual(callers(), ['train.ts']);
    }
  });

  it('are told anew when a file comes, changes or goes', () => {
    callers();
    searchAll();
    const changes: readonly [() => void, string, readonly string[]][] = [
      [() => write('app/more.ts', "import '../nets/net.js';"), 'app/more.ts', ['app/more.ts', 'train.ts']],
      [() => write('train.ts', ''), 'train.ts', ['app/more.ts']],
      [() => rmSync(join(root, 'app/more.ts')), 'app/more.ts', []],
    ];
    for (const [change, name, expected] of changes) {
      change();
      workspace.changed([at(name)]);
      assert.deepEqual(searchAll(), ['nets/net.ts'], name);
      assert.deepEqual([...callers()].sort(), expected, name);
    }
  });

  it('a change that changes no caller is no news', () => {
    callers();
    searchAll();
    write('app/part1/file1.ts', 'export const other = 1;');
    workspace.changed([at('app/part1/file1.ts')]);
    assert.deepEqual(searchAll(), []);
  });

  it('follow what is typed in an open document', () => {
    callers();
    searchAll();
    workspace.open(at('train.ts'), 'export {};');
    assert.deepEqual(searchAll(), ['nets/net.ts']);
    workspace.open(at('train.ts'), "import './nets/net';");
    assert.deepEqual(callers(), ['train.ts']);
    workspace.close(at('train.ts'));
    searchAll();
    assert.deepEqual(callers(), ['train.ts']);
  });
});
