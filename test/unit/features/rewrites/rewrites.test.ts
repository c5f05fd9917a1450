import assert from 'node:assert/strict';
import { ALL_DIAGNOSTICS, diagnosticsOf } from '../../../../src/features/diagnostics';
import { applyEdits } from '../../../../src/features/quickFixes/fix';
import type { Attempt, Read } from '../../../../src/features/quickFixes/offers';
import { silencing } from '../../../../src/features/quickFixes/silence';
import { trialOf } from '../../../../src/features/quickFixes/verify';
import { tried } from '../../../../src/features/rewrites/rewrite';
import { shapeComments } from '../../../../src/features/rewrites/shapeComments';
import { uselessBias } from '../../../../src/features/rewrites/useBias';
import { describeReal, runProgram } from '../../../support/realProgram';
import { assertReadsAs } from '../../../support/readsAs';
import { HEAD, readSource } from '../../../support/readSource';
import { sequential } from '../../rules/ruleTest';

const read = (text: string): Read => {
  const reading = readSource(text);
  return { reading, text, problems: diagnosticsOf(reading, text, ALL_DIAGNOSTICS) };
};

const attempt: Attempt = (text) => {
  const { reading, problems } = read(text);
  return Promise.resolve(trialOf(reading, problems));
};

const caretAt = (text: string, word: string): { start: number; end: number } => {
  const at = text.indexOf(word);
  assert.ok(at >= 0, word);
  return { start: at, end: at };
};

describe('useBias: false before a batch norm', () => {
  const offered = async (source: string, word = 'conv2d'): Promise<readonly { title: string; text: string }[]> => {
    const given = read(HEAD + source);
    const all = await Promise.all(uselessBias(given, caretAt(given.text, word)).map((one) => tried(given, one, attempt)));
    return all.flatMap((one) => (one ? [{ title: one.title, text: applyEdits(given.text, one.edits) }] : []));
  };

  it('says what it saves, and the real model is smaller by that', async () => {
    const source = sequential('conv2d({ inputShape: [8, 8, 3], filters: 64, kernelSize: 3 })', 'batchNormalization()');
    const [offer] = await offered(source);
    assert.equal(offer?.title, 'Set useBias: false, for the batch norm takes the bias away again → [null, 6, 6, 64] (−64 params)');
    await assertReadsAs({ '/main.ts': offer.text });
    const params = (text: string): number =>
      describeReal((runProgram({ '/main.ts': text }, '/main.ts')['create'] as () => Parameters<typeof describeReal>[0])()).totalParams;
    assert.equal(params(HEAD + source) - params(offer.text), 64);
  });

  it('is not offered where the bias does something', async () => {
    const conv = (options: string): string => `conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3${options} })`;
    for (const layers of [
      [conv(", activation: 'relu'"), 'batchNormalization()'],
      [conv(', useBias: false'), 'batchNormalization()'],
      [conv(''), "activation({ activation: 'relu' })", 'batchNormalization()'],
      [conv(''), 'batchNormalization({ axis: 1 })'],
      [conv('')],
    ])
      assert.deepEqual(await offered(sequential(...layers)), [], layers.join());
    const both = `export const create = () => {
  const input = tf.input({ shape: [8, 8, 3] });
  const x = tf.layers.conv2d({ filters: 4, kernelSize: 3 }).apply(input);
  return tf.model({ inputs: input, outputs: [x, tf.layers.batchNormalization().apply(x)] });
};
`;
    assert.deepEqual(await offered(both), []);
  });

  it('in a helper, only where all its calls are followed by one', async () => {
    const helper = (then: string): string => `const conv = (x, filters, isLast) => {
  const y = tf.layers.conv2d({ filters, kernelSize: 3 }).apply(x);
  return ${then};
};
export const create = () => {
  const input = tf.input({ shape: [28, 28, 1] });
  return tf.model({ inputs: input, outputs: conv(conv(input, 8, false), 16, true) });
};
`;
    const [offer] = await offered(helper('tf.layers.batchNormalization().apply(y)'));
    assert.match(offer?.title ?? '', /\(−24 params\)$/);
    assert.deepEqual(await offered(helper('isLast ? y : tf.layers.batchNormalization().apply(y)')), []);
  });
});

