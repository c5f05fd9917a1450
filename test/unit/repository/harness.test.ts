import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findChromium } from '../../../scripts/lib/chromium.mjs';
import { findDesktopVscode } from '../../../scripts/lib/desktop.mjs';
import { cacheFolder, root } from '../../../scripts/lib/environment.mjs';
import { Failure, start, status, stop } from '../../../scripts/lib/processes.mjs';

const saved = { ...process.env };
let folder = '';

const executable = (...path: string[]) => {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
};

describe('The harness', () => {
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'layerscope-')));
  });
  afterEach(() => {
    for (const key of ['LAYERSCOPE_CHROMIUM', 'VSCODE_PATH', 'PATH', 'XDG_CACHE_HOME']) {
      if (saved[key] === undefined) Reflect.deleteProperty(process.env, key);
      else process.env[key] = saved[key];
    }
    rmSync(folder, { recursive: true, force: true });
  });

  describe('What is fetched', () => {
    it('is cached in the user cache, never in the tree', () => {
      process.env.XDG_CACHE_HOME = folder;
      assert.equal(cacheFolder(), join(folder, 'layerscope'));
      Reflect.deleteProperty(process.env, 'XDG_CACHE_HOME');
      assert.ok(!cacheFolder().startsWith(root));
    });
  });

  describe('The Chromium of the tests', () => {
    it('is the one that LAYERSCOPE_CHROMIUM names', () => {
      const named = executable('mine');
      process.env.LAYERSCOPE_CHROMIUM = named;
      assert.equal(findChromium(), named);
    });

    it('is not another one where LAYERSCOPE_CHROMIUM is wrong', () => {
      process.env.LAYERSCOPE_CHROMIUM = join(folder, 'nothing');
      assert.throws(findChromium, /LAYERSCOPE_CHROMIUM names .*nothing/);
    });

    it('is found on PATH', () => {
      Reflect.deleteProperty(process.env, 'LAYERSCOPE_CHROMIUM');
      const found = executable('bin', process.platform === 'win32' ? 'chromium.exe' : 'chromium');
      process.env.PATH = [join(folder, 'empty'), join(folder, 'bin'), saved.PATH].join(delimiter);
      assert.equal(findChromium(), found);
    });
  });

  describe('The desktop VS Code', () => {
    it('is the executable that VSCODE_PATH names', async () => {
      const code = executable('app', 'code');
      process.env.VSCODE_PATH = code;
      assert.equal(await findDesktopVscode(), code);
    });

    it('is found from its command', async () => {
      // The command lies elsewhere in a macOS application.
      const code = executable(...(process.platform === 'darwin' ? ['A', 'Contents', 'MacOS', 'Code'] : ['app', 'code']));
      process.env.VSCODE_PATH =
        process.platform === 'darwin' ? executable('A', 'Contents', 'Resources', 'app', 'bin', 'code') : executable('app', 'bin', 'code');
      assert.equal(await findDesktopVscode(), code);
    });

    it('is asked for again where VSCODE_PATH is wrong', async () => {
      process.env.VSCODE_PATH = join(folder, 'nothing');
      await assert.rejects(findDesktopVscode(), (error) => error instanceof Failure && error.message.includes('nothing'));
      process.env.VSCODE_PATH = folder;
      await assert.rejects(findDesktopVscode(), /must name VS Code's executable/);
    });
  });

  describe('A child process', () => {
    it('gives its exit status', async () => {
      assert.equal(await status(process.execPath, ['-e', 'process.exit(3)']), 3);
    });

    it('takes along what it started', async () => {
      const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
      const parent = start(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      const output = parent.stdout;
      assert.ok(output);
      const grandchild = await new Promise<number>((resolve) => output.once('data', (data) => resolve(Number(data))));
      assert.ok(isAlive(grandchild));
      await stop(parent);
      while (isAlive(grandchild)) await new Promise((resolve) => setTimeout(resolve, 20));
    });
  });
});

/** A process that ended counts as gone, even where nobody has asked for its exit status yet. */
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
