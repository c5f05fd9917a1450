import assert from 'node:assert/strict';
import type { StepInfo } from '../../../webview/engine/contract/program';
import { foldsAround, moveBy, rowsOf, typeAhead, type Row } from '../../../webview/state/folding/rows';
import { titleOf } from '../../../src/model/folding/titles';
import { treeOf } from '../../../src/model/folding/tree';
import type { Branch, Fold } from '../../../webview/state/folding/tree';
import { exampleSource, RESNET_50, stepsOfSource } from '../support/steps';

/** `conv2 (stage of 3, 22)`: a fold's title, kind, children and layers; a layer's name. */
const show = (branch: Branch): string =>
  branch.kind === 'layer' ? branch.step.name : `${branch.title} (${branch.of} of ${branch.children.length}, ${branch.steps.length})`;

const tree = (source: string): readonly Branch[] => treeOf(stepsOfSource(source));

const folds = (branches: readonly Branch[]): readonly Fold[] =>
  branches.flatMap((branch) => (branch.kind === 'fold' ? [branch, ...folds(branch.children)] : []));

const leaves = (branches: readonly Branch[]): readonly StepInfo[] =>
  branches.flatMap((branch) => (branch.kind === 'layer' ? [branch.step] : leaves(branch.children)));

describe('folding of layers', () => {
  it('makes ResNet-50 conv1, stages 2 to 5 and the head', () => {
    const branches = tree(RESNET_50);
    assert.deepEqual(branches.map(show), [
      'input',
      'conv1_conv',
      'conv1_bn',
      'conv1_relu',
      'pool1',
      'conv2_block (stage of 3, 32)',
      'conv3_block (stage of 4, 42)',
      'conv4_block (stage of 6, 62)',
      'conv5_block (stage of 3, 32)',
      'avgpool',
      'fc',
    ]);
    const stage = branches[6];
    assert.ok(stage?.kind === 'fold');
    assert.deepEqual(stage.children.map(show), [
      'conv3_block1 (block of 12, 12)',
      'conv3_block2 (block of 10, 10)',
      'conv3_block3 (block of 10, 10)',
      'conv3_block4 (block of 10, 10)',
    ]);
  });

  it('makes ResNet-34, whose helper is called sixteen times, four stages of its blocks', () => {
    const stages = tree(exampleSource('resnet34')).filter((branch) => branch.kind === 'fold' && branch.of === 'stage') as Fold[];
    assert.deepEqual(
      stages.map((stage) => [stage.title, stage.children.length]),
      [
        ['conv2', 3],
        ['conv3', 4],
        ['conv4', 6],
        ['conv5', 3],
      ],
    );
  });

  it('keeps every layer once, in its order', () => {
    for (const source of [
      RESNET_50,
      exampleSource('resnet34'),
      exampleSource('vgg16'),
      exampleSource('lenet5'),
      exampleSource('alexnet'),
    ]) {
      const steps = stepsOfSource(source);
      const branches = treeOf(steps);
      assert.deepEqual(leaves(branches), steps);
      for (const fold of folds(branches)) assert.deepEqual(fold.steps, leaves(fold.children));
      const ids = folds(branches).map((fold) => fold.id);
      assert.equal(new Set(ids).size, ids.length);
    }
  });

  it('folds nothing where nothing repeats', () => {
    assert.deepEqual(folds(tree(exampleSource('lenet5'))), []);
    assert.deepEqual(folds(tree(exampleSource('alexnet'))), []);
  });

  it('folds the rounds of a loop that calls no helper', () => {
    const branches = tree(`
      export function create() {
        const model = tf.sequential();
        model.add(tf.layers.inputLayer({ inputShape: [64, 64, 3], name: 'in' }));
        for (let k = 1; k <= 4; k++) {
          model.add(tf.layers.conv2d({ name: 'block' + k + '_conv', filters: 8, kernelSize: 3, padding: 'same' }));
          model.add(tf.layers.batchNormalization({ name: 'block' + k + '_bn' }));
          if (k > 1) model.add(tf.layers.dropout({ name: 'block' + k + '_drop', rate: 0.1 }));
          model.add(tf.layers.maxPooling2d({ name: 'block' + k + '_pool', poolSize: 2 }));
        }
        model.add(tf.layers.flatten({ name: 'flat' }));
        return model;
      }`);
    assert.deepEqual(branches.map(show), [
      'in',
      'block1 (block of 3, 3)',
      'block2 (block of 4, 4)',
      'block3 (block of 4, 4)',
      'block4 (block of 4, 4)',
      'flat',
    ]);
  });

  it('folds nested models, each application by itself', () => {
    const branches = tree(`
      export function create() {
        const shared = tf.sequential({ name: 'encoder' });
        shared.add(tf.layers.dense({ units: 4, inputShape: [4], name: 'a' }));
        shared.add(tf.layers.dense({ units: 4, name: 'b' }));
        const one = tf.input({ shape: [4], name: 'one' });
        const two = tf.input({ shape: [4], name: 'two' });
        const sum = tf.layers.add({ name: 'sum' }).apply([shared.apply(one), shared.apply(two)]);
        return tf.model({ inputs: [one, two], outputs: sum });
      }`);
    const nested = branches.filter((branch) => branch.kind === 'fold');
    assert.deepEqual(nested.map(show), ['encoder (model of 2, 2)', 'encoder (model of 2, 2)']);
    assert.equal(new Set(nested.map((fold) => fold.id)).size, 2);
  });

  it('keeps the ids of folds when a layer is added elsewhere', () => {
    const before = folds(tree(RESNET_50)).map((fold) => fold.id);
    const longer = RESNET_50.replace(
      "name: 'avgpool' }).apply(x);",
      "name: 'avgpool' }).apply(tf.layers.dropout({ rate: 0.5 }).apply(x));",
    );
    assert.notEqual(longer, RESNET_50);
    assert.deepEqual(
      folds(tree(longer)).map((fold) => fold.id),
      before,
    );
  });
});

