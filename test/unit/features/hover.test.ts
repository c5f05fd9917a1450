import assert from 'node:assert/strict';
import type { LayerCase, Reading, Site, TensorRead } from '../../../src/model/reading';
import { hoverAt } from '../../../src/features/hover';
import { made, model, PATH, problem, reading, site, spanOf } from './handmade';

/** The Markdown of the hover at `word` of the text. */
const at = (read: Reading, text: string, word: string, nth = 0): string | undefined =>
  hoverAt(read, text, spanOf(text, word, nth).start + 1)?.markdown;

const lines = (markdown: string | undefined): readonly string[] => markdown?.split('\n') ?? [];

describe('hover of a layer', () => {
  const call = "tf.layers.conv2d({ filters: 96, kernelSize: 11, strides: 4, padding: 'valid' })";
  const text = `const conv1 = ${call};\nconst y = conv1.apply(x);\ntf.model(y);\n`;
  const config = { filters: 96, kernelSize: [11, 11], strides: [4, 4], padding: 'valid', useBias: true, dilationRate: [1, 1] };
  const alexNet = made({
    inputShape: [null, 227, 227, 3],
    outputShape: [null, 55, 55, 96],
    params: 34_944,
    trainableParams: 34_944,
    macs: 105_415_200,
    config,
  });
  const option = (key: string, source: string): Site['options'][number] => {
    const span = spanOf(text, source);
    return { key, span, value: { start: span.start + key.length + 2, end: span.end } };
  };
  const conv = (parts: Partial<Site> = {}): Site =>
    site(text, call, {
      cases: [alexNet],
      variable: spanOf(text, 'conv1'),
      applications: [spanOf(text, 'conv1', 1), spanOf(text, 'apply')],
      options: [
        option('filters', 'filters: 96'),
        option('kernelSize', 'kernelSize: 11'),
        option('strides', 'strides: 4'),
        option('padding', "padding: 'valid'"),
      ],
      ...parts,
    });
  const whole = model(text, 'tf.model(y)', {
    totalParams: 62_378_344,
    macs: 1_135_256_096,
    graph: {
      name: 'm',
      kind: 'functional',
      layers: [
        { name: 'in', className: 'InputLayer', factory: 'input', options: {} },
        {
          name: 'conv',
          className: 'Conv2D',
          factory: 'conv2d',
          options: { kernelSize: 11, strides: 4 },
          site: { id: conv().id, call: 0, of: 1, line: 1 },
        },
      ],
      nodes: [
        { layer: 0, inputs: [], outputShape: [null, 227, 227, 3] },
        { layer: 1, inputs: [{ node: 0, index: 0 }], outputShape: [null, 55, 55, 96] },
      ],
      inputs: [],
      outputs: [],
    },
  });
  const read = reading({ sites: [conv()], models: [whole] });

  it('gives the answer in the first line, then how it comes about', () => {
    assert.deepEqual(lines(at(read, text, 'conv2d')), [
      '```layerscope-hover',
      'Conv2D conv1   [null, 227, 227, 3] → [null, 55, 55, 96]',
      'size    (227 + 0 - 11)/4 + 1 = 55   (valid; every row is read)',
      'params  11*11*3*96 + 96 = 34,944    trainable, 0.06 % of the model',
      'cost    105,415,200 MACs (9.3 %) · 1.16 MB activations (100 %) · sees 11×11 of the input, step 4',
      '```',
    ]);
  });

  it('answers on callee, variable, use and apply, and nowhere else', () => {
    const answer = at(read, text, 'conv2d');
    for (const [word, nth] of [
      ['tf.layers', 0],
      ['conv1', 0],
      ['conv1', 1],
      ['apply', 0],
    ] as const)
      assert.equal(at(read, text, word, nth), answer, word);
    for (const [word, nth] of [
      ['const', 0],
      ['const', 1],
      ['(x)', 0],
    ] as const)
      assert.equal(at(read, text, word, nth), undefined, word);
    assert.deepEqual(hoverAt(read, text, spanOf(text, 'conv2d').start)?.span, spanOf(text, 'tf.layers.conv2d'));
  });

  it('tells on an option what its neighbours would give', () => {
    assert.equal(lines(at(read, text, 'strides'))[1], 'stride  3 → 73, 4 → 55, 5 → 44 (1 row unread)');
    assert.equal(lines(at(read, text, 'strides'))[2], 'Conv2D conv1   [null, 227, 227, 3] → [null, 55, 55, 96]');
    assert.equal(lines(at(read, text, 'kernelSize'))[1], 'kernel  9 → 55 (2 rows unread), 11 → 55, 13 → 54 (2 rows unread)');
    assert.equal(lines(at(read, text, 'padding'))[1], 'padding valid → 55, same → 57');
    assert.equal(lines(at(read, text, '96,'))[1], 'filter  each 11*11*3 + 1 = 364 params; 48 → 17,472, 96 → 34,944, 192 → 69,888');
  });

  it('prefers a given name to the variable', () => {
    const named = reading({ sites: [conv({ cases: [{ ...alexNet, name: 'CONV1' }] })] });
    assert.match(at(named, text, 'conv2d')!, /^Conv2D CONV1 {3}\[null, 227/m);
  });

  it('says what is unknown, and why', () => {
    const unknown = made({
      inputShape: [null, 84],
      outputShape: [null, 'numClasses'],
      params: '85*numClasses',
      trainableParams: '85*numClasses',
      config: { units: { $unknown: 'numClasses', reason: 'parameter of createLeNet, called from no file of this project' }, useBias: true },
    });
    const markdown = at(reading({ sites: [conv({ className: 'Dense', cases: [{ ...unknown, name: 'dense_Dense1' }] })] }), text, 'conv2d');
    assert.deepEqual(lines(markdown), [
      '```layerscope-hover',
      'Dense conv1   [null, 84] → [null, numClasses]',
      'params  84*numClasses + numClasses = 85*numClasses    trainable',
      '```',
      '',
      'numClasses is unknown: parameter of createLeNet, called from no file of this project',
    ]);
  });

  it('says so where nothing is known', () => {
    const markdown = at(reading({ sites: [conv({ cases: [], unknown: 'add at line 21 fails' })] }), text, 'conv2d');
    assert.deepEqual(lines(markdown), ['```layerscope-hover', 'Conv2D   not known', '```', '', 'unknown: add at line 21 fails']);
  });

  it('gives the reasons of unknowns that formulas speak of', () => {
    const unknown = made({
      outputShape: [null, 'n'],
      params: '85*n',
      unknowns: [{ name: 'n', reason: 'parameter of f' }],
      config: { units: 'n' },
    });
    assert.match(
      at(reading({ sites: [conv({ className: 'Dense', cases: [unknown] })] }), text, 'conv2d')!,
      /\n\nn is unknown: parameter of f\n\nState it: `\/\/ @shape n = 10`$/,
    );
  });

  it('says in the words of TensorFlow.js what it refuses, and what led there', () => {
    const related = [{ at: { path: PATH, ...spanOf(text, 'tf.model') }, message: 'this is [null, 56, 56, 64]' }];
    const refused = { ...problem(spanOf(text, 'apply'), 'Operands could not be broadcast'), related };
    const sites = [conv({ cases: [made({ inputShape: alexNet.inputShape!, unknown: 'add at line 2 fails' })] })];
    const prose = at(reading({ sites, problems: [refused] }), text, 'conv2d')!
      .split('```')
      .at(-1)!
      .trim()
      .split('\n\n');
    assert.deepEqual(prose, ['Operands could not be broadcast', 'line [3](<file:///p/net.ts#L3>): this is \\[null, 56, 56, 64\\]']);
  });

  it('takes hostile names as what they are', () => {
    const hostile = '<img src=x onerror=alert(1)>```\n[a](command:evil)`__proto__`';
    const read = reading({
      sites: [
        conv({
          className: '__proto__',
          cases: [{ ...alexNet, name: hostile, when: hostile, unknown: hostile }],
          unknown: 'https://evil.example',
        }),
      ],
    });
    const markdown = at(read, text, 'conv2d')!;
    const fence = /^(`+)layerscope-hover\n/.exec(markdown)![1]!;
    // One block, closed by the fence that opened it, and prose in which nothing is markup.
    const [, block, prose] = markdown.split(new RegExp(`^${fence}(?:layerscope-hover)?$`, 'm'));
    assert.ok(!block!.includes(fence));
    assert.ok(!/(^|[^\\])[<>[\]()`:]/.test(prose!.replaceAll('unknown:', '')), prose);
  });
});

