// `npm run fuzz -- --programs 1000000 --seed 7 --minutes 60`: programs made by chance, run by the real TensorFlow.js and read by the reader, which may
// say nothing wrong of them. Batches run in processes of their own, so that one that hangs or crashes is a finding and not the end. A failure prints
// its seed, the program cut down to what fails, and both answers. `npm run fuzz -- --seed 7 --programs 1` runs one program again. Each program is also
// read, and run where it still can be, with a mistake in it. `npm run fuzz -- --prefixes` reads every prefix of the examples and test programs instead.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Totals } from '../test/fuzz/support/batch';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    prefixes: { type: 'boolean', default: false },
    from: { type: 'string' },
    count: { type: 'string' },
  },
});

const BATCH = 500;
/** No program takes longer; what does hangs. */
const SILENCE_MS = 120_000;

/** What a batch tells: where it is, and at its end what it found. */
interface Message {
  readonly seed?: number;
  readonly totals?: Totals;
}

async function runBatch(from: number, count: number): Promise<void> {
  const { fuzzBatch } = await import('../test/fuzz/support/batch');
  const totals = await fuzzBatch(from, count, (seed) => process.send?.({ seed }));
  process.send?.({ totals });
}

/** One batch in its own process; a batch that ends without totals has crashed or hung. */
function batchInProcess(from: number, count: number): Promise<Totals | string> {
  return new Promise((resolve) => {
    const args = ['--import=tsx', __filename, '--from', String(from), '--count', String(count)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let last = from;
    let totals: Totals | undefined;
    let timer = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
    child.on('message', (message: Message) => {
      last = message.seed ?? last;
      totals = message.totals ?? totals;
      clearTimeout(timer);
      timer = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(totals ?? `seed ${last}: the process ended with ${signal ?? String(code)}`);
    });
  });
}

async function main(): Promise<void> {
  const [programs, first, minutes] = [Number(values.programs), Number(values.seed), Number(values.minutes)];
  const end = Date.now() + minutes * 60_000;
  const sum = { programs: 0, sites: 0, exact: 0, failures: 0 };
  for (let done = 0; done < programs && Date.now() < end; done += BATCH) {
    const count = Math.min(BATCH, programs - done);
    const found = await batchInProcess(first + done, count);
    if (typeof found === 'string') {
      console.log(`CRASH ${found}`);
      sum.failures++;
      continue;
    }
    sum.programs += count;
    sum.sites += found.sites;
    sum.exact += found.exact;
    sum.failures += found.failures;
    console.log(`${sum.programs} programs from seed ${first}: ${sum.exact} of ${sum.sites} sites wholly right, ${sum.failures} failures`);
  }
  process.exitCode = sum.failures > 0 ? 1 : 0;
}

/** Every prefix of every example and test program: what people type is one for most of the time. */
async function prefixes(): Promise<void> {
  const { readPrefixes } = await import('../test/fuzz/support/batch');
  const { PROGRAMS } = await import('../test/unit/reader/programs');
  const folder = join(__dirname, '../examples');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  texts.push(...PROGRAMS.flatMap(({ files }) => Object.values(files)));
  const { read, failures } = readPrefixes(texts, () => undefined);
  console.log(`${read} prefixes of ${texts.length} files read, ${failures} failures`);
  process.exitCode = failures > 0 ? 1 : 0;
}

if (values.prefixes) void prefixes();
else void (values.from === undefined ? main() : runBatch(Number(values.from), Number(values.count)));
