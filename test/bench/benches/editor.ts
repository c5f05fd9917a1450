import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { openOurs, openPeer, type EditorSide } from '../editor/sides';
import { placeOf, positionAt, unitsOf } from '../editor/place';
import { median, percentile, type BenchOptions } from '../figures';
import { applyEdit, KEYSTROKES } from '../sources/edits';
import { program } from '../sources/program';
import { RESNET_152 } from '../sources/resnet152';
import { processorTime } from '../window/processes';

/** Rounds that are not measured: compilers learn in them, on both sides. */
const WARM_UP = 8;

/** Milliseconds of quiet before each edit of which the time is measured: a person asks after an edit, not in the middle of typing. */
const QUIET = 300;

/** What an editor asks for after an edit of a layer's option, beside TypeScript's own server, the same edits in the same files. */
export async function editor(options: BenchOptions): Promise<void> {
  const files = [
    ['ResNet-152', RESNET_152],
    ['300 lines', program(300, options.seed)],
    ['3,000 lines', program(3_000, options.seed)],
  ] as const;
  for (const [name, source] of files) {
    await withSides(source, async (sides) => {
      await asked(name, source, sides, options);
      await typed(`${name}, option`, source, 'option', sides, options);
      if (name !== 'ResNet-152') await typed(`${name}, unrelated`, source, 'unrelated', sides, options);
    });
  }
}

interface Sides {
  readonly ours: EditorSide;
  readonly peer: EditorSide;
}

/** Below the project, so that TypeScript finds TensorFlow.js' typings from there; the file itself exists in memory only. */
async function withSides(source: string, use: (sides: Sides) => Promise<void>): Promise<void> {
  const folder = resolve('out/bench/editor').replaceAll('\\', '/');
  mkdirSync(folder, { recursive: true });
  const ours = await openOurs(`${folder}/main.ts`, folder, source);
  const peer = await openPeer(`${folder}/main.ts`, folder, source);
  try {
    await use({ ours, peer });
  } finally {
    await ours.end();
    await peer.end();
  }
}

type Work = (side: EditorSide, units: string) => Promise<void>;

/** Each question right after an edit of its own, in turns; ends with the text that it began with. */
async function asked(file: string, source: string, { ours, peer }: Sides, options: BenchOptions): Promise<void> {
  const { start, name } = placeOf(source);
  const { start: from, end } = unitsOf(source);
  const original = source.slice(from, end);
  let written = original;
  let edit = 0;
  const write = async (side: EditorSide, text: string): Promise<void> => side.change(start, written.length, text);
  const questions: { readonly [question: string]: { readonly edits: boolean; readonly work: Work } } = {
    'hover after an edit': { edits: true, work: (side, units) => side.hover(name, units) },
    'hover, nothing edited': { edits: false, work: (side, units) => side.hover(name, units) },
    'hints after an edit': { edits: true, work: (side, units) => side.hints(units) },
    'problems gone after an edit': { edits: true, work: (side) => side.problems('none') },
  };
  const all = Object.entries(questions).map(([question, how]) => ({
    question,
    ...how,
    times: { ours: [] as number[], peer: [] as number[] },
  }));
  // All in turns: what the machine does besides, and what compilers have learnt by then, is the same for each.
  for (let round = 0; round < WARM_UP + 2 * options.rounds; round++) {
    for (const { question, edits, work, times } of all) {
      // A layer of no units is refused; the edit that is measured puts it right, for what is right is told without the pause.
      if (question.startsWith('problems')) {
        for (const side of [ours, peer]) {
          await write(side, '-1');
          await side.problems('some');
        }
        written = '-1';
      }
      const units = edits ? String(101 + ((edit++ * 7) % 800)) : written;
      for (const [times_, side] of [
        [times.ours, ours],
        [times.peer, peer],
      ] as const) {
        await after(QUIET);
        const since = performance.now();
        if (edits) await write(side, units);
        await work(side, units);
        if (round >= WARM_UP) times_.push(performance.now() - since);
      }
      written = units;
    }
  }
  for (const { question, times } of all) {
    const called = `${question}, ${file}`;
    options.report({ name: called, unit: 'ms', ours: median(times.ours), peer: median(times.peer) });
    options.report({ name: `${called}, 95th percentile`, unit: 'ms', ours: percentile(times.ours, 95), peer: percentile(times.peer, 95) });
  }
  for (const side of [ours, peer]) await write(side, original);
}

const KEYSTROKE_EVERY = 100;

/** Processor time for a keystroke, where one comes every 100 ms and hover, hints and problems are asked for after each. */
async function typed(file: string, source: string, kind: string, { ours, peer }: Sides, options: BenchOptions): Promise<void> {
  if (process.platform !== 'linux') return options.note(`processor time is counted on Linux alone; ${file} is left out`);
  const keystrokes = options.quick ? 20 : 50;
  const time = async (side: EditorSide): Promise<number> => {
    let text = source;
    await side.quiet();
    const before = processorTime(side.pid);
    for (let round = 0; round < keystrokes; round++) {
      const edit = KEYSTROKES[kind]?.(text, round);
      if (!edit) throw new Error(`There is no keystroke ${kind}.`);
      await side.change(positionAt(text, edit.start), edit.end - edit.start, edit.text);
      text = applyEdit(text, edit);
      side.askAll(placeOf(text).name);
      await after(KEYSTROKE_EVERY);
    }
    await side.quiet();
    const spent = processorTime(side.pid) - before;
    const [now, then] = [text, source].map((one) => KEYSTROKES[kind]?.(one, 0));
    if (now && then) await side.change(positionAt(text, now.start), now.end - now.start, source.slice(then.start, then.end));
    return spent / keystrokes;
  };
  options.report({ name: `processor time of a keystroke, ${file}`, unit: 'ms', ours: await time(ours), peer: await time(peer) });
}
