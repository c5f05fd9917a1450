// @ts-check
// The stages of `npm test`: each is timed, counted, and goes on to the next whatever came out, so that one run tells everything.
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder } from './environment.mjs';
import { tool } from './npm.mjs';

/** @typedef {{ file: string, said: string }} Failure a test that failed, and a line about it */
/** @typedef {{ passed: number, failed: number, passedIn?: Record<string, number>, failures?: readonly Failure[], atFirst?: readonly Failure[] }} Counts `atFirst`: what failed before its file was run again */
/** @typedef {Counts & { name: string, seconds: number }} Stage */
/** @typedef {{ environment?: Record<string, string>, isRetried?: boolean }} MochaOptions `isRetried`: files with failures are run once more, alone */
/** @typedef {import('node:child_process').SpawnOptions['stdio']} Stdio where the programs of a stage write */
/** @typedef {{ stdio: Stdio, say(text: string): void, end(verdict: string): Promise<void> }} Output */

/** @type {Stage[]} */
const stages = [];

/** Ends a run that hangs. The longest, the panel's on a software GPU, has been seen to take 25 minutes beside other work. */
const LIMIT_MINUTES = 45;

/** Where more files than this have failures, they are no accidents of a busy machine. */
const MOST_RETRIED = 5;

/**
 * Stages that run one after another.
 * @param {(name: string) => Promise<Output>} begin where a stage writes
 */
const lane = (begin) => {
  /** Runs a stage; what it throws counts as one failure. @param {string} name @param {(stdio: Stdio) => Promise<Counts>} body @returns {Promise<boolean>} whether all passed */
  const stage = async (name, body) => {
    const output = await begin(name);
    const started = Date.now();
    const counts = await body(output.stdio).catch((error) => {
      output.say(error instanceof Error ? error.message : String(error));
      return { passed: 0, failed: 1 };
    });
    const seconds = (Date.now() - started) / 1000;
    stages.push({ name, ...counts, seconds });
    await output.end(`${counts.failed === 0 ? 'ok' : 'FAILED'}, ${seconds.toFixed(0)} s`);
    return counts.failed === 0;
  };

  /** A stage that passes or fails as a whole. @param {string} name @param {(stdio: Stdio) => Promise<number | void>} body gives an exit status, 0 or nothing where it passed */
  const check = (name, body) => stage(name, async (stdio) => ((await body(stdio)) ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 }));

  /**
   * A run of mocha.
   * @param {string} name @param {readonly string[]} args files and options @param {MochaOptions} [options]
   */
  const mocha = (name, args, { environment = {}, isRetried = false } = {}) =>
    stage(name, async (stdio) => {
      const first = await runMocha(name, args, environment, stdio);
      const { failures = [], passedIn = {} } = first;
      const files = [...new Set(failures.map(({ file }) => file))];
      if (!isRetried || files.length === 0 || files.length > MOST_RETRIED || failures.length !== first.failed) return first;
      const second = await runMocha(`${name}, again`, files, environment, stdio);
      // For these files it is the second run that counts.
      const passedBefore = files.reduce((sum, file) => sum + (passedIn[file] ?? 0), 0);
      return { ...second, passed: first.passed - passedBefore + second.passed, atFirst: failures };
    });

  return { check, mocha };
};

/** @param {string} name @param {readonly string[]} args @param {Record<string, string>} environment @param {Stdio} stdio @returns {Promise<Counts>} */
const runMocha = async (name, args, environment, stdio) => {
  await mkdir(outFolder, { recursive: true });
  const file = join(outFolder, `counts-${String(process.pid)}-${fileName(name)}.json`);
  const code = await tool('mocha/bin/mocha.js', ['--reporter', 'scripts/lib/reporter.cjs', ...args], {
    env: { ...process.env, ...environment, LAYERSCOPE_COUNTS: file },
    timeout: LIMIT_MINUTES * 60_000,
    stdio,
  });
  /** @type {Counts} */
  const counts = await readFile(file, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 0 }));
  await rm(file, { force: true });
  // A run that broke off, hung or found no test has failed, whatever it counted.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
};

const fileName = (/** @type {string} */ name) => name.toLowerCase().replaceAll(/[^a-z]+/g, '-');

/** Stages that are watched while they run. */
export const { check, mocha } = lane((name) => {
  console.log(`\n=== ${name}`);
  return Promise.resolve({ stdio: ['ignore', 'inherit', 'inherit'], say: console.error, end: () => Promise.resolve() });
});

/** Stages beside those: a line each tells how they ended, and `tell` prints what they wrote. */
export const aside = () => {
  /** @type {string[]} */
  const told = [];
  const begin = async (/** @type {string} */ name) => {
    await mkdir(outFolder, { recursive: true });
    const file = join(outFolder, `stage-${String(process.pid)}-${fileName(name)}.txt`);
    const written = openSync(file, 'w');
    /** @type {Output} */
    const output = {
      stdio: ['ignore', written, written],
      say: (text) => void writeSync(written, `${text}\n`),
      end: async (verdict) => {
        closeSync(written);
        console.log(`--- beside: ${name} ${verdict}`);
        told.push(`\n=== ${name}\n${await readFile(file, 'utf8')}`);
        await rm(file, { force: true });
      },
    };
    return output;
  };
  return { ...lane(begin), tell: () => told.forEach((text) => process.stdout.write(text)) };
};

/** Prints what every stage took, and the sum of their tests alone on the last line. @returns {number} exit status */
export const summary = () => {
  console.log('\n=== Summary');
  for (const { name, passed, failed, seconds } of stages) {
    console.log(
      `${seconds.toFixed(1).padStart(7)} s  ${failed ? 'FAILED' : 'ok    '}  ${name}: ${String(passed)} passed, ${String(failed)} failed`,
    );
  }
  // Said again at the end, which is what is kept where output is cut.
  for (const { atFirst = [], failures = [] } of stages) {
    for (const { said } of atFirst) console.log(`failed at first, run again  ${said}`);
    for (const { said } of failures) console.log(`FAILED  ${said}`);
  }
  const total = (/** @type {'passed' | 'failed'} */ key) => stages.reduce((sum, one) => sum + one[key], 0);
  console.log(`${process.uptime().toFixed(1).padStart(7)} s  in all`);
  console.log(`\n${String(total('passed'))} passed, ${String(total('failed'))} failed`);
  return total('failed') === 0 && total('passed') > 0 ? 0 : 1;
};
