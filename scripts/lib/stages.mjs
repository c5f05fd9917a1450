// @ts-check
// The stages of `npm test`: each is timed, counted, and goes on to the next whatever came out, so that one run tells everything.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder } from './environment.mjs';
import { tool } from './npm.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {Counts & { name: string, seconds: number }} Stage */

/** @type {Stage[]} */
const stages = [];

/** Runs a stage; what it throws counts as one failure. @param {string} name @param {() => Promise<Counts>} body @returns {Promise<boolean>} whether all passed */
export const stage = async (name, body) => {
  console.log(`\n=== ${name}`);
  const started = Date.now();
  const counts = await body().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  stages.push({ name, ...counts, seconds: (Date.now() - started) / 1000 });
  return counts.failed === 0;
};

/** A stage that passes or fails as a whole. @param {string} name @param {() => Promise<number | void>} body gives an exit status, 0 or nothing where it passed */
export const check = (name, body) => stage(name, async () => ((await body()) ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 }));

/** Ends a run that hangs; the longest takes a few minutes. */
const LIMIT_MINUTES = 15;

/**
 * A run of mocha.
 * @param {string} name @param {readonly string[]} args files and options @param {Record<string, string>} [environment]
 */
export const mocha = (name, args, environment = {}) =>
  stage(name, async () => {
    await mkdir(outFolder, { recursive: true });
    const file = join(outFolder, `counts-${String(process.pid)}.json`);
    const code = await tool('mocha/bin/mocha.js', ['--reporter', 'scripts/lib/reporter.cjs', ...args], {
      env: { ...process.env, ...environment, LAYERSCOPE_COUNTS: file },
      timeout: LIMIT_MINUTES * 60_000,
    });
    /** @type {Counts} */
    const counts = await readFile(file, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 0 }));
    await rm(file, { force: true });
    // A run that broke off, hung or found no test has failed, whatever it counted.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  });

/** Prints what every stage took, and the sum alone on the last line. @returns {number} exit status */
export const summary = () => {
  console.log('\n=== Summary');
  for (const { name, passed, failed, seconds } of stages) {
    console.log(
      `${seconds.toFixed(1).padStart(7)} s  ${failed ? 'FAILED' : 'ok    '}  ${name}: ${String(passed)} passed, ${String(failed)} failed`,
    );
  }
  const total = (/** @type {'passed' | 'failed' | 'seconds'} */ key) => stages.reduce((sum, one) => sum + one[key], 0);
  console.log(`${total('seconds').toFixed(1).padStart(7)} s  in all`);
  console.log(`\n${String(total('passed'))} passed, ${String(total('failed'))} failed`);
  return total('failed') === 0 && total('passed') > 0 ? 0 : 1;
};