describe('hover of a line that made many layers', () => {
  const call = 'tf.layers.batchNormalization()';
  const text = `function bn(x) {\n  return ${call}.apply(x);\n}\nbn(a);\nbn(b);\nbn(c);\n`;
  const config = { axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true };
  const one = (size: number, channels: number, count: number, word: string): LayerCase =>
    made({
      name: 'batch_normalization_BatchNormalization1',
      count,
      inputShape: [null, size, size, channels],
      outputShape: [null, size, size, channels],
      params: 4 * channels,
      trainableParams: 2 * channels,
      config,
      calls: [{ at: { path: PATH, ...spanOf(text, word) }, count }],
    });
  const cases = [one(56, 64, 3, 'bn(a)'), one(28, 128, 4, 'bn(b)'), one(14, 256, 6, 'bn(c)')];
  const read = reading({
    sites: [site(text, call, { factory: 'batchNormalization', className: 'BatchNormalization', helper: 'bn', cases })],
  });

  it('lists the distinct cases', () => {
    assert.deepEqual(lines(at(read, text, 'batchNormalization')), [
      '```layerscope-hover',
      'BatchNormalization   13 layers from this line, 3 shapes; output = input shape',
      '×3  [null, 56, 56, 64]     256',
      '×4  [null, 28, 28, 128]    512',
      '×6  [null, 14, 14, 256]  1,024',
      'params  all 13: 8,960    4,480 trainable (γ, β), 4,480 not (moving mean, variance)',
      'y = γ(x - μ)/√(σ² + 0.001) + β;  momentum 0.99: half forgotten after 69 batches',
      '```',
      '',
      'Calls: line [4](<file:///p/net.ts#L4>) (×3) · [5](<file:///p/net.ts#L5>) (×4) · [6](<file:///p/net.ts#L6>) (×6)',
    ]);
  });

  it('bounds the list', () => {
    const many = reading({
      sites: [{ ...read.sites[0]!, cases: Array.from({ length: 100 }, (_, index) => one(index + 1, 8, 1, 'bn(a)')) }],
    });
    const markdown = at(many, text, 'batchNormalization')!;
    assert.match(markdown, /… and 9\d more/);
    assert.match(markdown, /params {2}all 100: 3,200 /);
    assert.ok(lines(markdown).filter((line) => line !== '').length <= 14, markdown);
    assert.ok(markdown.length < 3_000);
  });

  it('says under which condition a case exists', () => {
    const under = reading({
      sites: [
        {
          ...read.sites[0]!,
          cases: [
            { ...cases[0]!, when: 'useBn' },
            { ...cases[1]!, caller: 'train.ts:12' },
          ],
        },
      ],
    });
    const markdown = at(under, text, 'batchNormalization')!;
    assert.match(markdown, /256 {2}when useBn$/m);
    assert.match(markdown, /512 {2}from train\.ts:12$/m);
    // Layers that exist on different occasions do not add up.
    assert.match(markdown, /^BatchNormalization {3}2 cases; /m);
    assert.ok(!markdown.includes('all '));
  });
});

