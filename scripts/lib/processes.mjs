// @ts-check
// Child processes that never outlive this one: every child leads a process group of its own, and all groups are ended with us.
import { spawn, spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
const signalGroup = (child, signal) => {
  if (child.pid === undefined) return;
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
};

const endAll = () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
  running.clear();
};

process.on('exit', endAll);

let interruptStatus = 130;

/** Ctrl-C is the expected end from here on. */
export const interruptIsNoFailure = () => {
  interruptStatus = 0;
};

process.on('SIGINT', () => process.exit(interruptStatus));
process.on('SIGTERM', () => process.exit(143));
process.on('SIGHUP', () => process.exit(129));

/**
 * Starts a program in a process group of its own, without standard input.
 * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} [options]
 */
export const start = (command, args, options = {}) => {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true, ...options, detached: !windows });
  running.add(child);
  child.once('error', () => running.delete(child));
  return child;
};

/** Ends a program and what it started: asked first, forced after `patience` milliseconds. @param {import('node:child_process').ChildProcess} child */
export const stop = async (child, patience = 5000) => {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience);
    await ended;
    clearTimeout(timer);
  }
  // What the program left behind in its group.
  signalGroup(child, 'SIGKILL');
  running.delete(child);
};

/**
 * Runs a program to its end and gives its exit status; a program that cannot be started rejects.
 * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export const status = (command, args, options) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, options);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      signalGroup(child, 'SIGKILL');
      running.delete(child);
      resolve(code ?? (signal ? 1 : 0));
    });
  });

/** As `status`, and rejects where the program fails. @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} [options] */
export const run = async (command, args, options) => {
  const code = await status(command, args, options);
  if (code !== 0) throw new Failure(`${[command, ...args].join(' ')} ended with ${String(code)}.`);
};

/** A failure that is told in one line, without a stack. */
export class Failure extends Error {}

/** Runs a script's main function; what goes wrong is told once, and the exit status says so. @param {() => Promise<number | void>} main */
export const runMain = async (main) => {
  try {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major < 20 || (major === 20 && minor < 19)) throw new Failure(`This needs Node 20.19 or later; this is ${process.version}.`);
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  } finally {
    endAll();
  }
};
