import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { LayerCase } from '../../../../src/model/reading';
import { runProgram } from '../../../support/realProgram';
import { HEAD, readSource } from '../../../support/readSource';
import { CUSTOM_LAYERS } from './customLayers';

const BATCH = 3;

function customCase(source: string): LayerCase {
  const site = readSource(HEAD + source).sites.find(({ factory }) => /^[A-Z]/.test(factory));
  assert.ok(site?.cases[0], JSON.stringify(site));
  return site.cases[0];
}

const warnings = (source: string): readonly (readonly [string, string])[] =>
  readSource(HEAD + source).problems.map(({ code, message }) => [code, message]);

describe('the call of layer classes, run by TensorFlow.js and read', () => {
  for (const [name, { source, ops }] of Object.entries(CUSTOM_LAYERS)) {
    it(name, () => {
      const create = runProgram({ '/main.ts': HEAD + source }, '/main.ts')['create'] as () => tf.LayersModel;
      const model = create();
      const inputs = model.inputs.map(({ shape }) => tf.ones([BATCH, ...(shape.slice(1) as number[])]));
      const output = model.predict(inputs) as tf.Tensor;
      const made = customCase(source);
      assert.deepEqual(made.callShape, [null, ...output.shape.slice(1)], JSON.stringify(made));
      assert.ok(made.ops !== undefined && typeof made.ops !== 'string', String(made.ops));
      const names = made.ops.steps.map(({ op }) => op);
      if (ops instanceof RegExp) assert.match(names.join(' '), ops);
      else assert.deepEqual([...names].sort(), [...ops].sort());
      assert.deepEqual(warnings(source), []);
    });
  }

  it('sizes that the batch decides are told as multiples of it', () => {
    const { ops } = customCase(CUSTOM_LAYERS['an attention head']?.source ?? '');
    assert.ok(ops !== undefined && typeof ops !== 'string');
    assert.deepEqual(ops.steps[0]?.args, [{ $input: 0 }, [{ $batch: 5, plus: 0 }, 12]]);
    assert.deepEqual(ops.steps[1]?.args.slice(0, 2), [{ $step: 0, index: 0 }, { $weight: 'q' }]);
    assert.deepEqual(ops.steps[1]?.outputShape, [null, 8]);
  });
});

describe('a call that differs from what its class declares', () => {
  const layer = (methods: string, input = '[4]'): string => `class Odd extends tf.layers.Layer { ${methods} }
    export const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: ${input} }), new Odd({})] });`;

  it('is a warning where computeOutputShape says otherwise', () => {
    assert.deepEqual(
      warnings(
        layer(`call(inputs: tf.Tensor[]) { return tf.concat([inputs[0]!, inputs[0]!], 1); }
          computeOutputShape(shape: tf.Shape) { return [shape[0]!, 7]; }`),
      ),
      [['declared-shape', 'computeOutputShape of Odd declares [null, 7], but its call gives [null, 8]']],
    );
  });

  it('is a warning where nothing is declared', () => {
    assert.deepEqual(warnings(layer('call(inputs: tf.Tensor[]) { return inputs[0]!.sum(1); }')), [
      ['declared-shape', "Odd has no computeOutputShape, so TensorFlow.js takes its input's shape, [null, 4], but its call gives [null]"],
    ]);
  });

  it('is none where it is not certain', () => {
    assert.deepEqual(warnings(layer('call(inputs: tf.Tensor[]) { return flag() ? inputs[0]!.sum(1) : inputs[0]!; }')), []);
    assert.deepEqual(warnings(layer('call(inputs: tf.Tensor[]) { return unread(inputs[0]!); }')), []);
    assert.deepEqual(
      warnings(
        `export function make(n: number) { ${layer('call(inputs: tf.Tensor[]) { return tf.zeros([1, 5]); }', '[n]').replace('export', '')} }`,
      ).length,
      1,
    );
  });

  it('that throws for any batch is told in TensorFlow.js words, with the batch left open', () => {
    assert.deepEqual(warnings(layer('call(inputs: tf.Tensor[]) { return tf.matMul(inputs[0] as tf.Tensor2D, tf.zeros([5, 6])); }')), [
      [
        'shape-mismatch',
        'Error in matMul: inner shapes (4) and (5) of Tensors with shapes null,4 and 5,6 and transposeA=false and transposeB=false must match.',
      ],
    ]);
  });

  it('has no ops, and says why, where a condition or something unread is in it', () => {
    for (const [body, why] of [
      ['return flag() ? inputs[0]!.relu() : inputs[0]!.tanh();', 'a condition that is not known decides what is computed'],
      ['return this.inner.apply(inputs[0]!) as tf.Tensor;', 'it applies dense'],
    ] as const) {
      const { ops } = customCase(layer(`inner = tf.layers.dense({ units: 4 }); call(inputs: tf.Tensor[]) { ${body} }`));
      assert.equal(ops, why);
    }
  });
});
