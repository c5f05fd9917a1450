import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer } from '../../../../src/model/graph';
import type { LayerCase } from '../../../../src/model/reading';
import { productsIn } from '../../../support/kernelProducts';
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

  for (const [name, { source }] of Object.entries(CUSTOM_LAYERS))
    it(`${name}: multiply-accumulates are the products in the kernels that it runs`, () => {
      const model = (runProgram({ '/main.ts': HEAD + source }, '/main.ts')['create'] as () => tf.LayersModel)();
      const inputs = model.inputs.map(({ shape }) => tf.ones([1, ...(shape.slice(1) as number[])]));
      const [read] = readSource(HEAD + source).models;
      assert.equal(
        read?.macs,
        productsIn(() => model.predict(inputs)),
      );
    });

  it('has no count where the batch goes into it other than once an example, or a size is open', () => {
    const own = (call: string): string => `class Own extends tf.layers.Layer {
      call(inputs: tf.Tensor[]) { const x = inputs[0]!; ${call} }
    }
    export const create = (n: number) => tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] }), new Own({})] });`;
    assert.equal(customCase(own('return tf.matMul(tf.matMul(x, x, false, true), x);')).macs, undefined);
    assert.equal(customCase(own('return x.relu();')).macs, 0);
    assert.equal(customCase(own('return x.matMul(tf.zeros([4, 5]));')).macs, 20);
  });

  it('sizes that the batch decides are told as multiples of it', () => {
    const { ops } = customCase(CUSTOM_LAYERS['an attention head']?.source ?? '');
    assert.ok(ops !== undefined && typeof ops !== 'string');
    assert.deepEqual(ops.steps[0]?.args, [{ $input: 0 }, [{ $batch: 5, plus: 0 }, 12]]);
    assert.deepEqual(ops.steps[1]?.args.slice(0, 2), [{ $step: 0, index: 0 }, { $weight: 'q' }]);
    assert.deepEqual(ops.steps[1]?.outputShape, [null, 8]);
  });
});

describe('a layer class in the graph that the panel runs', () => {
  const layersOf = (source: string): readonly GraphLayer[] =>
    (readSource(HEAD + source).models[0] ?? assert.fail()).graph.layers.filter(({ factory }) => factory === 'custom');

  it('has its ops without their places, and its weights as `addWeight` was asked for them', () => {
    const [scale] = layersOf(CUSTOM_LAYERS['layer scale']?.source ?? '');
    assert.equal(scale?.stop, undefined);
    assert.deepEqual(scale?.ops, {
      steps: [{ op: 'mul', args: [{ $input: 0 }, { $weight: 'gamma' }], outputShape: [null, 6] }],
      outputs: [{ $step: 0, index: 0 }],
    });
    assert.deepEqual(scale?.weights, [
      { name: 'gamma', shape: [6], dtype: 'float32', initializer: { $tf: 'initializers.ones', args: [] }, trainable: true },
    ]);
  });

  it('says whether it hands masks on, and stops where that is not known or is done by code of its own', () => {
    const own = (fields: string, more = ''): GraphLayer | undefined =>
      layersOf(`class Own extends tf.layers.Layer {
        constructor() { super({}); ${fields} }
        call(x: tf.Tensor[]) { return x[0]!.relu(); }
        ${more}
      }
      export const make = () => tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] }), new Own()] });`)[0];
    const mask = 'computeMask() { return tf.ones([1, 4], "bool"); }';
    assert.deepEqual([own('')?.supportsMasking, own('')?.stop], [undefined, undefined]);
    assert.deepEqual([own('', mask)?.supportsMasking, own('', mask)?.stop], [undefined, undefined], 'nobody asks for its mask');
    assert.equal(own('this.supportsMasking = true;')?.supportsMasking, true);
    assert.match(own('this.supportsMasking = Math.random() > 0.5;')?.stop ?? '', /whether Own supports masking is unknown/);
    assert.match(own('this.supportsMasking = true;', mask)?.stop ?? '', /the computeMask of Own is not followed/);
  });

  it('names the function that decides an open size of a weight', () => {
    const [own] = layersOf(`class Own extends tf.layers.Layer {
      w!: tf.LayerVariable;
      constructor(private readonly units: number) { super({}); }
      build(shape: tf.Shape) { this.w = this.addWeight('w', [shape[1]!, this.units], 'int32', tf.initializers.zeros(), undefined, false); }
      call(x: tf.Tensor[]) { return x[0]!.relu(); }
    }
    export const make = (units: number) => tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] }), new Own(units)] });`);
    assert.deepEqual(own?.weights, [
      { name: 'w', shape: [4, 'units'], dtype: 'int32', initializer: { $tf: 'initializers.zeros', args: [] }, trainable: false },
    ]);
  });

  it('does not change where only the source around it has moved', () => {
    const { source } = CUSTOM_LAYERS['causal self attention'] ?? assert.fail();
    const opsOf = (text: string): unknown => layersOf(text).map(({ ops }) => ops);
    assert.deepEqual(opsOf(`\n\n${source}`), opsOf(source));
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
