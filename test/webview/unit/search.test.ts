import assert from 'node:assert/strict';
import type { StepInfo } from '../../../webview/engine/contract/program';
import { callBeside, callsOf, layerAt } from '../../../webview/state/calls';
import { hitsText, nextHit, search } from '../../../webview/state/search';
import { treeOf } from '../../../src/model/folding/tree';
import { exampleSource, RESNET_50, stepsOfSource } from '../support/steps';

const names = (steps: readonly StepInfo[]): readonly string[] => steps.map((step) => step.name);

describe('search of layers', () => {
  const steps = stepsOfSource(exampleSource('lenet5'));

  it('looks at names, classes, shapes and source lines', () => {
    assert.deepEqual(names(search(steps, 'C3')), ['c3']);
    assert.deepEqual(names(search(steps, 'averagepool')), ['s2', 's4']);
    assert.deepEqual(names(search(steps, '28x28')), ['c1']);
    assert.deepEqual(names(search(steps, '28 x 28')), ['c1']);
    assert.deepEqual(names(search(steps, '28×28×6')), ['c1']);
    const c1 = steps.find((step) => step.name === 'c1');
    assert.deepEqual(names(search(steps, `line ${c1?.site?.line ?? 0}`)), ['c1']);
    assert.deepEqual(names(search(steps, 'line 1')), [], 'line 1 is not line 14');
  });

  it('wants all words, and finds nothing for none', () => {
    assert.deepEqual(names(search(steps, 'conv2d 5x')), []);
    assert.deepEqual(names(search(steps, 'conv2d 10x10')), ['c3']);
    assert.deepEqual(search(steps, '  '), []);
    assert.deepEqual(search(steps, '.*'), []);
  });

  it('goes round the hits, from a layer that is none to the nearest', () => {
    const hits = search(steps, 'conv2d');
    const key = (name: string): string | undefined => steps.find((step) => step.name === name)?.key;
    assert.equal(nextHit(steps, hits, key('s2'), 1)?.name, 'c3');
    assert.equal(nextHit(steps, hits, key('s2'), -1)?.name, 'c1');
    assert.equal(nextHit(steps, hits, key('c5'), 1)?.name, 'c1');
    assert.equal(nextHit(steps, hits, key('c1'), -1)?.name, 'c5');
    assert.equal(nextHit(steps, [], key('c1'), 1), undefined);
    assert.equal(hitsText(hits, key('c3')), '2 of 3');
    assert.equal(hitsText(hits, key('s2')), '3 found');
    assert.equal(hitsText([], undefined), 'none found');
  });
});

describe('layers of one source line', () => {
  const steps = stepsOfSource(RESNET_50);
  const branches = treeOf(steps);
  const named = (name: string): StepInfo => steps.find((step) => step.name === name) ?? assert.fail(name);

  it('are counted in the order of their making', () => {
    const step = named('conv2_block1_2_conv');
    const calls = callsOf(steps, step);
    assert.equal(calls.length, 53);
    assert.equal(step.site?.of, 53);
    assert.deepEqual(
      calls.map(({ site }) => site?.call),
      [...calls.keys()],
    );
    assert.equal(callBeside(steps, step, 1)?.name, 'conv2_block1_3_conv');
    assert.equal(callBeside(steps, named('conv1_conv'), -1), undefined);
    assert.deepEqual(names(callsOf(steps, named('fc'))), ['fc']);
  });

  it('stay at the call that is selected while the caret goes through the helper', () => {
    const selected = named('conv4_block3_2_conv');
    const line = (step: StepInfo): string => step.site?.id ?? assert.fail();
    assert.equal(layerAt(steps, branches, [line(selected)], selected.key), selected);
    // The helper's other lines mean the same call of it.
    assert.equal(layerAt(steps, branches, [line(named('conv1_bn'))], selected.key)?.name, 'conv4_block3_2_bn');
    assert.equal(layerAt(steps, branches, [line(named('conv2_block1_add'))], selected.key)?.name, 'conv4_block3_add');
    assert.equal(layerAt(steps, branches, ['elsewhere', line(named('fc'))], selected.key)?.name, 'fc');
    assert.equal(layerAt(steps, branches, ['elsewhere'], selected.key), undefined);
  });

  it('are found by the line that called the helper', () => {
    const [, inBlock] = named('conv2_block1_3_conv').callPath;
    assert.ok(inBlock);
    assert.equal(layerAt(steps, branches, [inBlock], undefined)?.name, 'conv2_block1_3_conv');
    assert.equal(layerAt(steps, branches, [inBlock], named('conv4_block3_1_relu').key)?.name, 'conv4_block3_3_conv');
    const [block] = named('conv2_block1_add').callPath;
    assert.equal(
      layerAt(steps, branches, [block ?? ''], named('conv4_block3_add').key)?.name,
      'conv4_block3_add',
      'what is selected was made there',
    );
  });
});