describe('writing the shape beside each layer', () => {
  it('writes comments that hold, and nothing is said of the text with them', async () => {
    const text = `${HEAD}export function create(classes: number) {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5 }));
  model.add(
    tf.layers.maxPooling2d({ poolSize: 2 }),
  );
  model.add(tf.layers.flatten()); // the end of the maps
  model.add(tf.layers.dense({ units: classes }));
  return model;
}
`;
    const given = read(text);
    const offer = await shapeComments(given, caretAt(text, 'sequential'), attempt);
    assert.equal(offer?.title, 'Write the shape beside each layer (3 comments)');
    const edited = applyEdits(text, offer.edits);
    assert.ok(edited.includes('kernelSize: 5 })); // @shape [batch, 24, 24, 6]\n'), edited);
    assert.ok(edited.includes('{ poolSize: 2 }), // @shape [batch, 12, 12, 6]\n'), edited);
    assert.ok(edited.includes('{ units: classes })); // @shape [batch, classes]\n'), edited);
    assert.deepEqual(read(edited).problems, []);
    // A size that is wrong would be told.
    assert.equal(read(edited.replace('[batch, 12,', '[batch, 13,')).problems.length, 1);
  });

  it('in a list and behind apply', async () => {
    const list = `${HEAD}export const model = tf.sequential({ layers: [
  tf.layers.dense({ units: 4, inputShape: [3] }),
  tf.layers.dense({ units: 2 }),
] });
`;
    const first = await shapeComments(read(list), caretAt(list, 'sequential'), attempt);
    assert.match(applyEdits(list, first?.edits ?? []), /inputShape: \[3\] }\), \/\/ @shape \[batch, 4\]\n.*\[batch, 2\]\n/);
    const applied = `${HEAD}const x = tf.input({ shape: [3] }); // @shape [batch, 3]
const y = tf.layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor;
export const model = tf.model({ inputs: x, outputs: y });
`;
    const second = await shapeComments(read(applied), caretAt(applied, 'model({'), attempt);
    const edited = applyEdits(applied, second?.edits ?? []);
    assert.ok(edited.includes('as tf.SymbolicTensor; // @shape [batch, 2]\n'), edited);
    assert.deepEqual(read(edited).problems, []);
  });

  it('is offered on a model only', async () => {
    const text = HEAD + sequential('dense({ units: 4, inputShape: [3] })');
    assert.equal(await shapeComments(read(text), caretAt(text, 'dense'), attempt), undefined);
  });
});

describe('a comment that silences', () => {
  const POOL = HEAD + sequential('maxPooling2d({\n    poolSize: 9,\n    inputShape: [4, 4, 3],\n  })');

  it('stands above the line, and silences that problem alone', async () => {
    const given = read(POOL);
    const [problem] = given.problems;
    const offer = problem && (await silencing(given, problem, attempt));
    assert.equal(offer?.title, 'Silence empty-output here');
    const edited = applyEdits(POOL, offer.edits);
    assert.ok(edited.includes('({\n    // layerscope-ignore-next-line empty-output\n    poolSize: 9,'), edited);
    assert.deepEqual(read(edited).problems, []);
  });

  it('is not offered where it would be text', async () => {
    const text = `${HEAD}const page = \`
\${tf.layers.maxPooling2d({ poolSize: 9 }).apply(tf.input({ shape: [4, 4, 3] }))}\`;
`;
    const given = read(text);
    const [problem] = given.problems;
    const offer = problem && (await silencing(given, problem, attempt));
    // A line of a template is no comment; were it taken for one, the page would show it.
    assert.equal(offer, undefined);
  });
});
