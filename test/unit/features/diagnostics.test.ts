import assert from 'node:assert/strict';
import { ALL_DIAGNOSTICS, DEFAULT_DIAGNOSTICS, diagnosticsOf, type DiagnosticSettings } from '../../../src/features/diagnostics';
import { HEAD, readSource } from '../../support/readSource';

const POOL = `const m = tf.sequential();
m.add(tf.layers.inputLayer({ inputShape: [4, 4, 3] }));
m.add(tf.layers.maxPooling2d({ poolSize: 9 }));
`;

function shown(source: string, settings: DiagnosticSettings = DEFAULT_DIAGNOSTICS): readonly string[] {
  const text = HEAD + source;
  return diagnosticsOf(readSource(text), text, settings).map(
    ({ severity, code, span }) => `${severity} ${code} ${text.slice(span.start, span.end)}`,
  );
}

describe('diagnosticsOf', () => {
  it('gives what TensorFlow.js throws and what the rules find, in the order of the source', () => {
    const source = `${POOL}tf.layers.dense({ units: -1 });\n`;
    assert.deepEqual(
      shown(source).map((line) => line.split(' ').slice(0, 2).join(' ')),
      ['warning empty-output', 'error layer-options'],
    );
  });

  it('gives nothing where it is switched off, and severities as they are set', () => {
    assert.deepEqual(shown(POOL, { enabled: false, severity: {} }), []);
    assert.deepEqual(shown(POOL, { enabled: true, severity: { 'empty-output': 'off' } }), []);
    assert.deepEqual(shown(POOL, { enabled: true, severity: { 'empty-output': 'information' } }), ['information empty-output poolSize: 9']);
    assert.deepEqual(shown(POOL, ALL_DIAGNOSTICS), ['warning empty-output poolSize: 9']);
  });

  it('leaves broken syntax to the language', () => {
    assert.deepEqual(shown('const x = ;'), []);
  });
});

describe('a suppression comment', () => {
  const above = (comment: string): string => POOL.replace('m.add(tf.layers.max', `${comment}\nm.add(tf.layers.max`);

  it('silences the line below it', () => {
    assert.deepEqual(shown(above('// layerscope-ignore-next-line empty-output the input grows later')), []);
    assert.deepEqual(shown(above('/* layerscope-ignore-next-line constant-softmax, empty-output */')), []);
    assert.deepEqual(shown(above('// layerscope-ignore-next-line constant-softmax')), ['warning empty-output poolSize: 9']);
  });

  it('silences the call that begins below it, and reaches over further comments', () => {
    const long = POOL.replace('{ poolSize: 9 }', '{\n  poolSize: 9,\n}').replace(
      'm.add(tf.layers.max',
      '// layerscope-ignore-next-line empty-output\n// A word about it.\n\nm.add(tf.layers.max',
    );
    assert.deepEqual(shown(long), []);
  });

  it('silences a whole file', () => {
    assert.deepEqual(shown(`${POOL}// layerscope-ignore-file empty-output generated\n`), []);
  });

  it('that names nothing, or nothing that there is, is a hint', () => {
    assert.deepEqual(shown(above('// layerscope-ignore-next-line empty-outputs')), [
      'hint suppression empty-outputs',
      'warning empty-output poolSize: 9',
    ]);
    assert.deepEqual(shown(above('// layerscope-ignore-next-line')), [
      'hint suppression // layerscope-ignore-next-line',
      'warning empty-output poolSize: 9',
    ]);
  });
});
