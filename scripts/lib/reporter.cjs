// @ts-check
// Mocha's spec reporter that also tells which files took longest, and leaves its counts and what failed in the file that LAYERSCOPE_COUNTS names, for a
// summary of several runs.
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters, Runner } = require('mocha');

/** As many files are named as being the slowest. */
const SLOWEST = 12;

module.exports = class CountingReporter extends reporters.Spec {
  /** @param {import('mocha').Runner} runner @param {import('mocha').MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    /** @type {{ file: string, said: string }[]} */
    const failures = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (/** @type {import('mocha').Runnable} */ test, /** @type {unknown} */ error) => {
      const [said = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      failures.push({ file: relative(process.cwd(), test.file ?? ''), said: `${test.fullTitle()}: ${said}` });
    });
    /** @type {Record<string, number>} */
    const passedIn = {};
    runner.on(Runner.constants.EVENT_TEST_PASS, (/** @type {import('mocha').Runnable} */ test) => {
      const file = relative(process.cwd(), test.file ?? '');
      passedIn[file] = (passedIn[file] ?? 0) + 1;
    });
    /** @type {Map<string, number>} file -> milliseconds of its tests and hooks */
    const spent = new Map();
    const spend = (/** @type {import('mocha').Runnable} */ { file = '', duration = 0 }) =>
      void spent.set(file, (spent.get(file) ?? 0) + duration);
    runner.on(Runner.constants.EVENT_TEST_END, spend);
    runner.on(Runner.constants.EVENT_HOOK_END, spend);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const slowest = [...spent].sort(([, a], [, b]) => b - a).slice(0, SLOWEST);
      for (const [file, ms] of slowest)
        reporters.Base.consoleLog(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${relative(process.cwd(), file)}`);
      const file = process.env.LAYERSCOPE_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures, failures, passedIn }));
    });
  }
};
