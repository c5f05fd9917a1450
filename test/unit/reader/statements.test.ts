import assert from 'node:assert/strict';
import type { Problem } from '../../../src/model/reading';
import { check, HEAD, readSource } from '../../support/readSource';

const ofStatements = (problems: readonly Problem[]): readonly Problem[] => problems.filter(({ code }) => code === 'shape-statement');

/** The problems of a source's statements: the words they mark, and what they say. */
function problemsOf(source: string, others: { readonly [path: string]: string } = {}): readonly (readonly [string, string])[] {
  const text = HEAD + source;
  const { problems } = readSource({ ...others, '/main.ts': text });
  return ofStatements(problems).map(({ span, message }) => [text.slice(span.start, span.end), message]);
}

const agrees = (source: string, others: { readonly [path: string]: string } = {}): void =>
  assert.deepEqual(ofStatements(check(source, others).problems), []);

describe('@shape states the value of a name', () => {
  it('of a parameter: above the function, inside it, beside the parameter', () => {
    agrees(`// @shape numClasses = 10
    export function above(numClasses: number) {
      return tf.sequential({ layers: [tf.layers.dense({ units: numClasses, inputShape: [3] })] });
      //                                        ^ [null, 10] 40
    }
    export const inside = (numClasses: number) => {
      // @shape numClasses = 7
      return tf.sequential({ layers: [tf.layers.dense({ units: numClasses * 2, inputShape: [3] })] });
      //                                        ^ [null, 14] 56
    };
    export function beside(
      numClasses: number, // @shape numClasses = 5
    ) {
      return tf.sequential({ layers: [tf.layers.dense({ units: numClasses, inputShape: [3] })] });
      //                                        ^ [null, 5] 20
    }`);
  });

  it('of several names at once, in every kind of comment, with arithmetic', () => {
    agrees(`/**
     * Builds the head.
     * @shape units = 64, side = 2 * (units - 60) / 4
     */
    export function head(units: number, side: number, rate: number) {
      /* @shape rate = 0.5 */
      return tf.sequential({ layers: [
        tf.layers.dense({ units, inputShape: [side] }),
        //        ^ [null, 64] 192
        tf.layers.dense({ units: rate * 10 }),
        //        ^ [null, 5] 325
      ] });
    }`);
  });

  it('of members and of items, however the code takes them', () => {
    agrees(`// @shape config.units = 6, config.head.bias = false, dims[0] = 4
    export function build(config: { units: number; head: { bias: boolean } }, dims: number[]) {
      const { units } = config;
      const [side] = dims;
      return tf.sequential({ layers: [
        tf.layers.dense({ units, inputShape: [side] }),
        //        ^ [null, 6] 30
        tf.layers.dense({ units: dims[0], useBias: config.head.bias }),
        //        ^ [null, 4] 24
      ] });
    }`);
  });

  it('of fields, and of what a constructor is given', () => {
    agrees(`// @shape this.units = 3
    export class Net {
      units: number;
      constructor(config: { units: number }, private readonly classes: number) { this.units = config.units; }
      // @shape classes = 2
      build() {
        const model = tf.sequential();
        model.add(tf.layers.dense({ units: this.units, inputShape: [4] }));
        //                  ^ [null, 3] 15
        model.add(tf.layers.dense({ units: this.classes }));
        //                  ^ [null, 2] 8
        return model;
      }
    }`);
  });

  it('of texts, switches and lists', () => {
    agrees(`// @shape kind = "wide", useBias = false, inputShape = [28, side, 1], side = 14
    export function create(kind: string, useBias: boolean, inputShape: number[], side: number) {
      const model = tf.sequential();
      model.add(tf.layers.conv2d({ filters: kind === 'wide' ? 8 : 2, kernelSize: 1, useBias, inputShape }));
      //                  ^ [null, 28, 14, 8] 8
      void side;
      return model;
    }`);
  });

  it('of variables, imports and globals', () => {
    agrees(
      `import { labels } from './labels';
    const response = await fetch('/classes');
    const { classes } = await response.json();
    // @shape classes = 9, labels.length = 4, WIDTH = 2
    const model = tf.sequential({ layers: [tf.layers.dense({ units: classes, inputShape: [WIDTH] })] });
    //                                               ^ [null, 9] 27
    model.add(tf.layers.dense({ units: labels.length }));
    //                  ^ [null, 4] 40
    `,
      { '/labels.ts': `export const labels = JSON.parse(readFileSync('labels.json'));` },
    );
  });

  it('of a name that is asked for before the source gives it a value', () => {
    agrees(`let size: number | undefined;
    // @shape size = 3
    export const build = () => tf.sequential({ layers: [tf.layers.dense({ units: size, inputShape: [1] })] });
    //                                                            ^ [null, 3] 6
    export async function load() { size = (await (await fetch('x')).json()).size; }`);
  });

  it('before a default that no call needs, and after an argument that a call gives', () => {
    agrees(`// @shape units = 5
    export const alone = (units = 2) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [1] })] });
    //                                                                     ^ [null, 5] 10
    // @shape units = 5
    export const spread = ({ units = 2, bias = true } = {}) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [1], useBias: bias })] });
    //                                                                                            ^ [null, 5] 10
    `);
    const called = `// @shape units = 5
    export const create = (units = 2) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [1] })] });`;
    const others = { '/train.ts': `import { create } from './main';\n\ncreate(12);` };
    assert.deepEqual(problemsOf(called, others), [['units = 5', 'units is 12 here (train.ts:3), the comment states 5']]);
    const { sites } = readSource({ ...others, '/main.ts': HEAD + called });
    assert.equal(sites[0]?.cases[0]?.params, 24);
  });

  it('within the innermost function, class or file that has the name', () => {
    agrees(`// @shape n = 2

    import 'elsewhere';
    export const first = (n: number) => tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [1] })] });
    //                                                                     ^ [null, 2] 4
    export const second = (n: number) => {
      // @shape n = 3
      return tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [1] })] });
      //                                        ^ [null, 3] 6
    };`);
  });
});

