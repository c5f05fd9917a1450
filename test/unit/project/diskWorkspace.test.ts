import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiskWorkspace } from '../../../src/project/diskWorkspace';
import { slashed } from '../../../src/project/paths';

describe('DiskWorkspace', () => {
  let folder: string;
  let root: string;
  let workspace: DiskWorkspace;

  const write = (files: Record<string, string>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const at = (name: string): string => `${root}/${name}`;
  /** The path below the root, for short expectations. */
  const short = (path: string | undefined): string | undefined => path?.slice(root.length + 1);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
    mkdirSync(join(folder, 'root'));
    folder = join(folder, 'root');
    root = slashed(folder);
    workspace = new DiskWorkspace(root);
  });
  afterEach(() => rmSync(dirname(folder), { recursive: true }));

  describe('read', () => {
    it('gives the text of a file, and of an open document instead', () => {
      write({ 'a.ts': 'disk' });
      assert.equal(workspace.read(at('a.ts')), 'disk');
      workspace.open(at('a.ts'), 'typed');
      assert.equal(workspace.read(at('a.ts')), 'typed');
      workspace.close(at('a.ts'));
      assert.equal(workspace.read(at('a.ts')), 'disk');
    });

    it('keeps what was read until it is told of a change', () => {
      write({ 'a.ts': 'one' });
      assert.equal(workspace.read(at('a.ts')), 'one');
      write({ 'a.ts': 'two' });
      assert.equal(workspace.read(at('a.ts')), 'one');
      workspace.changed([at('a.ts')]);
      assert.equal(workspace.read(at('a.ts')), 'two');
    });

    it('refuses what is outside the folder, in node_modules, too large, or no file', () => {
      write({ '../secret.ts': 'no', 'node_modules/x/index.js': 'no', 'sub/a.ts': '', 'large.ts': ' '.repeat(5 * 1024 * 1024 + 1) });
      symlinkSync(join(dirname(folder), 'secret.ts'), join(folder, 'link.ts'));
      assert.equal(workspace.refusal(slashed(join(dirname(folder), 'secret.ts'))), 'outside');
      assert.equal(workspace.refusal(at('link.ts')), 'outside');
      assert.equal(workspace.refusal(at('node_modules/x/index.js')), 'outside');
      assert.equal(workspace.refusal(at('large.ts')), 'too-large');
      assert.equal(workspace.refusal(at('sub')), 'missing');
      assert.equal(workspace.refusal(at('none.ts')), 'missing');
      assert.equal(workspace.refusal(at('a\0b.ts')), 'missing');
      assert.equal(workspace.refusal(at('sub/a.ts')), undefined);
      assert.equal(workspace.read(at('link.ts')), undefined);
    });

    it('follows a folder that is itself a link', () => {
      write({ 'a.ts': 'text' });
      symlinkSync(folder, join(dirname(folder), 'linked'));
      const linked = new DiskWorkspace(slashed(join(dirname(folder), 'linked')));
      assert.equal(linked.read(slashed(join(dirname(folder), 'linked/a.ts'))), 'text');
    });
  });

  describe('resolve', () => {
    const resolved = (from: string, specifier: string): string | undefined => short(workspace.resolve(at(from), specifier));

    it('finds relative modules with and without extension, and index files', () => {
      write({ 'src/a.ts': '', 'src/b.js': '', 'src/c/index.ts': '', 'src/d.tsx': '', 'src/sizes.json': '{}' });
      assert.equal(resolved('src/main.ts', './a'), 'src/a.ts');
      assert.equal(resolved('src/main.ts', './a.ts'), 'src/a.ts');
      assert.equal(resolved('src/main.ts', './a.js'), 'src/a.ts');
      assert.equal(resolved('src/main.ts', './b'), 'src/b.js');
      assert.equal(resolved('src/main.ts', './c'), 'src/c/index.ts');
      assert.equal(resolved('src/c/deep.ts', '.'), 'src/c/index.ts');
      assert.equal(resolved('src/c/deep.ts', '../d'), 'src/d.tsx');
      assert.equal(resolved('src/main.ts', './sizes.json'), 'src/sizes.json');
      assert.equal(resolved('src/main.ts', './none'), undefined);
    });

    it('prefers a source to what was made from it', () => {
      write({ 'a.ts': '', 'a.js': '', 'b.d.ts': '' });
      assert.equal(resolved('main.ts', './a'), 'a.ts');
      assert.equal(resolved('main.ts', './b'), undefined);
    });

    it('knows paths and baseUrl of the nearest tsconfig, inherited ones too', () => {
      write({
        'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "@/*": ["*"], "@/models/*": ["nets/*"] } } }',
        'tsconfig.json': '{ // a comment, and a trailing comma\n "extends": "./tsconfig.base", }',
        'src/a.ts': '',
        'src/nets/lenet.ts': '',
        'src/x//y.ts': '',
      });
      assert.equal(resolved('src/main.ts', '@/a'), 'src/a.ts');
      assert.equal(resolved('src/main.ts', '@/models/lenet'), 'src/nets/lenet.ts');
      assert.equal(resolved('src/main.ts', 'nets/lenet'), 'src/nets/lenet.ts');
      assert.equal(resolved('src/main.ts', '@tensorflow/tfjs'), undefined);
    });

    it('leads neither out of the folder nor into packages', () => {
      write({ '../out.ts': '', 'node_modules/p/index.js': '' });
      assert.equal(resolved('main.ts', '../out'), undefined);
      assert.equal(resolved('main.ts', './node_modules/p'), undefined);
      assert.equal(resolved('main.ts', 'p'), undefined);
    });

    it('finds an open document that was never saved', () => {
      workspace.open(at('new.ts'), '');
      assert.equal(resolved('main.ts', './new'), 'new.ts');
    });
  });

  describe('callersOf', () => {
    const callers = (path: string): readonly (string | undefined)[] => workspace.callersOf(at(path)).map(short).sort();

    it('finds importers in the same project, whichever way they import', () => {
      write({
        'package.json': '{}',
        'nets/lenet.ts': '',
        'a.ts': "import { createLeNet } from './nets/lenet';",
        'b.js': "const { createLeNet } = require('./nets/lenet.js');",
        'c.ts': "const lazy = await import('./nets/lenet');",
        'd.ts': "export * from './nets/lenet';",
        'e.ts': "import { x } from './other/lenet';",
        'dist/f.js': "require('../nets/lenet')",
        'inner/package.json': '{}',
        'inner/g.ts': "import '../nets/lenet';",
      });
      assert.deepEqual(callers('nets/lenet.ts'), ['a.ts', 'b.js', 'c.ts', 'd.ts']);
    });

    it('finds importers of an index file', () => {
      write({ 'nets/index.ts': '', 'nets/x.ts': "import '.';", 'main.ts': "import './nets';" });
      assert.deepEqual(callers('nets/index.ts'), ['main.ts', 'nets/x.ts']);
    });

    it('follows edits of open documents', () => {
      write({ 'lenet.ts': '', 'main.ts': "import './lenet';" });
      assert.deepEqual(callers('lenet.ts'), ['main.ts']);
      workspace.open(at('main.ts'), '');
      assert.deepEqual(callers('lenet.ts'), []);
      workspace.open(at('new.ts'), "import './lenet';");
      assert.deepEqual(callers('lenet.ts'), ['new.ts']);
    });
  });
});
