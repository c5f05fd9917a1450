import assert from 'node:assert/strict';
import { editBetween, type Edit } from '../../../src/model/edit';
import { readFile } from '../../../src/reader/read';
import { standingOf, stillStands } from '../../../src/reader/standing';
import { forgetTrees } from '../../../src/reader/syntax/parseCache';
import { applyEdit, KEYSTROKES } from '../../bench/sources/edits';
import { program } from '../../bench/sources/program';
import { Random } from '../../bench/sources/random';
import { MemoryWorkspace } from '../../support/memoryWorkspace';

const PATH = '/main.ts';

const read = (text: string) => readFile(PATH, new MemoryWorkspace({ [PATH]: text }));

/** True where the reader would keep its reading of `before` for `after`. */
const stands = (before: string, after: string): boolean => {
  forgetTrees();
  const standing = standingOf(PATH, before, [], read(before));
  return standing !== undefined && stillStands(standing, after, []);
};

/** A reading with its places where an edit has moved them. */
const moved = (value: unknown, edit: Edit): unknown => {
  const to = (offset: number): number => (offset >= edit.end ? offset + edit.length - (edit.end - edit.start) : offset);
  const visit = (one: unknown): unknown => {
    if (typeof one === 'string') return one.replace(/(?<=^\/main\.ts#)\d+/, (offset) => String(to(Number(offset))));
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== 'object' || one === null) return one;
    const entries = Object.entries(one).map(([key, inner]) => [
      key,
      (key === 'start' || key === 'end') && typeof inner === 'number' ? to(inner) : visit(inner),
    ]);
    return Object.fromEntries(entries) as unknown;
  };
  return visit(value);
};

/** Where the reading is kept, a fresh one must say the same, its places moved. */
const check = (before: string, after: string): boolean => {
  const result = stands(before, after);
  if (!result) return false;
  const { reading } = read(before);
  forgetTrees();
  assert.deepEqual(moved(read(after).reading, { start: 0, end: 0, length: 0 }), moved(reading, editBetween(before, after)));
  return true;
};

const MODEL = `
export function createModel() {
  const input = tf.input({ shape: [8] });
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor });
}
`;
const withModel = (rest: string): string => `import * as tf from '@tensorflow/tfjs';\n${rest}${MODEL}`;

describe('a reading that stands though the text has changed', () => {
  const quiet: { readonly [what: string]: readonly [string, string] } = {
    'a text in a function': [`function hello() { return 'a'; }`, `function hello() { return 'abc'; }`],
    'a number in a method': [`class Clock { tick() { return 1; } }`, `class Clock { tick() { return 12; } }`],
    'a text in an arrow function': [`export const hello = () => 'a';`, `export const hello = () => 'ab';`],
    'a comment in a body': [`function hello() { return 1; }`, `function hello() { /* one */ return 1; }`],
  };
  for (const [what, [before, after]] of Object.entries(quiet))
    it(what, () => assert.ok(check(withModel(`${before}\n`), withModel(`${after}\n`))));

  const loud: { readonly [what: string]: readonly [string, string] } = {
    'a new name': [`function hello() { return 1; }`, `function hello() { return x; }`],
    'a line more': [`function hello() { return 1; }`, `function hello() {\n return 1; }`],
    'a value that runs with the file': [`const size = 'a';`, `const size = 'b';`],
    'a static that runs with the file': [`class Clock { static now = 1; }`, `class Clock { static now = 2; }`],
    'a parameter': [`function hello(a = 1) { return a; }`, `function hello(a = 2) { return a; }`],
    'what stands around the body': [`function hello() { return 1; }`, `function  hello() { return 1; }`],
    'what does not parse': [`function hello() { return 1; }`, `function hello() { return 1 +; }`],
    'a function that makes a layer': [
      `function head() { return tf.layers.dense({ units: 3 }); }`,
      `function head() { return tf.layers.dense({ units: 4 }); }`,
    ],
    'a function that has to do with one that makes a layer': [
      `function size() { return 3; }\nfunction head() { return tf.layers.dense({ units: size() }); }`,
      `function size() { return 4; }\nfunction head() { return tf.layers.dense({ units: size() }); }`,
    ],
    'a comment that states': [`function hello() { return 1; }`, `function hello() { /* @shape n = 3 */ return 1; }`],
    'a comment that silences': [`function hello() { return 1; }`, `function hello() { /* layerscope-disable-line */ return 1; }`],
    'two places': [`function a() { return 1; }\nfunction b() { return 1; }`, `function a() { return 2; }\nfunction b() { return 2; }`],
  };
  for (const [what, [before, after]] of Object.entries(loud))
    it(`not: ${what}`, () => assert.ok(!stands(withModel(`${before}\n`), withModel(`${after}\n`))));

  it('not where nothing of the file is a module', () => {
    const text = (value: number): string => `function hello() { return ${value}; }\nconst model = tf.sequential();\n`;
    assert.ok(!stands(text(1), text(2)));
  });

  it('not where the callers are others', () => {
    const [before, after] = [withModel('function hello() { return 1; }\n'), withModel('function hello() { return 2; }\n')];
    const standing = standingOf(PATH, before, [], read(before));
    assert.ok(standing && !stillStands(standing, after, ['/train.ts']) && stillStands(standing, after, []));
  });

  it('is what a fresh reading says, over keystrokes in a program', () => {
    let before = program(300, 5);
    let kept = 0;
    for (let round = 1; round <= 4; round++) {
      const after = applyEdit(before, KEYSTROKES['unrelated']?.(before, round) ?? { start: 0, end: 0, text: '' });
      if (check(before, after)) kept++;
      before = after;
    }
    assert.equal(kept, 4);
  });

  it('is what a fresh reading says, over edits at random', () => {
    const random = new Random(3);
    const source = program(200, 9);
    let kept = 0;
    for (let round = 0; round < 30; round++) {
      const start = random.whole(0, source.length);
      const edit = { start, end: start + random.pick([0, 1]), text: random.pick(['x', '7', ' ', '', '//', 'é', "'"]) };
      if (check(source, applyEdit(source, edit))) kept++;
    }
    assert.ok(kept > 0, 'no edit was of the kind that is tested');
  });
});