describe('@shape states a shape', () => {
  it('of a parameter that layers are applied to', () => {
    agrees(`export function forward(x: tf.SymbolicTensor /* @shape [batch, 28, 28, 1] */) {
      const y = tf.layers.conv2d({ filters: 4, kernelSize: 3 }).apply(x) as tf.SymbolicTensor;
      //                  ^ [null, 26, 26, 4] 40
      return tf.layers.dense({ units: y.shape[3]! * 2 }).apply(y);
      //               ^ [null, 26, 26, 8] 40
    }
    // @shape x: [N, steps, 3]
    export const named = (x: tf.SymbolicTensor, steps: number) => tf.layers.flatten().apply(x);
    //                                                                      ^ [null, 3*steps] 0
    `);
  });

  it('of what a declaration, an assignment, a call and a return give', () => {
    agrees(`export function f(make: () => tf.SymbolicTensor) {
      // @shape [?, 4]
      const a = make();
      let b;
      b = make(); // @shape [batch, 5]
      const c = tf.layers.concatenate().apply([a, b]);
      //                  ^ [null, 9] 0
      const back = () => {
        return make(); // @shape [null, 2]
      };
      return [c, tf.layers.dense({ units: 1 }).apply(back())];
      //                   ^ [null, 1] 3
    }`);
  });

  it('agrees in silence, and is a problem where it contradicts', () => {
    const source = (shape: string): string => `const model = tf.sequential();
      model.add(tf.layers.conv2d({ filters: 6, kernelSize: 5, inputShape: [32, 32, 1] })); // @shape ${shape}
      model.add(tf.layers.flatten());`;
    for (const shape of ['[null, 28, 28, 6]', '[batch, 28, ?, 6]', '[32, 28, 28, 6] as in the paper', '[batch, side, side, 6]'])
      assert.deepEqual(problemsOf(source(shape)), []);
    assert.deepEqual(problemsOf(source('[batch, 28, 28, 16]')), [
      ['[batch, 28, 28, 16]', 'the shape is [null, 28, 28, 6] here (line 3), the comment states [batch, 28, 28, 16]'],
    ]);
    assert.equal(problemsOf(source('[batch, 28, 28]')).length, 1);
  });

  it('of a layer is that of what it gives when it is applied, of a model that of its output', () => {
    const source = (layer: string, model: string): string => `
      // @shape ${layer}
      const dense = tf.layers.dense({ units: 4 });
      const input = tf.input({ shape: [2] });
      const model = tf.model({ inputs: input, outputs: dense.apply(input) }); // @shape ${model}`;
    assert.deepEqual(problemsOf(source('[null, 4]', '[batch, 4]')), []);
    assert.deepEqual(
      problemsOf(source('[null, 5]', '[batch, 6]')).map(([marked]) => marked),
      ['[null, 5]', '[batch, 6]'],
    );
  });

  it('where TensorFlow.js refuses, mends nothing', () => {
    const { problems } =
      readSource(`${HEAD}const x = tf.layers.add().apply([tf.input({ shape: [2] }), tf.input({ shape: [3] })]); // @shape [null, 3]
    const y = tf.layers.dense({ units: 1 }).apply(x);`);
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ['error'],
    );
  });
});