describe('hover of a model', () => {
  const text = 'const lenet = tf.sequential();\n';
  const whole = model(text, 'tf.sequential()', {
    variable: spanOf(text, 'lenet'),
    title: 'lenet',
    totalParams: 850,
    trainableParams: 850,
    macs: 840,
    inputShapes: [[null, 84]],
    outputShapes: [[null, 10]],
    graph: {
      name: 's',
      kind: 'sequential',
      layers: [
        { name: 'in', className: 'InputLayer', factory: 'inputLayer', options: {} },
        { name: 'fc', className: 'Dense', factory: 'dense', options: {} },
      ],
      nodes: [
        { layer: 0, inputs: [], outputShape: [null, 84] },
        { layer: 1, inputs: [{ node: 0, index: 0 }], outputShape: [null, 10] },
      ],
      inputs: [],
      outputs: [],
    },
  });

  it('gives shapes, layers, totals and cost', () => {
    const expected = [
      '```layerscope-hover',
      'Sequential lenet   [null, 84] → [null, 10]',
      'layers  1: 1 Dense',
      'params  850    trainable',
      'cost    840 MACs · 3.40 kB weights',
      'memory  40 B activations an example · 1.28 kB for 32 · 2.56 kB to train on 32 (with gradients)',
      'counted 10 values without input; 94 with the input',
      '```',
    ];
    assert.deepEqual(lines(at(reading({ models: [whole] }), text, 'sequential')), expected);
    assert.deepEqual(lines(at(reading({ models: [whole] }), text, 'lenet')), expected);
  });

  it('tells of each model that the call built', () => {
    const markdown = at(
      reading({
        models: [
          { ...whole, when: 'big' },
          { ...whole, totalParams: 9, when: 'not big' },
        ],
      }),
      text,
      'sequential',
    )!;
    assert.match(markdown, /\(when big\)[\s\S]*850[\s\S]*\(when not big\)[\s\S]*params {2}9/);
  });

  it('says in the words of TensorFlow.js what it refuses', () => {
    assert.match(at(reading({ models: [{ ...whole, error: 'Dimension <0>' }] }), text, 'sequential')!, /\n\nDimension \\<0\\>$/);
  });
});

