import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type * as tf from '@tensorflow/tfjs';
import { summaryLines } from '../../../src/features/summary';
import { HEAD, onlyModel, readSource } from '../../support/readSource';
import { runProgram } from '../../support/realProgram';

/** Ends of the columns of TensorFlow.js' table, wide enough for every cell. */
const ENDS = [200, 400, 600, 700, 1000];

interface Rows {
  /** Name and class, output shape, parameters. */
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly totals: readonly string[];
}

/** What `model.summary()` prints. */
function realSummary(model: tf.LayersModel): Rows {
  const lines: string[] = [];
  model.summary(1000, ENDS, (line: string) => lines.push(line));
  const cells = (line: string): readonly string[] =>
    [
      [0, 200],
      [400, 600],
      [600, 700],
    ].map(([from, to]) => line.slice(from, to).trim());
  // A line without a name goes on with the inputs of the layer above it.
  const body = lines.slice(3).filter((line) => !/^([_=]+$| {200})/.test(line));
  return {
    rows: body
      .slice(0, -3)
      .map(cells)
      .map(([name, shape, params]) => [name, shape?.replaceAll(',', ', '), Number(params).toLocaleString('en-US')]),
    totals: body.slice(-3).map((line) => line.trim().replace(/\d+/, (digits) => Number(digits).toLocaleString('en-US'))),
  };
}

function ourSummary(text: string): Rows {
  const reading = readSource(text);
  // A model that is made of others comes after them.
  const model = reading.models.at(-1);
  assert.ok(model);
  const lines = summaryLines(model, reading.path, 1).map((line) => line.text);
  const end = lines.findLastIndex((line) => line.startsWith('─'));
  return {
    rows: lines.slice(4, end).map((line) => line.split(/ {2,}/).slice(0, 3)),
    totals: lines.slice(end + 1, end + 4),
  };
}

const build = (text: string, name: string): tf.LayersModel =>
  (runProgram({ '/main.ts': text }, '/main.ts')[name] as () => tf.LayersModel)();

const PROGRAMS = {
  'branches, in TensorFlow.js own order': `
    const x = tf.input({ name: 'x', shape: [8, 8, 3] });
    const late = tf.layers.conv2d({ name: 'late', filters: 4, kernelSize: 1 });
    const a = tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: 3, padding: 'same' }).apply(x) as tf.SymbolicTensor;
    const b = tf.layers.conv2d({ name: 'b', filters: 4, kernelSize: 5, padding: 'same' }).apply(a) as tf.SymbolicTensor;
    const side = late.apply(x) as tf.SymbolicTensor;
    const sum = tf.layers.add({ name: 'sum' }).apply([side, b]) as tf.SymbolicTensor;
    return tf.model({ inputs: x, outputs: sum });`,
  'a layer that is shared, over inputs of two sizes': `
    const x = tf.input({ name: 'x', shape: [8, 8, 3] });
    const y = tf.input({ name: 'y', shape: [9, 9, 3] });
    const shared = tf.layers.conv2d({ name: 'shared', filters: 4, kernelSize: 3 });
    const pool = tf.layers.globalMaxPooling2d({ name: 'pool' });
    const both = [x, y].map((one) => pool.apply(shared.apply(one)) as tf.SymbolicTensor);
    return tf.model({ inputs: [x, y], outputs: tf.layers.concatenate({ name: 'both' }).apply(both) as tf.SymbolicTensor });`,
  'a model within a model, partly frozen': `
    const inner = tf.sequential({ name: 'inner', layers: [tf.layers.dense({ name: 'i1', units: 5, inputShape: [4] }), tf.layers.dense({ name: 'i2', units: 2 })] });
    const model = tf.sequential({ name: 'outer' });
    const first = tf.layers.dense({ name: 'o1', units: 4, inputShape: [3] });
    first.trainable = false;
    model.add(first);
    model.add(inner);
    model.add(tf.layers.batchNormalization({ name: 'norm' }));
    return model;`,
  'an input layer of its own': `
    return tf.sequential({ layers: [tf.layers.inputLayer({ name: 'in', inputShape: [4] }), tf.layers.dense({ name: 'd', units: 2 })] });`,
};

