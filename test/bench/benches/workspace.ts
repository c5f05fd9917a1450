import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { positionOf, LspClient } from '../../support/lsp/client';
import { median, type BenchOptions } from '../figures';
import { TsServer } from '../sides/tsserver';
import { madeWorkspace, type MadeWorkspace } from '../sources/workspace';

interface Opening {
  /** Milliseconds from the start of the server's process. */
  readonly answered: number;
  /** Until nothing more is found out; for the peer the same as `answered`. */
  readonly complete: number;
  /** Bytes of the process, when complete. */
  readonly memory: number;
  /** Milliseconds of single hovers, each right after an edit. */
  readonly hovers: readonly number[];
}

/** A large workspace is opened with one file of it: our first answer and the one that knows its callers, beside TypeScript's server on the same file. */
export async function workspace(options: BenchOptions): Promise<void> {
  const [files, withModels] = options.quick ? [2_000, 20] : [50_000, 200];
  const size = `${files.toLocaleString('en-US')} files`;
  options.note(`making ${size}, ${withModels} of which mention TensorFlow.js, where they are not there from an earlier run`);
  const made = madeWorkspace(files, withModels, options.seed);
  // Each takes TypeScript's server a minute or two.
  const runs = Math.min(3, options.rounds);
  const ours: Opening[] = [];
  const peer: Opening[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await openOurs(made));
    peer.push(await openPeer(made));
  }
  const report = (name: string, unit: 'ms' | 'MB', read: (opening: Opening) => number): void =>
    options.report({ name: `${name}, ${size}`, unit, ours: median(ours.map(read)), peer: median(peer.map(read)) });
  report('opening, first answer', 'ms', ({ answered }) => answered);
  report('opening, callers found', 'ms', ({ complete }) => complete);
  report('memory when open', 'MB', ({ memory }) => memory / 1e6);
  report('hover after an edit', 'ms', ({ hovers }) => median(hovers));
}

const HOVERS = 15;

async function openOurs({ folder, model }: MadeWorkspace): Promise<Opening> {
  const since = performance.now();
  const client = await LspClient.start({ folder });
  try {
    const text = readFileSync(model, 'utf8');
    const uri = await client.open(model, text);
    const first = await client.labels(uri);
    const answered = performance.now() - since;
    if (!first.some((label) => label.includes('numClasses'))) throw new Error(`the first answer knows too much: ${first.join(' | ')}`);
    // The editor is asked to fetch its hints again when the callers have told the sizes.
    await client.until(() => client.refreshes > 0);
    const complete = performance.now() - since;
    const second = await client.labels(uri);
    if (second.some((label) => label.includes('numClasses'))) throw new Error(`the callers were not found: ${second.join(' | ')}`);
    const memory = residentMemory(client.process.pid);
    const hovers: number[] = [];
    const place = positionOf(text, '64');
    for (let i = 0; i < HOVERS; i++) {
      await client.change(uri, String(30 + i), place, { ...place, character: place.character + 2 });
      const asked = performance.now();
      const answer = await client.hoverText(uri, positionOf(text, 'dense'));
      hovers.push(performance.now() - asked);
      if (!answer?.includes(String(30 + i))) throw new Error(`the hover is about an older text: ${String(answer)}`);
    }
    return { answered, complete, memory, hovers };
  } finally {
    await client.stop();
  }
}

async function openPeer({ folder, model }: MadeWorkspace): Promise<Opening> {
  const since = performance.now();
  const server = new TsServer(folder);
  try {
    const text = readFileSync(model, 'utf8');
    server.notify('open', { file: model, fileContent: text, projectRootPath: folder });
    await server.check(model);
    const answered = performance.now() - since;
    const memory = residentMemory(server.process.pid);
    const hovers: number[] = [];
    const [digits, name] = [positionOf(text, '64'), positionOf(text, 'dense')];
    const [line, offset] = [digits.line + 1, digits.character + 1];
    for (let i = 0; i < HOVERS; i++) {
      server.notify('change', { file: model, line, offset, endLine: line, endOffset: offset + 2, insertString: String(30 + i) });
      const asked = performance.now();
      await server.request('quickinfo', { file: model, line: name.line + 1, offset: name.character + 1 });
      hovers.push(performance.now() - asked);
    }
    return { answered, complete: answered, memory, hovers };
  } finally {
    server.end();
  }
}

/** Bytes of a process, its threads included, as the system counts them. */
function residentMemory(pid: number | undefined): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kilobytes) * 1024;
}
