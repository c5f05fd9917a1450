import { parseArgs } from 'node:util';
import { editor } from './benches/editor';
import { edits } from './benches/edits';
import { summary } from './benches/summary';
import { smallPanel, vggPanel } from './benches/panel';
import { window } from './benches/window';
import { workspace } from './benches/workspace';
import { lineOf, type BenchOptions } from './figures';

/** Benches by name, in the order in which they run. */
const BENCHES: { readonly [name: string]: (options: BenchOptions) => Promise<void> } = {
  'edit-300': (options) => edits(300, options),
  'edit-3000': (options) => edits(3_000, options),
  'edit-30000': (options) => edits(30_000, options),
  workspace,
  editor,
  summary,
  window,
  'panel-small': smallPanel,
  'panel-vgg': vggPanel,
};

const HEADER = `Each line: our figure, the same figure of a peer taken in the same run on the same machine, and the ratio of the two, which is what can be compared
from one machine to another. Times are medians of several runs in which the two sides take turns, each in a process of its own.
  edit    one keystroke in the middle of a generated file; ours: until the reading is complete, peer: TypeScript's semantic check of the same edit
  opening a large workspace with one file of it, from the start of the server's process; ours: until the first answer, and until the one that knows
          the callers in other files; peer: tsserver, until its problems of the same file are there
  hover   asked right after an edit, until the answer that knows of the edit
  memory  resident size of the whole process, threads included
  editor  our built server beside tsserver with all of its inlay hints, the same edits in the same files, asked at once: until the answer that knows of the edit.
          Hints are all of the file, problems those that an edit puts right (what is wrong is told 800 ms later, on purpose). Our pause for typing
          is not in the times: a hover that is asked with each question ends it. Processor time: all threads, a keystroke every 100 ms, each followed
          by a question for hover, hints and problems where the one before was answered
  summary reading a source and writing its model's summary, after an edit; peer: TensorFlow.js builds the same model, both warm and in one process
  window  the packaged extension in a real VS Code, beside its own extension for TypeScript: activation as "Show Running Extensions" has it, the
          median of five windows that open a file; processor time of the language servers' processes in a minute in which nobody does anything
  panel   the built engine beside plain TensorFlow.js, each in a worker of one page in Chromium, the same net, weights and backend; shaders are compiled before.
          A time goes from a message with the input to pictures on canvases, or to the end of a predict that fetches nothing, and to a fence behind the
          worker's last GPU command (webgl: fenceSync, webgpu: onSubmittedWorkDone), on both sides. What the panel shows: small maps of every layer and
          64 tiles of one; every layer's maps: up to 64 of each, a pixel a value, each on its own scale. A model for each layer: made before, then
          run one by one, each output read back and its maps put on a canvas. Building and running all: layers with weights from memory, and predict`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' }, rounds: { type: 'string' }, seed: { type: 'string' } },
  });
  const quick = values.quick === true;
  const options: BenchOptions = {
    seed: Number(values.seed ?? 1),
    rounds: Number(values.rounds ?? (quick ? 3 : 9)),
    quick,
    report: (figure) => console.log(lineOf(figure)),
    note: (text) => console.error(text),
  };
  const wanted = values.only ?? Object.keys(BENCHES);
  const foreign = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
  if (foreign.length > 0) {
    console.error(`There is no bench ${foreign.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`);
    process.exit(2);
  }
  console.error(HEADER);
  for (const name of wanted) await BENCHES[name]?.(options);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