describe('@shape that cannot be read', () => {
  const source = (statement: string): string => `export function create(numClasses: number) {
      // @shape ${statement}
      return numClasses;
    }`;

  for (const [statement, marked, expected] of [
    ['numClasses =', 'numClasses =', /^expected a value after `=`/],
    ['numClasses = ,', ',', /^expected a value/],
    ['numClasses = 10 20', '20', /^expected the end, or a comma/],
    ['numClasses = (10', '(10', /^expected `\)`/],
    ['numClasses = 1 +', 'numClasses = 1 +', /^expected a number after `\+`/],
    ['numClasses: 10', '10', /^expected a shape after the colon/],
    ['[28, x', '[28, x', /^expected `\]`/],
    ['[28 x]', 'x', /^expected a comma or `\]`/],
    ['numClasses', 'numClasses', /^expected `=` and a value/],
    ['', '@shape', /^expected `name = value`, or a shape/],
    ['numClases = 10', 'numClases', /^nothing here is called numClases/],
    ['x: [28, 28]', 'x', /^nothing here is called x/],
  ] as const) {
    it(`marks \`${statement}\``, () => {
      const [problem, ...more] = problemsOf(source(statement));
      assert.deepEqual(more, []);
      assert.equal(problem?.[0], marked);
      assert.match(problem[1], expected);
    });
  }

  it('a shape beside nothing, a function or a pattern says what was expected', () => {
    const messages = [
      `function f(x: number) {} // @shape [2]`,
      `// @shape [2]\nfunction f(x: number) {}`,
      `const [a, b] = [1, 2]; // @shape [2]`,
      `if (Math.random()) { // @shape [2]\n}`,
    ].map((text) => problemsOf(text).map(([marked, message]) => [marked, message.startsWith('expected')]));
    assert.deepEqual(messages, Array(4).fill([['[2]', true]]));
  });

  it('is only said of comments', () => {
    assert.deepEqual(
      problemsOf(`const a = '// @shape b ='; const t = \`// @shape b =
      // @shape b =
      \${a} /* @shape b = */\`; const r = /\\/\\/ @shape b =/;
      // someone@shape.example, and what @shape = means; @shapes = 3
      void [t, r];`),
      [],
    );
    const page = `const view = <p>// @shape b =
      /* @shape b = */ {/* @shape c = */}</p>;`;
    const { problems } = readSource({ '/main.tsx': HEAD + page }, undefined, '/main.tsx');
    assert.deepEqual(
      ofStatements(problems).map(({ span }) => (HEAD + page).slice(span.start, span.end)),
      ['c ='],
    );
  });

  it('also counts in the script blocks of a page, and there only', () => {
    const page = `<p>// @shape x =</p><script>
      // @shape n = 3
      function build(n) { return tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [1] })] }); }
    </script>`;
    const reading = readSource({ '/index.html': page }, undefined, '/index.html');
    assert.deepEqual(reading.problems, []);
    assert.equal(reading.sites[0]?.cases[0]?.params, 6);
  });

  it('never ends a reading: statements of themselves, of each other, without end', () => {
    const reading = readSource(`${HEAD}// @shape a = b, b = a, c = c + 1, d = ${'['.repeat(50)}1${']'.repeat(50)}, e = ${'1 + '.repeat(300)}
    export const f = (a, b, c, d, e) => tf.sequential({ layers: [tf.layers.dense({ units: a + b + c, inputShape: [d, e] })] });`);
    assert.equal(reading.sites.length, 1);
    assert.deepEqual(reading.limits, []);
  });
});
