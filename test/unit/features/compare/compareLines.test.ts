import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { comparedOf, type Compared } from '../../../../src/features/compare/compared';
import { compareLines } from '../../../../src/features/compare/compareLines';
import { showDifference } from '../../../../src/features/compare/difference';
import { comparedNet, referenceNets } from '../../../../src/features/compare/nets';
import { showCount } from '../../../../src/model/shape';
import { HEAD, onlyModel, readSource } from '../../../support/readSource';

const sideOf = (text: string, title = 'create', about = 'main.ts:2'): Compared => comparedOf(onlyModel(readSource(text)), title, about);
const body = (lines: string): string =>
  `${HEAD}export function create(n: number) {\nconst model = tf.sequential();\n${lines}\nreturn model;\n}\n`;

const NOW = body(`model.add(tf.layers.conv2d({ name: 'a', filters: 8, kernelSize: 3, inputShape: [16, 16, 3] }));
model.add(tf.layers.maxPooling2d({ name: 'p', poolSize: 2 }));
model.add(tf.layers.flatten({ name: 'f' }));
model.add(tf.layers.dense({ name: 'd', units: 10 }));`);

const THEN = body(`model.add(tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: [3, 3], inputShape: [16, 16, 3] }));
model.add(tf.layers.flatten({ name: 'f' }));
model.add(tf.layers.dropout({ name: 'o', rate: 0.5 }));
model.add(tf.layers.dense({ name: 'd', units: 10 }));`);