describe('hover of a tensor', () => {
  const text = 'const h = tf.matMul(x, w);\n';
  const call = 'tf.matMul(x, w)';
  const read = (parts: Partial<TensorRead>): Reading =>
    reading({
      tensors: [
        {
          id: `${PATH}#0`,
          name: spanOf(text, 'matMul'),
          call: spanOf(text, call),
          variable: spanOf(text, 'h'),
          op: 'matMul',
          cases: [
            {
              inputs: [
                [32, 784],
                [784, 10],
              ],
              outputs: [[32, 10]],
              dtypes: ['float32'],
            },
          ],
          ...parts,
        },
      ],
    });

  it('shows what the call takes and gives, and the memory of its values', () => {
    for (const word of ['matMul', 'h'])
      assert.deepEqual(lines(at(read({}), text, word)), [
        '```layerscope-hover',
        'matMul h   [32, 784], [784, 10] → [32, 10] float32',
        'memory  1.28 kB',
        '```',
      ]);
    assert.equal(at(read({}), text, 'x,'), undefined);
  });

  it('names what sizes depend on, and says why one is not known', () => {
    const cases = [
      {
        inputs: [],
        outputs: [['n', 10]],
        dtypes: ['float32'],
        unknowns: [{ name: 'n', reason: 'parameter of run' }],
        unknown: 'no one knows',
      },
    ];
    assert.deepEqual(lines(at(read({ cases }), text, 'matMul')), [
      '```layerscope-hover',
      'matMul h   [n, 10] float32',
      '```',
      '',
      'n is unknown: parameter of run',
      '',
      'unknown: no one knows',
    ]);
  });

  it('tells each case with its condition', () => {
    const cases = [
      { inputs: [], outputs: [[2, 10]], dtypes: ['float32'], when: 'flag' },
      { inputs: [], outputs: [[]], dtypes: [undefined], when: '!flag' },
    ];
    assert.deepEqual(lines(at(read({ cases }), text, 'matMul')).slice(1, 4), [
      'matMul   2 cases',
      '[2, 10] float32  when flag',
      'scalar           when !flag',
    ]);
  });
});