describe('the summary', () => {
  for (const [file, name] of [
    ['lenet5', 'createLeNet'],
    ['alexnet', 'createAlexNet'],
    ['resnet34', 'createResNet34'],
  ] as const) {
    it(`is model.summary() of ${file}, row by row`, () => {
      const text = readFileSync(`examples/${file}.ts`, 'utf8');
      assert.deepEqual(ourSummary(text), realSummary(build(text, name)));
    });
  }

  for (const [what, body] of Object.entries(PROGRAMS)) {
    it(`is model.summary() of ${what}`, () => {
      const text = `${HEAD}export function create() {${body}\n}\n`;
      assert.deepEqual(ourSummary(text), realSummary(build(text, 'create')));
    });
  }

  it('tells cost and lines, and links the lines', () => {
    const text = readFileSync('examples/lenet5.ts', 'utf8');
    const reading = readSource(text);
    const lines = summaryLines(onlyModel(reading), reading.path, 10);
    assert.deepEqual(
      lines.map((line) => line.text),
      [
        'createLeNet · main.ts:10 · sequential',
        '',
        'Layer (type)           Output shape        Params   Share     MACs   Share  Activations   Share  Line',
        '─────────────────────────────────────────────────────────────────────────────────────────────────────',
        'c1 (Conv2D)            [null, 28, 28, 6]      156  0.25 %  117,600  28.2 %      18.8 kB  58.1 %    13',
        's2 (AveragePooling2D)  [null, 14, 14, 6]        0                0              4.70 kB  14.5 %    14',
        'c3 (Conv2D)            [null, 10, 10, 16]   2,416   3.9 %  240,000  57.6 %      6.40 kB  19.8 %    17',
        's4 (AveragePooling2D)  [null, 5, 5, 16]         0                0              1.60 kB   4.9 %    18',
        'c5 (Conv2D)            [null, 1, 1, 120]   48,120  78.0 %   48,000  11.5 %        480 B   1.5 %    21',
        'flatten (Flatten)      [null, 120]              0                0                                 22',
        'f6 (Dense)             [null, 84]          10,164  16.5 %   10,080   2.4 %        336 B   1.0 %    24',
        'output (Dense)         [null, 10]             850   1.4 %      840  0.20 %         40 B  0.12 %    25',
        '─────────────────────────────────────────────────────────────────────────────────────────────────────',
        'Total params: 61,706',
        'Trainable params: 61,706',
        'Non-trainable params: 0',
        'MACs: 416,520 an example',
        'Memory: 247 kB weights, 32.4 kB activations an example',
        'Memory: 1.04 MB activations for a batch of 32, 2.07 MB with its gradients, to train',
      ],
    );
    for (const [index, line] of lines.slice(4, 12).entries()) {
      const [link] = line.links ?? [];
      assert.ok(link);
      assert.match(line.text.slice(link.start, link.end), /^\d+$/);
      assert.equal(link.site, reading.sites[index]?.id);
    }
  });

  it('says ? for what is not known, and why', () => {
    const text = `${HEAD}export function create(n: number) {
      const x = tf.input({ shape: [4] });
      const y = tf.layers.dense({ units: 3 }).apply(x) as tf.SymbolicTensor;
      return tf.model({ inputs: x, outputs: elsewhere(y) });
    }`;
    const reading = readSource(text);
    const lines = summaryLines(onlyModel(reading), reading.path, 5).map((line) => line.text);
    assert.ok(lines.includes('Total params: ?'), lines.join('\n'));
    assert.match(lines.at(-1) ?? '', /^Not known: /);
  });
});