describe('the title of a fold', () => {
  it('is what the names begin with, never half a number', () => {
    assert.equal(titleOf(['conv3_1_bn', 'conv3_4_2']), 'conv3');
    assert.equal(titleOf(['conv10', 'conv11']), 'conv');
    assert.equal(titleOf(['conv1', 'conv12']), 'conv');
    assert.equal(titleOf(['a', 'b']), 'a … b');
    assert.equal(titleOf(['same', 'same']), 'same');
    assert.equal(titleOf([]), '');
  });
});

describe('rows of the list', () => {
  const branches = tree(RESNET_50);
  const closed = rowsOf(branches, () => false);
  const open = rowsOf(branches, () => true);
  const idAt = (rows: readonly Row[], move: ReturnType<typeof moveBy>): string | undefined =>
    move?.kind === 'to' ? rows[move.index]?.id : undefined;

  it('are those of open folds, with their levels and places', () => {
    assert.equal(closed.length, 11);
    const [, , , , , stage, block, first] = rowsOf(branches, ({ id }) => id === '/conv2_block' || id === '/conv2_block/conv2_block1');
    assert.deepEqual(
      [stage, block, first].map((row) => [row?.level, row?.position, row?.siblings, row?.open]),
      [
        [1, 6, 11, true],
        [2, 1, 3, true],
        [3, 1, 12, false],
      ],
    );
    assert.equal(new Set(open.map((row) => row.id)).size, open.length);
  });

  it('are gone through with the arrows, Home, End and the page keys, and the ends hold', () => {
    const to = (key: string, at: number): number => {
      const move = moveBy(key, closed, at, 4);
      return move?.kind === 'to' ? move.index : -1;
    };
    assert.deepEqual(
      [to('ArrowDown', 0), to('ArrowUp', 0), to('End', 0), to('Home', 5), to('PageDown', 1), to('PageUp', 1)],
      [1, 0, 10, 0, 5, 0],
    );
    assert.equal(to('PageDown', 9), 10);
    assert.equal(moveBy('x', closed, 0, 4), undefined);
    assert.equal(moveBy('ArrowDown', [], 0, 4), undefined);
  });

  it('open and close with Right and Left, which also go in and out', () => {
    const stage = closed.findIndex((row) => row.id === 'fold /conv2_block');
    const opening = moveBy('ArrowRight', closed, stage, 4);
    assert.ok(opening?.kind === 'fold' && opening.open && opening.fold.title === 'conv2_block');
    const at = open.findIndex((row) => row.id === 'fold /conv2_block');
    assert.equal(idAt(open, moveBy('ArrowRight', open, at, 4)), 'fold /conv2_block/conv2_block1');
    assert.equal(idAt(open, moveBy('ArrowLeft', open, at + 5, 4)), 'fold /conv2_block/conv2_block1');
    const closing = moveBy('ArrowLeft', open, at, 4);
    assert.ok(closing?.kind === 'fold' && !closing.open);
    const enter = moveBy('Enter', open, at + 2, 4);
    assert.ok(enter?.kind === 'source' && enter.step.name === 'conv2_block1_0_conv');
  });

  it('are found by what is typed, from the present row on and round', () => {
    assert.equal(closed[typeAhead('conv2', closed, 1) ?? -1]?.id, 'fold /conv2_block');
    assert.equal(closed[typeAhead('c', closed, 3) ?? -1]?.id, 'fold /conv2_block');
    assert.equal(closed[typeAhead('IN', closed, 4) ?? -1]?.branch.kind, 'layer');
    assert.equal(typeAhead('zzz', closed, 0), undefined);
  });

  it('know the folds around a layer', () => {
    const step = leaves(branches).find(({ name }) => name === 'conv4_block2_add');
    assert.deepEqual(
      foldsAround(branches, step?.key ?? '').map(({ id }) => id),
      ['/conv4_block', '/conv4_block/conv4_block2'],
    );
    assert.deepEqual(foldsAround(branches, 'nowhere'), []);
  });
});
