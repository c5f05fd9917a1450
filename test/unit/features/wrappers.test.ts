import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

tf.env().set('IS_TEST', true);

const markdown = (files: { readonly [path: string]: string }, word: string): string => {
  const text = files['/main.ts'] ?? '';
  assert.ok(text.includes(word), word);
  return hoverAt(readSource(files), text, text.indexOf(word) + 1)?.markdown ?? '';
};

const told = (source: string, word: string): readonly string[] =>
  markdown({ '/main.ts': HEAD + source }, word)
    .split('\n')
    .slice(1);

describe('hover of a layer inside a wrapper', () => {
  it('tells what it does at each step, and whose its parameters are', () => {
    const source = `const m = tf.sequential({ layers: [
  tf.layers.timeDistributed({ layer: tf.layers.conv2d({ filters: 6, kernelSize: 3 }), inputShape: [4, 12, 12, 3] }),
] });`;
    const wrapped = tf.layers.conv2d({ filters: 6, kernelSize: 3 });
    const model = tf.sequential({ layers: [tf.layers.timeDistributed({ layer: wrapped, inputShape: [4, 12, 12, 3] })] });
    assert.deepEqual(told(source, 'conv2d(').slice(0, 3), [
      `Conv2D   [null, 12, 12, 3] → [null, ${model.outputShape.slice(2).join(', ')}]   at each of 4 steps`,
      'size    (12 + 0 - 3)/1 + 1 = 10   (valid; every row is read)',
      `params  3*3*3*6 + 6 = ${model.countParams()}    counted with the timeDistributed (line 3)`,
    ]);
  });

  it('tells of both directions', () => {
    const both = `const m = tf.sequential({ layers: [tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 6 }) as tf.RNN, mergeMode: 'concat', inputShape: [12, 5] })] });`;
    assert.equal(told(both, 'lstm(')[0], 'LSTM   [null, 12, 5] → [null, 6]   forwards, and a copy of it backwards');
  });

  it('says nothing more where the wrapper is applied to nothing that is known', () => {
    const source = `export const m = (x: tf.SymbolicTensor) => tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) }).apply(x);`;
    assert.match(told(source, 'dense(').join('\n'), /inside the timeDistributed at line 2/);
  });
});

describe('the calls that led to a layer', () => {
  const NET = `${HEAD}export function createNet(units: number) {
  return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [4] })] });
}
`;

  it('are told once, with file and line where they are in another', () => {
    const text = markdown({ '/main.ts': NET, '/train.ts': `import { createNet } from './main';\ncreateNet(3);\n` }, 'dense(');
    assert.match(text, /^Dense {3}\[null, 4\] → \[null, 3\]$/m);
    assert.match(text, /^Calls: \[train\\\.ts\\:2\]\(<file:\/\/\/train\.ts#L2>\)$/m);
  });
});

describe('what is not known', () => {
  it('is told together where it has one reason', () => {
    const source = `export function create(a: number, b: number) {
  return tf.sequential({ layers: [tf.layers.dense({ units: a, inputShape: [b] })] });
}`;
    const lines = told(source, 'dense(');
    assert.ok(
      lines.some((line) => /^[ab] and [ab] are unknown: parameter of create/.test(line)),
      lines.join('\n'),
    );
    assert.ok(lines.includes('params  b*a + a    trainable') || lines.includes('params  a*b + a    trainable'), lines.join('\n'));
  });

  it('is no count with a question mark', () => {
    const source = `export function create(n: number) {
  return tf.sequential({ layers: [tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, inputShape: [n, n, 3] })] });
}`;
    assert.ok(!told(source, 'conv2d(').some((line) => line.includes('? MACs')));
  });

  it('leaves a model of which nothing is known to its reason', () => {
    const source = `declare const inputs: any;\nexport const m = tf.model({ inputs: inputs.first, outputs: inputs.last });`;
    const lines = told(source, 'model({');
    assert.equal(lines[0], 'Model m   not known');
    assert.ok(lines[1]?.startsWith('```'));
  });
});

describe('hover of models that are alike', () => {
  it('tells them once, with all their conditions', () => {
    const source = `export function create(kind: string) {
  const units = kind === 'a' ? 1 : 2;
  const net = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [4] })] });
  if (kind === 'a') { net.add(tf.layers.dense({ units })); } else { net.add(tf.layers.dense({ units: 1 })); }
  return net;
}`;
    const lines = told(source, 'sequential(');
    assert.equal(lines.filter((line) => line.startsWith('Sequential')).length, 1, lines.join('\n'));
  });
});

describe('hover of a layer class', () => {
  const own = (call: string): string => `class Own extends tf.layers.Layer {
  call(inputs: tf.Tensor[]) { ${call} }
}
export const m = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] }), new Own({})] });`;

  it('shows the ops of its call', () => {
    assert.ok(told(own('return inputs[0]!.relu().square();'), 'new Own').includes('call    relu → square'));
  });

  it('says below why the panel cannot run it', () => {
    const lines = told(own('if (Math.random() > 0.5) return inputs[0]!; return inputs[0]!.relu();'), 'new Own');
    assert.ok(
      lines.some((line) => line.startsWith('The panel cannot run its call: ')),
      lines.join('\n'),
    );
  });
});
