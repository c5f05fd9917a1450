import assert from 'node:assert/strict';
import { check, HEAD, readSource, showCase } from '../../support/readSource';

const shown = (source: string): readonly string[] => readSource(HEAD + source).sites.map((site) => site.cases.map(showCase).join(' | '));

describe('what depends on many conditions', () => {
  it('a loop up to an unknown number holds that number to its rounds', () => {
    check(`export function create(sizes: number[], features: number) {
      const model = tf.sequential();
      for (let i = 0; i < sizes.length; ++i) {
        model.add(tf.layers.lstm({ units: 8, returnSequences: i < sizes.length - 1, inputShape: i === 0 ? [7, features] : undefined }));
        //                  ^ [null, 8] 32*features + 288 when sizes.length === 1 | [null, 7, 8] 32*features + 288 when sizes.length === 2 || sizes.length === 3 | [null, 8] 544 when sizes.length === 2 || sizes.length === 3 | [null, 7, 8] 544 when sizes.length === 3
      }
      model.add(tf.layers.dense({ units: 3 }));
      //                  ^ [null, 3] 27
      return model;
    }`);
  });

  it('two loops up to one number run equally often', () => {
    const source = `export function create(depth: number) {
      let x = tf.input({ shape: [32, 32, 3] });
      const downs: tf.SymbolicTensor[] = [x];
      for (let i = 0; i < depth; i++) downs.push(tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }).apply(downs[i]) as tf.SymbolicTensor);
      let up = downs[downs.length - 1];
      for (let i = 0; i < depth; i++) up = tf.layers.upSampling2d({ size: [2, 2] }).apply(up) as tf.SymbolicTensor;
      return tf.model({ inputs: x, outputs: tf.layers.flatten().apply(up) as tf.SymbolicTensor });
    }`;
    assert.deepEqual(shown(source).slice(-1), ['[null, 4096] 0']);
  });

  it('a size that only a number of rounds decides is not one of the sizes that were tried', () => {
    check(`declare const limit: number;
    const sensors: number[] = [];
    for (let angle = 0; angle < limit; angle += 0.25) sensors.push(angle);
    tf.sequential().add(tf.layers.dense({ units: 5, inputShape: [sensors.length] }));
    //                            ^ [null, 5] 5*inputShape + 5`);
  });

  it('conditions that change no shape are left out before too many come together', () => {
    const source = `export function create(config: { a: boolean; b: boolean; c: boolean; d: boolean; width: number }) {
      const input = tf.input({ shape: [config.width] });
      let x = input;
      if (config.a) x = tf.layers.dropout({ rate: 0.1 }).apply(x) as tf.SymbolicTensor;
      if (config.b) x = tf.layers.dropout({ rate: 0.2 }).apply(x) as tf.SymbolicTensor;
      if (config.c) x = tf.layers.dropout({ rate: 0.3 }).apply(x) as tf.SymbolicTensor;
      if (config.d) x = tf.layers.dropout({ rate: 0.4 }).apply(x) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor });
    }`;
    const reading = readSource(HEAD + source);
    const site = reading.sites.at(-1);
    assert.deepEqual(site?.cases.map((one) => [one.outputShape, one.params])[0], [[null, 2], '2*config.width + 2']);
    // Which of the dropouts are in it is not known, so the model as a whole is not.
    assert.deepEqual([...new Set(reading.models.map((one) => one.totalParams))], ['?']);
  });

  it('a formula is found over few of many unknowns', () => {
    check(`export function create(a: number, b: number, c: number, d: number) {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: a, inputShape: [b] }));
      //                  ^ [null, a] a*b + a
      model.add(tf.layers.dense({ units: c }));
      //                  ^ [null, c] a*c + c
      model.add(tf.layers.dense({ units: d }));
      //                  ^ [null, d] c*d + d
      return model;
    }`);
  });

  it('a size that is no polynomial is written as the source writes it', () => {
    check(`export function create(filters: number) {
      const input = tf.input({ shape: [8, 8, 3] });
      //               ^ [null, 8, 8, 3] 0
      const x = tf.layers.conv2d({ filters: Math.min(256, 2 * filters), kernelSize: 1 }).apply(input);
      //                  ^ [null, 8, 8, Math.min(256, 2*filters)] 4*Math.min(256, 2*filters)
      tf.layers.conv2d({ filters, kernelSize: 1, useBias: false }).apply(x);
      //        ^ [null, 8, 8, filters] filters*Math.min(256, 2*filters)
    }`);
  });

  it('a class that nothing makes is made once, for the functions in its fields', () => {
    check(`export class Net {
      constructor(private readonly units: number) {}
      create = () => tf.sequential({ layers: [tf.layers.dense({ units: this.units, inputShape: [4] })] });
      //                                                ^ [null, units] 5*units
    }`);
  });

  it("TensorFlow.js' own classes are told apart", () => {
    check(`function wrap(inner: unknown, size: number) {
      if (inner instanceof tf.Sequential) return inner;
      return tf.sequential({ layers: [tf.layers.dense({ units: size, inputShape: [inner as number] })] });
      //                                        ^ [null, 3] 9
    }
    wrap(wrap(2, 3), 0);`);
  });
});
