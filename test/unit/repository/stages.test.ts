import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outFolder, root } from '../../../scripts/lib/environment.mjs';

/** A file of tests: one that passes, one that fails at first, and one that fails always where that is wanted. */
const tests = (folder: string, isBroken: boolean): string => `
import { existsSync, writeFileSync } from 'node:fs';
const seen = ${JSON.stringify(join(folder, 'seen'))};
describe('a file', () => {
  it('passes', () => {});
  it('fails at first', () => { if (existsSync(seen)) return; writeFileSync(seen, ''); throw new Error('not yet'); });
  ${isBroken ? `it('fails always', () => { throw new Error('never'); });` : ''}
});
`;

describe('a stage of npm test whose failures are run again', () => {
  let folder: string;
  beforeEach(() => {
    mkdirSync(outFolder, { recursive: true });
    folder = mkdtempSync(join(outFolder, 'stages-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (isRetried: boolean, isBroken = false): { readonly said: string; readonly status: number | null } => {
    writeFileSync(join(folder, 'other.test.ts'), `describe('another file', () => it('passes', () => {}));`);
    writeFileSync(join(folder, 'one.test.ts'), tests(folder, isBroken));
    const program = `
      const { mocha, summary } = await import(${JSON.stringify(pathToFileURL(join(root, 'scripts/lib/stages.mjs')).href)});
      await mocha('Some tests', [${JSON.stringify(`${folder}/*.test.ts`)}], { isRetried: ${String(isRetried)} });
      process.exitCode = summary();`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' });
    return { said: stdout.slice(stdout.indexOf('=== Summary')), status };
  };

  it('passes where they pass then, and says what failed at first', () => {
    const { said, status } = run(true);
    assert.match(said, /^failed at first, run again {2}a file fails at first: not yet$/m);
    assert.match(said, /^3 passed, 0 failed$/m);
    assert.equal(status, 0);
  });

  it('fails where they fail again', () => {
    const { said, status } = run(true, true);
    assert.match(said, /^FAILED {2}a file fails always: never$/m);
    assert.match(said, /^3 passed, 1 failed$/m);
    assert.equal(status, 1);
  });

  it('is no other stage', () => {
    const { said, status } = run(false);
    assert.match(said, /^FAILED {2}a file fails at first: not yet$/m);
    assert.match(said, /^2 passed, 1 failed$/m);
    assert.equal(status, 1);
  });
});
