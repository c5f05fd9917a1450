import assert from 'node:assert/strict';
import { ALL_DIAGNOSTICS, diagnosticsOf } from '../../../../src/features/diagnostics';
import { Lines } from '../../../../src/features/lines';
import type { Problem } from '../../../../src/model/reading';
import { runProgram } from '../../../support/realProgram';
import { HEAD, readSource } from '../../../support/readSource';
import { sequential } from '../../rules/ruleTest';

/** The errors of a program: what is marked, and the lines that are pointed at, with what is said there. */
function errorsOf(source: string): readonly { readonly marked: string; readonly related: readonly string[]; readonly problem: Problem }[] {
  const text = HEAD + source;
  const lines = new Lines(text);
  return diagnosticsOf(readSource(text), text, ALL_DIAGNOSTICS)
    .filter(({ severity }) => severity === 'error')
    .map((problem) => ({
      marked: text.slice(problem.span.start, problem.span.end),
      related: (problem.related ?? []).map(({ at, message }) => `${lines.lineOf(at.start)} ${text.slice(at.start, at.end)}: ${message}`),
      problem,
    }));
}

/** The one error, whose message must begin with what the real program throws. */
function thrown(source: string): ReturnType<typeof errorsOf>[number] {
  const errors = errorsOf(source);
  assert.equal(errors.length, 1, JSON.stringify(errors));
  const { problem } = errors[0]!;
  assert.throws(
    () => {
      const model = (runProgram({ '/main.ts': HEAD + source }, '/main.ts')['create'] as () => { summary(...args: unknown[]): void })();
      model.summary(undefined, undefined, () => undefined);
    },
    (error: Error) => {
      // Automatic names count on from one program to the next.
      const plain = (message: string): string => message.replace(/_([A-Za-z0-9]+?)\d+\b/g, '_$1');
      assert.ok(plain(problem.message).startsWith(plain(error.message)), `${problem.message}\n${error.message}`);
      return true;
    },
  );
  return errors[0]!;
}

describe('a refusal is marked on the option that causes it', () => {
  for (const [layer, marked] of [
    ['conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 9 })', 'kernelSize: 9'],
    ['dense({ inputShape: [6], units: -1 })', 'units: -1'],
    ["dense({ inputShape: [6], units: 3, activation: 'rellu' })", "activation: 'rellu'"],
    ["dense({ inputShape: [6], units: 3, biasInitializer: 'zero', kernelInitializer: 'zero' })", "biasInitializer: 'zero'"],
    ["conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 3, padding: 'full' })", "padding: 'full'"],
    ["conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 3, dataFormat: 'NHWC' })", "dataFormat: 'NHWC'"],
    ['conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: [3, 3, 3] })', 'kernelSize: [3, 3, 3]'],
    ['maxPooling2d({ inputShape: [4, 4, 3], poolSize: 3.5 })', 'poolSize: 3.5'],
    ['permute({ dims: [1, 3], inputShape: [4, 5] })', 'dims: [1, 3]'],
    ['conv2d({ filters: 4, kernelSize: 3, inputShape: [28, 28] })', 'inputShape: [28, 28]'],
    ['dense({ units: 3 })', 'dense'],
  ] as const) {
    it(layer, () => assert.equal(thrown(sequential(layer)).marked, marked));
  }

  it('of two layers of one name the second, with the first beside it', () => {
    const { marked, related } = thrown(sequential("dense({ inputShape: [6], units: 3, name: 'fc' })", "dense({ name: 'fc', units: 4 })"));
    assert.equal(marked, "name: 'fc'");
    assert.deepEqual(related, ["4 name: 'fc': the same name"]);
  });

  it('also where the layer is applied elsewhere', () => {
    const source = `export const create = () => {
  const input = tf.input({ shape: [6, 6, 3] });
  const layer = tf.layers.embedding({ inputDim: 10, outputDim: 4, inputLength: 5 });
  return tf.model({ inputs: input, outputs: layer.apply(input) });
};
`;
    const { marked, related } = thrown(source);
    assert.equal(marked, 'inputLength: 5');
    assert.ok(related.includes('5 apply: the layer is applied here'), String(related));
  });
});

describe('a refusal says the arithmetic behind it', () => {
  it('of a window that is larger than what it slides over, and of what made that so small', () => {
    const { problem, related } = thrown(
      sequential(
        'conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, strides: 2 })',
        'batchNormalization()',
        'conv2d({ filters: 4, kernelSize: 5 })',
      ),
    );
    assert.match(problem.message, /with input shape \[,3,3,4\]: \(3 \+ 0 - 5\)\/1 \+ 1 = -1 rows$/);
    assert.deepEqual(related, ['4 strides: 2: strides makes this ⌊(8 + 0 - 3)/2⌋ + 1 = 3, so [null, 3, 3, 4]']);
  });

  it('of the branches of a block, by their names, with the call of the helper for which they do not fit', () => {
    const source = `const block = (x, filters, strides) => {
  const shortcut = x;
  let y = tf.layers.conv2d({ filters, kernelSize: 3, strides, padding: 'same' }).apply(x);
  y = tf.layers.batchNormalization().apply(y);
  y = tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(y);
  return tf.layers.add().apply([shortcut, y]);
};
export const create = () => {
  const input = tf.input({ shape: [56, 56, 64] });
  const x = block(block(input, 64, 1), 128, 2);
  return tf.model({ inputs: input, outputs: x });
};
`;
    const { marked, related } = thrown(source);
    assert.equal(marked, 'apply');
    assert.deepEqual(related, [
      '7 tf.layers.add(): shortcut is [null, 56, 56, 64]',
      '4 strides: strides makes y (56 + 0 + 1 - 3)/2 + 1 = 28, so [null, 28, 28, 128]',
      '11 block: it is called here',
    ]);
  });

  it('of branches that differ in their channels', () => {
    const source = `export const create = () => {
  const input = tf.input({ shape: [8, 8, 3] });
  const a = tf.layers.conv2d({ filters: 8, kernelSize: 1 }).apply(input);
  const b = tf.layers.conv2d({ filters: 6, kernelSize: 1 }).apply(input);
  return tf.model({ inputs: input, outputs: tf.layers.add().apply([a, b]) });
};
`;
    assert.deepEqual(thrown(source).related, [
      '4 filters: 8: filters makes a [null, 8, 8, 8]',
      '5 filters: 6: filters makes b [null, 8, 8, 6]',
    ]);
  });
});
