import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import type { TensorCase } from '../../../../src/model/reading';
import { runProgram } from '../../../support/realProgram';
import { check, HEAD, readSource } from '../../../support/readSource';

/** What the calls that are assigned to a variable of each name give. */
function answers(program: string): Readonly<Record<string, readonly TensorCase[]>> {
  const source = HEAD + program;
  const { tensors } = readSource(source);
  return Object.fromEntries(
    tensors.flatMap(({ variable, cases }) => (variable ? [[source.slice(variable.start, variable.end), cases] as const] : [])),
  );
}

const outputs = (program: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(answers(program)).map(([name, cases]) => [name, cases.map((one) => one.outputs[0] ?? '?')]));

const messages = (program: string): readonly string[] => readSource(HEAD + program).problems.map(({ message }) => message);

/** The words in which the real TensorFlow.js refuses the program. */
function realRefusal(program: string): string {
  try {
    runProgram({ '/main.ts': HEAD + program }, '/main.ts');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('TensorFlow.js refuses nothing');
}

describe('tensors of sizes that the source leaves open', () => {
  it('have formulas, which give what TensorFlow.js computes for any size', () => {
    const program = `export function run(n: number, m: number) {
      const a = tf.zeros([n, 3]);
      const b = tf.concat([a, tf.ones([m, 3])], 0);
      const c = tf.matMul(b as tf.Tensor2D, tf.zeros([3, m]));
      const d = c.reshape([-1]);
      const e = tf.stack([a, a], 1);
      const f = tf.pad(a, [[2, 1], [0, m]]);
      return { a, b, c, d, e, f };
    }`;
    const read = outputs(program);
    const run = runProgram({ '/main.ts': HEAD + program }, '/main.ts')['run'] as (n: number, m: number) => Record<string, tf.Tensor>;
    for (const [n, m] of [
      [2, 5],
      [7, 4],
    ] as const) {
      for (const [name, tensor] of Object.entries(run(n, m))) {
        const [shape] = read[name] as readonly (readonly (number | string)[])[];
        const value = (size: number | string): unknown =>
          new Function('n', 'm', `return ${String(size).replaceAll('^', '**')}`)(n, m) as unknown;
        assert.deepEqual(shape?.map(value), tensor.shape, name);
      }
    }
  });

  it('are named by what they are made of', () => {
    assert.deepEqual(
      outputs(`export function run(rows: number[][], labels: number[], img: HTMLImageElement) {
        const xs = tf.tensor2d(rows);
        const ys = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
        const pixels = tf.browser.fromPixels(img);
        const input = pixels.resizeBilinear([224, 224]).toFloat().div(255).expandDims(0);
      }`),
      {
        xs: [['rows.length', 'rows[0].length']],
        ys: [['labels.length', 10]],
        pixels: [['img.height', 'img.width', 3]],
        input: [[1, 224, 224, 3]],
      },
    );
  });

  it('flow into layers as numbers and formulas', () => {
    check(`export function train(rows: number[][], labels: number[]) {
      const xs = tf.tensor2d(rows);
      const ys = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 4, inputShape: [xs.shape[1]!] }));
      //                  ^ [null, 4] 4*rows[0].length + 4
      model.add(tf.layers.dense({ units: ys.shape[1]! }));
      //                  ^ [null, 10] 50
      return model;
    }`);
  });

  it('are known in part where only a rank is certain', () => {
    assert.deepEqual(
      outputs(`export function run(data: any) {
        const a = tf.reshape(data, [-1, 28, 28, 1]);
        const b = tf.tensor(data);
        const c = b.add(1);
        const d = tf.mean(b);
        const e = tf.tensor3d(data, [4, 5, 6]);
      }`),
      { a: [['?', 28, 28, 1]], b: ['?'], c: ['?'], d: [[]], e: [[4, 5, 6]] },
    );
  });

  it('have the length of what a loop of unknown rounds fills, and the width of what it fills it with', () => {
    assert.deepEqual(
      outputs(`export function run(records: { r: number; g: number; b: number }[]) {
        const colours = [];
        for (const { r, g, b } of records) colours.push([r / 255, g / 255, b / 255]);
        const xs = tf.tensor2d(colours);
      }`),
      { xs: [['?', 3]] },
    );
  });

  it('say why values are not known', () => {
    const { sites } = readSource(
      `${HEAD}export async function run() {
        const n = (await tf.scalar(3).data())[0];
        return tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [2] })] });
      }`,
    );
    const [unknown] = sites[0]?.cases[0]?.unknowns ?? [];
    assert.equal(
      unknown?.reason ?? sites[0]?.cases[0]?.unknown,
      'tf.scalar(3).data()[0]: the values of a tensor are computed when the program runs',
    );
  });

  it('agree on both sides of a condition where the sizes do', () => {
    assert.deepEqual(
      outputs(`export function run(flag: boolean) {
        let x: tf.Tensor = tf.zeros([2, 3]);
        if (flag) x = x.relu();
        const y = x.sum(0);
        const z = tf.zeros(flag ? [1, 2] : [2, 1]);
        const w = z.add(1);
      }`)['y'],
      [[3]],
    );
  });
});

describe('refusals of ops', () => {
  for (const program of [
    'tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 5]));',
    'tf.zeros([2, 3]).add(tf.zeros([4, 3]));',
    'tf.zeros([2, 3]).reshape([7]);',
    'tf.concat([tf.zeros([2, 3]), tf.zeros([2, 4])], 0);',
    'tf.conv2d(tf.zeros([1, 8, 8, 3]) as tf.Tensor4D, tf.zeros([3, 3, 4, 8]), 1, "same");',
    'tf.zeros([2, 3]).slice([0, 1], [2, 4]);',
    'const m = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [4], name: "d" })] }); m.predict(tf.zeros([3, 5]));',
    'const i = tf.input({ shape: [4], name: "in" }); tf.model({ inputs: i, outputs: tf.layers.dense({ units: 1 }).apply(i) as tf.SymbolicTensor }).predict(tf.zeros([3, 4, 1]));',
  ]) {
    it(`are told in TensorFlow.js' words: ${program.slice(0, 60)}`, () => {
      const problems = readSource(HEAD + program).problems.map(({ message, code }) => [message, code]);
      assert.deepEqual(problems, [[realRefusal(program), 'shape-mismatch']]);
    });
  }

  it('are never certain where a size is not known', () => {
    for (const program of [
      'export function run(n: number) { return tf.matMul(tf.zeros([2, n]), tf.zeros([640, 5])); }',
      'export function run(x: tf.Tensor) { return tf.matMul(x as tf.Tensor2D, tf.zeros([640, 5])).add(tf.zeros([7])); }',
      'export function run(flag: boolean) { if (flag) tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 5])); }',
    ])
      assert.deepEqual(messages(program), []);
  });

  it('end with the first: what comes after is unknown, with the line', () => {
    const { b } = answers('const a = tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 5]));\nconst b = a.add(1);');
    assert.equal(b?.[0]?.unknown, 'matMul at line 2 fails');
  });
});
