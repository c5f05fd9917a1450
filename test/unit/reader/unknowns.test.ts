import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { runProgram } from '../../support/realProgram';
import { check, HEAD, onlyModel, readSource } from '../../support/readSource';

/** The value of a formula over named numbers, as the reader writes it. */
function evaluate(formula: number | string, names: { readonly [name: string]: number }): number {
  if (typeof formula === 'number') return formula;
  const spelled = formula.replace(/[A-Za-z_$][\w$.]*/g, (name) => String(names[name])).replaceAll('^', '**');
  assert.match(spelled, /^[\d\s+*/().-]+$/, `${formula} is no formula over ${Object.keys(names).join()}`);
  return Number(new Function(`return ${spelled}`)());
}

describe('what the source leaves open', () => {
  it('is named by its parameter, and counted by formulas', () => {
    check(`export function create(numFeatures: number, numClasses: number) {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 50, inputShape: [numFeatures] }));
      //                  ^ [null, 50] 50*numFeatures + 50
      model.add(tf.layers.dense({ units: numClasses * 2 }));
      //                  ^ [null, 2*numClasses] 102*numClasses
      model.add(tf.layers.dense({ units: numClasses }));
      //                  ^ [null, numClasses] 2*numClasses^2 + numClasses
      return model;
    }`);
  });

  it('formulas give what TensorFlow.js counts for any value', () => {
    const source = `${HEAD}export function create(a: number, b: number) {
      const input = tf.input({ shape: [12, 12, a] });
      let x = tf.layers.conv2d({ filters: b, kernelSize: 3 }).apply(input) as tf.SymbolicTensor;
      x = tf.layers.separableConv2d({ filters: 2 * b + 1, kernelSize: 3 }).apply(x) as tf.SymbolicTensor;
      x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
      x = tf.layers.gru({ units: b }).apply(tf.layers.reshape({ targetShape: [64, 2 * b + 1] }).apply(x)) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: a }).apply(x) as tf.SymbolicTensor });
    }`;
    const model = onlyModel(readSource(source));
    const create = runProgram({ '/main.ts': source }, '/main.ts')['create'] as (a: number, b: number) => tf.LayersModel;
    for (const [a, b] of [
      [1, 1],
      [3, 5],
      [10, 4],
    ] as const) {
      const real = create(a, b);
      assert.equal(evaluate(model.totalParams, { a, b }), real.countParams());
      assert.deepEqual(
        model.outputShapes.map((shape) => shape.map((dim) => (dim === null ? null : evaluate(dim, { a, b })))),
        [real.outputs[0]?.shape],
      );
    }
  });

  it('is "?" where no formula holds: a stride floors', () => {
    check(`export const create = (size: number) => tf.sequential({ layers: [
      tf.layers.conv2d({ inputShape: [size, size, 1], filters: 2, kernelSize: 3 }),
      //        ^ [null, size - 2, size - 2, 2] 20
      tf.layers.maxPooling2d({ poolSize: 2 }),
      //        ^ [null, ?, ?, 2] 0
    ] });`);
  });

  it('does not take a bound for the value', () => {
    check(`export const create = (n: number) => tf.layers.dense({ units: Math.min(n, 10), inputShape: [3] }).apply(tf.input({ shape: [3] }));
      //                                       ^ [null, Math.min(n, 10)] 4*Math.min(n, 10)
      //                                                                                                   ^ [null, 3] 0
    `);
  });

  it('is read both ways where a condition decides, each case with its condition', () => {
    check(`export function create(useBn: boolean, kind: string) {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 4, inputShape: [2], useBias: !useBn }));
      //                  ^ [null, 4] 12 when !useBn | [null, 4] 8 when useBn
      if (useBn) model.add(tf.layers.batchNormalization());
      //                             ^ [null, 4] 16 when useBn
      if (kind === 'wide') model.add(tf.layers.dense({ units: 9 }));
      //                                       ^ [null, 9] 45 when kind === "wide"
      model.add(tf.layers.dense({ units: 1 }));
      //                  ^ [null, 1] 10 when kind === "wide" | [null, 1] 5 when kind !== "wide"
      return model;
    }`);
  });

  it('agrees with itself: one condition asked twice has one answer', () => {
    check(`export function create(wide: boolean) {
      const units = wide ? 8 : 2;
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [3] })] });
      //                                               ^ [null, 3] 0
      model.add(tf.layers.dense({ units: wide ? units : 8 }));
      //                  ^ [null, 8] 32
      return model;
    }`);
  });

  it('is read with one, two and three rounds where a loop has an unknown number of them', () => {
    check(`export function create(depth: number) {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [2] })] });
      //                                               ^ [null, 4] 12
      for (let i = 0; i < depth; i++) model.add(tf.layers.dense({ units: 4 }));
      //                                                  ^ [null, 4] 20 ×3
      model.add(tf.layers.dense({ units: 1 }));
      //                  ^ [null, 1] 5
      return model;
    }`);
  });

  it('takes the arguments from callers in other files', () => {
    check(
      `export const create = (units: number) => tf.sequential({ layers: [
      tf.layers.dense({ units, inputShape: [3] }),
      //        ^ [null, 7] 28 from train.ts:2 | [null, 9] 36 from train.ts:3
    ] });`,
      { '/train.ts': `import { create } from './main';\ncreate(7);\ncreate(9);` },
    );
  });

  it('says why: the parameter, the import, the callback', () => {
    const reading = readSource(`${HEAD}import { sizes } from 'elsewhere';
    export const a = (shape: number[]) => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: shape })] });
    export const b = () => tf.sequential({ layers: [tf.layers.dense(sizes.first)] });`);
    assert.deepEqual(
      reading.sites.map((site) => site.unknown),
      ['shape: parameter of a, called from no file of this project', 'sizes.first: imported from elsewhere, which is not read'],
    );
  });

  it('spreads: a value that code which is not read may have changed is unknown from there on', () => {
    check(`import { mix } from 'elsewhere';
    const sizes = [3, 4];
    tf.layers.dense({ units: sizes[0] }).apply(tf.input({ shape: [2] }));
    //        ^ [null, 3] 9
    //                                            ^ [null, 2] 0
    mix(sizes);
    let count = 1;
    mix(() => { count = 5; });
    tf.layers.dense({ units: count }).apply(tf.input({ shape: [2] }));
    //        ^ [null, count] 3*count
    //                                         ^ [null, 2] 0
    `);
  });

  it('is known in part where the layer itself tells: ranks, units, filters', () => {
    check(`export async function create(url: string) {
      const base = await tf.loadLayersModel(url);
      return tf.sequential({ layers: [
        tf.layers.flatten({ inputShape: base.outputs[0].shape.slice(1) }),
        //        ^ [null, ?] 0
        tf.layers.dense({ units: 64 }),
        //        ^ [null, 64] ?
        tf.layers.dense({ units: 6 }),
        //        ^ [null, 6] 390
      ] });
    }
    export const head = (features: tf.SymbolicTensor) => tf.layers.conv2d({ filters: 8, kernelSize: 1 }).apply(features);
    //                                                             ^ [null, ?, ?, 8] ?
    `);
  });

  it('custom layers: weights and shapes of sizes that a caller decides', () => {
    check(`class Mix extends tf.layers.Layer {
      constructor(private config: { width: number }) { super({}); }
      build(inputShape: tf.Shape) { this.addWeight('w', [inputShape[1] as number, this.config.width]); }
      computeOutputShape(inputShape: tf.Shape) { return [inputShape[0], this.config.width]; }
    }
    export const create = (config: { width: number }) => new Mix(config).apply(tf.input({ shape: [5] }));
    //                                                   ^ [null, config.width] 5*config.width
    //                                                                            ^ [null, 5] 0
    `);
  });

  it('a layer inside a wrapper says which one has it', () => {
    const reading = readSource(
      `${HEAD}tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }) }).apply(tf.input({ shape: [3, 4] }));`,
    );
    const inner = reading.sites.find((site) => site.factory === 'dense');
    assert.equal(inner?.unknown, 'the layer is inside the timeDistributed at line 2, which builds it and counts its parameters');
    assert.equal(reading.sites.find((site) => site.factory === 'timeDistributed')?.cases[0]?.params, 10);
  });

  it('a default after ?? stands in for what is missing, not for what is false', () => {
    check(`export const create = (bias?: boolean) => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], useBias: bias ?? true })] });
    //                                                                       ^ [null, 3] 9 when bias === undefined || bias !== undefined && bias | [null, 3] 6 when bias !== undefined && !bias
    `);
  });

  it('a loop of unknown length whose rounds may be skipped has all its rounds', () => {
    check(`export function create(depth: number, wide: boolean) {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      //                                               ^ [null, 2] 0
      for (let i = 0; i < depth; i++) { if (wide) continue; model.add(tf.layers.dense({ units: 2 })); }
      //                                                                        ^ [null, 2] 6 ×3 when !wide
      return model;
    }`);
  });
});
