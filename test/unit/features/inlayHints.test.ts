import assert from 'node:assert/strict';
import type { LayerCase, Reading } from '../../../src/model/reading';
import { MAX_LABEL } from '../../../src/features/hintText';
import { inlayHints, type HintContent } from '../../../src/features/inlayHints';
import { made, model, problem, reading, site, spanOf } from './handmade';

const call = 'tf.layers.conv2d({ filters: 6 })';
const text = `const a = 1;\nmodel.add(${call});\n`;
const whole = { start: 0, end: text.length };

const labels = (read: Reading, content: HintContent = 'shapesAndParameters'): readonly string[] =>
  inlayHints(read, whole, content).map(({ label }) => label);

const of = (...cases: LayerCase[]): Reading => reading({ sites: [site(text, call, { cases })] });

const partly = (...cases: LayerCase[]): Reading => reading({ sites: [site(text, call, { cases, unknown: 'more layers exist' })] });

const square = (size: number, channels: number, count = 1, params = 0): LayerCase =>
  made({ inputShape: [null, size, size, channels], outputShape: [null, size, size, channels], count, params });

describe('inlay hints', () => {
  it('show shape and parameters behind the call', () => {
    const [hint] = inlayHints(of(square(55, 96, 1, 34_944)), whole, 'shapesAndParameters');
    assert.deepEqual(hint, {
      id: site(text, call, {}).id,
      isAnswer: true,
      anchor: spanOf(text, call).end,
      label: '→ 55×55×96 · 34,944',
      short: '→ 55×55×96',
      tooltip: 'Conv2D   [null, 55, 55, 96] → [null, 55, 55, 96]',
    });
  });

  it('leave out what is nothing, and what is not wanted', () => {
    assert.deepEqual(labels(of(square(27, 96))), ['→ 27×27×96']);
    assert.deepEqual(labels(of(square(55, 96, 1, 34_944)), 'shapes'), ['→ 55×55×96']);
  });

  it('show the first and the last of many', () => {
    const cases = [square(56, 64, 3, 256), square(28, 128, 4, 512), square(14, 256, 6, 1_024), square(7, 512, 3, 2_048)];
    assert.deepEqual(labels(of(...cases)), ['→ 56×56×64 … 7×7×512 · ×16 · 15,104']);
    assert.deepEqual(labels(of(square(56, 64, 3, 256))), ['→ 56×56×64 · ×3 · 768']);
  });

  it('fit in what VS Code shows of a line', () => {
    assert.deepEqual(labels(of(square(224, 64, 2, 38_720), square(14, 512, 11, 1_334_096))), [
      '→ 224×224×64 … 14×14×512 · ×13 · 14,752,496',
    ]);
    assert.deepEqual(labels(of(square(1224, 64, 20, 38_720), square(14, 512, 11, 1_334_096))), [
      '→ 1224×1224×64 … 14×14×512 · ×31 · 15.4 M',
    ]);
    const long = made({ outputShape: [null, 'a_very_long_name_of_an_option', 'and_another_long_one'], params: 1 });
    assert.deepEqual(labels(of(long)), ['→ a_very_l…_option×and_anot…ong_one · 1']);
    const formula = made({ outputShape: [null, 28, 28, 6], params: '288*firstFilters*secondFilters + secondFilters' });
    assert.deepEqual(labels(of(formula)), ['→ 28×28×6']);
    for (const label of labels(of(square(224, 64, 2, 38_720), square(14, 512, 11, 1_334_096)))) assert.ok(label.length <= MAX_LABEL);
  });

  it('fit whatever a source calls its sizes, and however many there are', () => {
    const name = (length: number, first = 'a'): string => first + 'bcdefghij'.repeat(20).slice(0, length - 1);
    const dims = [1, 9, 17, 30, 60].flatMap((length) => [
      name(length),
      `${name(length)}[0].x`,
      `2*${name(length)} + 3*${name(length, 'q')}`,
    ]);
    for (const content of ['shapes', 'shapesAndParameters', 'shapesParametersAndMacs'] as const)
      for (const one of dims)
        for (const outputShape of [
          [null, one],
          [null, one, one, 64],
          [null, one, one, one, one, one],
          [null, 123_456, one, 7],
        ]) {
          const all = [
            of(made({ outputShape, params: `${one}*3`, macs: 9e9 })),
            of(made({ outputShape, count: 12, params: 5 }), square(14, 512, 3, 9)),
            of(made({ outputShape: [outputShape, outputShape, outputShape], params: 5 })),
          ].flatMap((read) => labels(read, content));
          for (const label of all) assert.ok(label.length <= MAX_LABEL, `${label.length}: ${label}`);
          assert.ok(all.length >= 1, `no hint for ${JSON.stringify(outputShape)}`);
        }
  });

  it('shorten names in their middle, formulas as a whole, numbers never', () => {
    assert.deepEqual(labels(of(made({ outputShape: [null, 'numberOfClassesThatTheDataSetHasInAll', 128, 128, 64] }))), [
      '→ numberOfClas…SetHasInAll×128×128×64',
    ]);
    assert.deepEqual(labels(of(made({ outputShape: [null, 'firstNumberOfFilters*secondNumberOfFilters', 128, 128, 64] }))), [
      '→ …×128×128×64',
    ]);
    const outputs = Array.from({ length: 5 }, () => [null, 123_456, 234_567]);
    assert.deepEqual(labels(of(made({ outputShape: outputs }))), ['→ 5 outputs']);
  });

  it('count the work where that is wanted', () => {
    const conv = made({ outputShape: [null, 55, 55, 96], params: 34_944, macs: 105_415_200 });
    assert.deepEqual(labels(of(conv), 'shapesParametersAndMacs'), ['→ 55×55×96 · 34,944 · 105,415,200 MACs']);
    assert.deepEqual(labels(of({ ...conv, count: 3 }), 'shapesParametersAndMacs'), ['→ 55×55×96 · ×3 · 104,832 · 316 M MACs']);
    assert.deepEqual(labels(of({ ...conv, macs: 0 }), 'shapesParametersAndMacs'), ['→ 55×55×96 · 34,944']);
  });

  it('name what is not known, and do not guess', () => {
    assert.deepEqual(labels(of(made({ outputShape: [null, 'numClasses'], params: '85*numClasses' }))), ['→ numClasses · 85*numClasses']);
    assert.deepEqual(labels(of(made({ outputShape: [null, '?', '?', 64], params: 1_792 }))), ['→ ?×?×64 · 1,792']);
    assert.deepEqual(labels(of(made({ outputShape: [null, '?', '?', '?'], params: 1_792 }))), []);
    assert.deepEqual(labels(of(made({ params: 1_792 }))), []);
    assert.deepEqual(labels(of(square(5, 6), made({}))), ['→ 5×5×6 …']);
    assert.deepEqual(labels(partly(square(5, 6, 2, 10), square(3, 6, 1, 10))), ['→ 5×5×6 … 3×3×6']);
    assert.deepEqual(labels(of()), []);
  });

  it('do not add up what does not exist together', () => {
    const [big, small] = [square(28, 6, 1, 156), square(14, 6, 1, 156)];
    assert.deepEqual(labels(of({ ...big, when: 'big' }, { ...small, when: 'not big' })), ['→ 28×28×6 or 14×14×6 · 156']);
    assert.deepEqual(labels(of({ ...big, caller: 'a.ts:1' }, { ...small, params: 9, caller: 'b.ts:1' })), ['→ 28×28×6 or 14×14×6']);
    assert.deepEqual(labels(of({ ...big, when: 'x' }, { ...big, when: 'not x', params: 150 })), ['→ 28×28×6']);
  });

  it('show what cannot be', () => {
    const inputShape = [
      [null, 56, 56, 64],
      [null, 28, 28, 128],
    ];
    const problems = [problem(spanOf(text, 'conv2d'), 'Operands could not be\nbroadcast together')];
    const read = reading({ sites: [site(text, call, { cases: [made({ inputShape })] })], problems });
    assert.deepEqual(labels(read), ['✗ 56×56×64 + 28×28×128']);
    assert.equal(inlayHints(read, whole, 'shapes')[0]?.tooltip, 'Operands could not be broadcast together');
  });

  it('keep to the range', () => {
    const read = of(square(5, 6));
    assert.equal(inlayHints(read, { start: 0, end: 12 }, 'shapes').length, 0);
    assert.equal(inlayHints(read, { start: 13, end: text.length }, 'shapes').length, 1);
  });

  it('sum a model up', () => {
    const source = 'const model = tf.sequential();';
    const graph = {
      name: 's',
      kind: 'sequential' as const,
      layers: [{ name: 'fc', className: 'Dense', factory: 'dense', options: {} }],
      nodes: [],
      inputs: [],
      outputs: [],
    };
    const one = model(source, 'tf.sequential()', { graph, totalParams: 61_706 });
    const hints = (totalParams: number | string): readonly string[] =>
      inlayHints(reading({ models: [{ ...one, totalParams }] }), { start: 0, end: 99 }, 'shapesAndParameters').map(({ label }) => label);
    assert.deepEqual(hints(61_706), ['1 layer · 61,706 params']);
    assert.deepEqual(hints('60856 + 85*numClasses'), ['1 layer · 60,856 + 85*numClasses params']);
    assert.deepEqual(hints('?'), []);
    assert.deepEqual(hints(1e12), ['1 layer · 1,000,000,000,000 params']);
  });
});
