import assert from 'node:assert/strict';
import { check, readSource } from '../../support/readSource';

const BUNDLE = `var tf = (function () { return {}; })();\n${'// a line of a large bundle\n'.repeat(5000)}`;
const PROGRAM = 'const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });';

describe("a copy of TensorFlow.js among the project's files", () => {
  it('is TensorFlow.js where a page loads it', () => {
    const page = `<script src="js/tf.min.js"></script><script>${PROGRAM}</script>`;
    const { models } = readSource({ '/page.html': page, '/js/tf.min.js': BUNDLE }, undefined, '/page.html');
    assert.deepEqual(
      models.map((model) => model.totalParams),
      [15],
    );
  });

  it('is TensorFlow.js where a module imports it', () => {
    const { models } = readSource({ '/main.ts': `import * as tf from './lib/tf.es2017.js';\n${PROGRAM}`, '/lib/tf.es2017.js': BUNDLE });
    assert.deepEqual(
      models.map((model) => model.totalParams),
      [15],
    );
  });

  it("is not mistaken for a small file of the project's own", () => {
    const { models } = readSource({
      '/main.ts':
        "import { units } from './tf.js';\nimport * as tf from '@tensorflow/tfjs';\ntf.sequential({ layers: [tf.layers.dense({ units, inputShape: [4] })] });",
      '/tf.js': 'export const units = 2;',
    });
    assert.deepEqual(
      models.map((model) => model.totalParams),
      [10],
    );
  });
});

describe('an option that changes neither shapes nor counts', () => {
  it('makes no cases where it depends on a condition', () => {
    check(`export const create = (bits: { a: boolean; b: boolean; c: boolean; d: boolean }) =>
      tf.layers.gru({
      //        ^ [null, 2] 24
        units: 2, inputShape: [4, 1],
        dropout: bits.a ? 0.1 : 0.2, recurrentDropout: bits.b ? 0.1 : 0.2,
        kernelInitializer: bits.c ? 'zeros' : 'ones', biasRegularizer: bits.d ? 'l1l2' : undefined,
      });
    export const model = (bits: any) => {
      const made = tf.sequential();
      made.add(create(bits));
      return made;
    };`);
  });
});

describe('an initializer of the source’s own class', () => {
  it('changes neither shapes nor counts', () => {
    const { problems } =
      check(`class Fixed extends tf.serialization.Serializable { getClassName() { return 'Fixed'; } getConfig() { return {}; } }
    tf.layers.dense({ units: 3, inputShape: [4], kernelInitializer: new Fixed() as never }).apply(tf.input({ shape: [4] }));
    //        ^ [null, 3] 15
    //                                                                                               ^ [null, 4] 0`);
    assert.deepEqual(problems, []);
  });
});
