import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from '../../../src/reader/read';
import { forgetTrees } from '../../../src/reader/syntax/parseCache';
import { applyEdit, KEYSTROKES, type TextEdit } from '../../bench/sources/edits';
import { program } from '../../bench/sources/program';
import { Random } from '../../bench/sources/random';
import { MemoryWorkspace } from '../../support/memoryWorkspace';

/** All that a reading gives, but for nodes of its tree and numbers that count on from reading to reading. */
function read(path: string, text: string): unknown {
  const { rootRuns, ...result } = readFile(path, new MemoryWorkspace({ [path]: text }));
  const runs = rootRuns.map(({ statement, steps, standIns, isConfined, changed }) => [
    statement?.pos,
    steps,
    standIns,
    isConfined,
    changed.length,
  ]);
  return { ...result, runs };
}

/** What people and programs do to a text: characters come and go, lines are doubled, moved and commented out, brackets lose their partner. */
const PIECES = [
  'x',
  '7',
  ' ',
  '\n',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ';',
  ',',
  '.',
  "'",
  '`',
  '/*',
  '*/',
  '// ',
  'const a = 1;\n',
  'await ',
  'é',
];

function randomEdit(text: string, random: Random): TextEdit {
  const at = random.whole(0, text.length);
  const end = Math.min(text.length, at + random.pick([0, 0, 0, 1, 3, 20, 200]));
  const line = { start: text.lastIndexOf('\n', at - 1) + 1, end: (text.indexOf('\n', at) + 1 || text.length + 1) - 1 };
  switch (random.whole(0, 3)) {
    case 0:
      return { start: line.end, end: line.end, text: text.slice(line.start, line.end) };
    case 1:
      return { start: at, end, text: '' };
    default:
      return { start: at, end: random.whole(0, 1) ? at : end, text: random.pick(PIECES) };
  }
}

/** Applies edits one after the other; after each, the reading with all that is kept must be the reading of one who knows nothing. */
function checkEdits(path: string, source: string, edits: number, seed: number): void {
  const random = new Random(seed);
  let text = source;
  for (let i = 0; i < edits; i++) {
    // Every few edits the text is whole again: most of what people type is.
    const edit = i % 6 === 5 ? { start: 0, end: text.length, text: source } : randomEdit(text, random);
    const before = text;
    text = applyEdit(text, edit);
    forgetTrees();
    const fresh = read(path, text);
    forgetTrees();
    read(path, before);
    assert.deepEqual(read(path, text), fresh, `seed ${seed}, edit ${i}: ${JSON.stringify(edit)}`);
  }
}

describe('a reading after an edit', () => {
  it('is the reading of one who never saw the text before: keystrokes in a program', () => {
    let text = program(400, 3);
    read('/main.ts', text);
    for (let round = 0; round < 4; round++) {
      for (const keystroke of Object.values(KEYSTROKES)) {
        text = applyEdit(text, keystroke(text, round));
        const kept = read('/main.ts', text);
        forgetTrees();
        assert.deepEqual(kept, read('/main.ts', text));
      }
    }
  });

  it('is so after random edits of made programs and of the examples', () => {
    for (const seed of [1, 2, 3]) checkEdits('/main.ts', program(60, seed), 12, seed);
    for (const name of readdirSync('examples').filter((file) => file.endsWith('.ts')))
      checkEdits(`/${name}`, readFileSync(`examples/${name}`, 'utf8'), 8, name.length);
  });

  it('is so in JavaScript and in a page', () => {
    const script =
      'const model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 3, inputShape: [4] }));\nmodel.add(tf.layers.dense({ units: 2 }));\n';
    checkEdits('/main.js', script, 30, 11);
    checkEdits('/index.html', `<h1>Net</h1>\n<script>\n${script}</script>\n<p>Done.</p>\n`, 30, 12);
  });
});