describe('the comparison of two models', () => {
  it('tells what both come to, then layer by layer', () => {
    const left = { ...sideOf(THEN, 'create', '1a2b3c4, 2026-11-02, Smaller'), label: '1a2b3c4' };
    const right = { ...sideOf(NOW), label: 'now' };
    assert.deepEqual(
      compareLines(left, right, 'times').map(({ text }) => text),
      [
        'create · 1a2b3c4, 2026-11-02, Smaller │ create · main.ts:2',
        '',
        '             1a2b3c4      now          Difference',
        '─────────────────────────────────────────────────',
        'Depth              2        2                   =',
        'Layers             4        4                   =',
        'Input        16×16×3  16×16×3',
        'Output            10       10',
        'Params         7,962    4,154    -3,808 (-47.8 %)',
        'Trainable      7,962    4,154    -3,808 (-47.8 %)',
        'MACs          29,008   46,256   +17,248 (+59.5 %)',
        'Weights      31.8 kB  16.6 kB  -15.2 kB (-47.8 %)',
        'Activations  3.18 kB  7.88 kB   +4.70 kB (+148 %)',
        '─────────────────────────────────────────────────',
        'Sizes of 1a2b3c4: 16 → 14',
        'Sizes of now: 16 → 14 → 7',
        '',
        'Layers: 3 changed (~), 1 only in 1a2b3c4 (-), 1 only in now (+)',
        '',
        '   1a2b3c4      Output       Params    MACs  │  now               Output       Params    MACs  Change',
        '────────────────────────────────────────────────────────────────────────────────────────────────────────────',
        '~  a (Conv2D)   [14, 14, 4]     112  21,168  │  a (Conv2D)        [14, 14, 8]     224  42,336  filters 4 → 8',
        '+                                            │  p (MaxPooling2D)  [7, 7, 8]         0       0',
        '~  f (Flatten)  [784]             0       0  │  f (Flatten)       [392]             0       0',
        '-  o (Dropout)  [784]             0       0  │',
        '~  d (Dense)    [10]          7,850   7,840  │  d (Dense)         [10]          3,930   3,920',
        '────────────────────────────────────────────────────────────────────────────────────────────────────────────',
        'Depth counts layers with weights on the longest way through, normalisations aside. MACs and activations are for one example.',
      ],
    );
  });

  it('links each layer, and each side in the first line, to its own source', () => {
    const [then, now] = [readSource(THEN), readSource(NOW)];
    const lines = compareLines(comparedOf(onlyModel(then), 'create', 'then'), comparedOf(onlyModel(now), 'create', 'now'), 'times');
    assert.deepEqual(
      lines[0]?.links?.map(({ site, isEarlier }) => [site, isEarlier ?? false]),
      [
        [onlyModel(then).id, true],
        [onlyModel(now).id, false],
      ],
    );
    const links = lines
      .slice(1)
      .flatMap(({ text, links: all }) => (all ?? []).map((link) => ({ ...link, said: text.slice(link.start, link.end) })));
    const of = (isEarlier: boolean): unknown =>
      links.filter((link) => (link.isEarlier ?? false) === isEarlier).map(({ site, said }) => [site, said]);
    assert.deepEqual(
      of(true),
      then.sites.map(({ id }, index) => [id, ['a (Conv2D)', 'f (Flatten)', 'o (Dropout)', 'd (Dense)'][index]]),
    );
    assert.deepEqual(
      of(false),
      now.sites.map(({ id }, index) => [id, ['a (Conv2D)', 'p (MaxPooling2D)', 'f (Flatten)', 'd (Dense)'][index]]),
    );
  });

  it('has layers that are the same be folded, and no others', () => {
    const [then, now] = [sideOf(THEN), sideOf(THEN.replace('units: 10', 'units: 9'))];
    const folded = compareLines(then, now, 'times').filter(({ isFoldable }) => isFoldable);
    assert.deepEqual(
      folded.map(({ text }) => text.slice(0, 13)),
      ['   a (Conv2D)', '   f (Flatten', '   o (Dropout'],
    );
  });

  const marks = (lines: readonly { readonly text: string }[]): string =>
    lines
      .filter(({ text }) => text.includes('│  ') || text.endsWith('│'))
      .slice(1)
      .map(({ text }) => text[0])
      .join('');

  it('finds nothing between a model and itself', () => {
    const side = sideOf(readFileSync('examples/resnet34.ts', 'utf8'));
    const lines = compareLines(side, side, 'times');
    assert.match(marks(lines), /^ {129}$/);
    assert.equal(lines.filter(({ isFoldable }) => isFoldable).length, 129);
    assert.ok(lines.some(({ text }) => text === 'Layers: 129 the same'));
    assert.ok(lines.some(({ text }) => text === 'Sizes of both: 224 → 112 → 56 → 28 → 14 → 7'));
    const differences = lines.filter(({ text }) => /^(Depth|Layers|Params|Trainable|MACs|Weights|Activations) {2}/.test(text));
    assert.equal(differences.length, 7);
    assert.ok(differences.every(({ text }) => text.endsWith('  =')));
  });

  it('takes the examples for the nets that they are', async () => {
    const nets = await referenceNets();
    for (const [file, id, layers] of [
      ['lenet5', 'lenet5', 8],
      ['alexnet', 'alexnet', 16],
      ['vgg16', 'vgg16', 24],
      ['resnet34', 'resnet34', 129],
    ] as const) {
      const side = sideOf(readFileSync(`examples/${file}.ts`, 'utf8'));
      const net = comparedNet(nets.find((one) => one.id === id)!);
      const lines = compareLines(side, net, 'net').map(({ text }) => text);
      assert.ok(lines.includes(`Layers: ${layers} the same`), lines.join('\n'));
    }
  });

  it('tells year and top-5 error of a published net, and what the figure is', async () => {
    const nets = await referenceNets();
    const side = sideOf(readFileSync('examples/lenet5.ts', 'utf8'), 'createLeNet');
    const lines = compareLines(side, comparedNet(nets.find(({ id }) => id === 'vgg16')!), 'net').map(({ text }) => text);
    assert.equal(lines[0], 'createLeNet · main.ts:2 │ VGG-16 (D) · Simonyan and Zisserman, 2014');
    assert.match(lines.find((line) => line.startsWith('Year')) ?? '', /^Year +2014$/);
    assert.match(lines.find((line) => line.startsWith('Top-5')) ?? '', /^Top-5 error +7\.3 %$/);
    assert.match(lines.at(-1) ?? '', /ImageNet/);
  });

  const open = (units: string): string => body(`model.add(tf.layers.dense({ name: 'd', units: ${units}, inputShape: [3] }));`);

  it('never says of an open size that it is the same in two programs, or different', () => {
    const lines = compareLines(sideOf(open('n')), sideOf(open('4')), 'models').map(({ text }) => text);
    assert.match(lines.find((line) => line.startsWith('Params')) ?? '', / 4\*n +16 +\?$/);
    assert.ok(lines.includes('Layers: 1 not known to be the same (?)'), lines.join('\n'));
    const two = compareLines(sideOf(open('n')), sideOf(open('n')), 'models').map(({ text }) => text);
    assert.ok(two.includes('Layers: 1 not known to be the same (?)'));
    // At two times it is one name.
    const times = compareLines(sideOf(open('n')), sideOf(open('n')), 'times').map(({ text }) => text);
    assert.ok(times.includes('Layers: 1 the same'));
    assert.match(times.find((line) => line.startsWith('Params')) ?? '', /=$/);
    const changed = compareLines(sideOf(open('n')), sideOf(open('2 * n')), 'times').map(({ text }) => text);
    assert.ok(changed.includes('Layers: 1 not known to be the same (?)'));
  });

  it('tells a layer that was renamed or frozen, between two times only', () => {
    const frozen = open('4').replace('return model', 'model.layers[0].trainable = false;\nreturn model');
    const renamed = open('4').replace("name: 'd'", "name: 'e'");
    const change = (right: string, relation: 'times' | 'models'): string | undefined =>
      compareLines(sideOf(open('4')), sideOf(right), relation).find(({ text }) => text.includes('(Dense)'))?.text;
    assert.match(change(frozen, 'times') ?? '', /^~.* frozen$/);
    assert.match(change(renamed, 'times') ?? '', /^~.* name$/);
    assert.match(change(renamed, 'models') ?? '', /^ /);
  });

  it('lists the layers of a model within a model, each application of it counted', () => {
    const nested = `${HEAD}export function create() {
const inner = tf.sequential({ name: 'inner', layers: [tf.layers.dense({ name: 'i', units: 3, inputShape: [3] })] });
const x = tf.input({ shape: [3] });
const y = inner.apply(inner.apply(x)) as tf.SymbolicTensor;
return tf.model({ inputs: x, outputs: y });
}`;
    const model = readSource(nested).models.at(-1)!;
    const side = comparedOf(model, 'create', 'main.ts:2');
    assert.deepEqual(
      side.layers.map(({ name, macs }) => [name, macs]),
      [['inner/i', 18]],
    );
    assert.equal(side.depth, 2);
  });

  it('says why a side is not known as a whole', () => {
    const broken = `${HEAD}export function create() {
const x = tf.input({ shape: [4] });
const y = tf.layers.dense({ units: 3 }).apply(x) as tf.SymbolicTensor;
return tf.model({ inputs: x, outputs: elsewhere(y) });
}`;
    const lines = compareLines(sideOf(broken), sideOf(NOW, 'other'), 'models').map(({ text }) => text);
    assert.ok(lines.some((line) => line.startsWith('Not known of create: ')));
    assert.match(lines.find((line) => line.startsWith('Depth')) ?? '', / \? +2 +\?$/);
  });

  it('takes hostile names for data', () => {
    const name = 'a │ b\u2028\u202e' + '('.repeat(300);
    const hostile = open('4').replace("'d'", JSON.stringify(name));
    const lines = compareLines(sideOf(hostile, name, name), sideOf(NOW, name, name), 'models');
    for (const { text, links } of lines) {
      assert.ok(text.length < 1_000);
      assert.doesNotMatch(text, /[\u2028\u202e\n]/);
      for (const { start, end } of links ?? []) assert.ok(start < end && end <= text.length);
    }
  });
});

describe('a difference', () => {
  const show = (left: number, right: number): string => showDifference(left, right, { isSameProgram: false, show: showCount });

  it('is in numbers and in percent of the left side', () => {
    assert.deepEqual(
      [show(200, 225), show(225, 200), show(3, 3), show(0, 5), show(1_000_000, 1_000_001), show(2, 30)],
      ['+25 (+12.5 %)', '-25 (-11.1 %)', '=', '+5', '+1 (+<0.1 %)', '+28 (+1,400 %)'],
    );
  });

  it('adds up to the right side', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (left, right) => {
        const text = show(left, right);
        const more = text === '=' ? 0 : Number(text.split(' ')[0]?.replaceAll(',', ''));
        assert.equal(left + more, right);
      }),
    );
  });
});
