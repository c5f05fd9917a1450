import { resolve } from 'node:path';
import { median, type BenchOptions } from '../figures';
import { Side } from '../sides/side';
import { applyEdit, KEYSTROKES } from '../sources/edits';
import { program } from '../sources/program';

/** Edits before the first that counts: in a session of work the code is warm. */
const WARM_UP = 3;

/** An edit of a file of so many lines: until our reading of it is complete, beside TypeScript's semantic check of the same edit. */
export async function edits(lines: number, options: BenchOptions): Promise<void> {
  // Below the project, so that TypeScript finds TensorFlow.js' typings from there; the file itself exists in memory only.
  const path = resolve('out/bench/main.ts').replaceAll('\\', '/');
  const ours = new Side(resolve('test/bench/sides/readerSide.ts'), [path]);
  const peer = new Side(resolve('test/bench/sides/typeScriptSide.ts'), [path]);
  const size = `${lines.toLocaleString('en-US')} lines`;
  let source = program(lines, options.seed);
  try {
    const [oursFirst, peerFirst] = [await ours.ask({ ask: 'open', text: source }), await peer.ask({ ask: 'open', text: source })];
    options.report({ name: `first reading, ${size}`, unit: 'ms', ours: oursFirst, peer: peerFirst });
    for (const [kind, keystroke] of Object.entries(KEYSTROKES)) {
      const times = { ours: [] as number[], peer: [] as number[] };
      for (let round = 0; round < WARM_UP + options.rounds; round++) {
        const edit = keystroke(source, round);
        source = applyEdit(source, edit);
        const [our, their] = [await ours.ask({ ask: 'edit', edit }), await peer.ask({ ask: 'edit', edit })];
        if (round < WARM_UP) continue;
        times.ours.push(our);
        times.peer.push(their);
      }
      options.report({ name: `edit (${kind}), ${size}`, unit: 'ms', ours: median(times.ours), peer: median(times.peer) });
    }
    const [oursMemory, peerMemory] = [await ours.ask({ ask: 'memory' }), await peer.ask({ ask: 'memory' })];
    options.report({ name: `memory after edits, ${size}`, unit: 'MB', ours: oursMemory / 1e6, peer: peerMemory / 1e6 });
  } finally {
    ours.end();
    peer.end();
  }
}
