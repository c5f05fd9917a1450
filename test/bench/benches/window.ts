import { readFileSync, statSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { outFolder, root } from '../../../scripts/lib/environment.mjs';
import { packageExtension } from '../../../scripts/lib/extension.mjs';
import { median, type BenchOptions } from '../figures';
import { openWindow, type BenchWindow } from '../window/benchWindow';
import { processorTime, processesUnder } from '../window/processes';

/** What the package may be, in bytes. */
const MOST_BYTES = 4 * 2 ** 20;

/** Our extension in a real VS Code beside its own for TypeScript: what each says of its activation, and what its processes do while nobody does anything. */
export async function window(options: BenchOptions): Promise<void> {
  const folder = join(outFolder, 'bench', 'window');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const vsix = await packageExtension(join(folder, 'layerscope.vsix'));
  const size = statSync(vsix).size - picturesOfThePage();
  options.report({
    name: "the package without its page's pictures, beside what it may be",
    unit: 'MB',
    ours: size / 1e6,
    peer: MOST_BYTES / 1e6,
  });
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  const runs = options.quick ? 1 : 5;
  for (const [how, command] of Object.entries(FIRST)) {
    const times = { ours: [] as number[], peer: [] as number[] };
    for (let run = 0; run < runs; run++) {
      const data = join(folder, `data-${command === undefined ? 'file' : 'command'}-${run}`);
      const opened = await openWindow({ folder: join(folder, 'examples'), data, vsix, file: 'lenet5.ts', ...(command && { command }) });
      try {
        const activations = await opened.activations([OURS, PEER]);
        times.ours.push(activations.get(OURS) ?? Number.NaN);
        times.peer.push(activations.get(PEER) ?? Number.NaN);
        if (command === undefined && run === runs - 1) await idle(opened, options);
      } finally {
        await opened.close();
      }
    }
    options.report({ name: `activation as VS Code reports it, ${how}`, unit: 'ms', ours: median(times.ours), peer: median(times.peer) });
  }
}

/**
 * What activates ours. A file activates both in one turn: VS Code starts both clocks and then loads its own extension, so that ours counts the peer's
 * loading and its own. A command activates ours alone, and the file that is opened after it the peer alone.
 */
const FIRST: { readonly [how: string]: string | undefined } = {
  'both by one file, ours with the loading of the peer in it': undefined,
  'each by itself': 'Layerscope: Open Example…',
};

const OURS = 'Layerscope';
const PEER = 'JavaScript and TypeScript Language Features';

/** The pictures that the README shows; they are compressed already, so they take in the package what they take on the disk. */
const picturesOfThePage = (): number =>
  [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].reduce(
    (sum, [, path]) => sum + statSync(join(root, path ?? '')).size,
    0,
  );

const IS_OURS = /layerscope\.layerscope-.*server\.js/;
const IS_PEER = /tsserver\.js/;

/** A file is open and all of it is read; then a minute in which nobody does anything. */
async function idle(opened: BenchWindow, options: BenchOptions): Promise<void> {
  if (process.platform !== 'linux') return options.note('processor time is counted on Linux alone; idling is left out');
  const seconds = options.quick ? 10 : 60;
  const spent = (which: RegExp): number => {
    const found = processesUnder(opened.pid).filter(({ commandLine }) => which.test(commandLine));
    if (found.length === 0) throw new Error(`No process runs ${String(which)}.`);
    return found.reduce((sum, { pid }) => sum + processorTime(pid), 0);
  };
  await after(SETTLING);
  const before = [spent(IS_OURS), spent(IS_PEER)] as const;
  await after(seconds * 1000);
  const [ours, peer] = [spent(IS_OURS) - before[0], spent(IS_PEER) - before[1]];
  options.report({ name: `processor time in ${seconds} s of idling`, unit: 'ms', ours, peer });
}

/** Milliseconds in which servers end what they do after a file was opened: loading, looking for callers, collecting garbage. */
const SETTLING = 30_000;
