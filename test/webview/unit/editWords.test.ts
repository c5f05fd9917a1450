import assert from 'node:assert/strict';
import { compile } from '../../../webview/engine/build/compile';
import { Computation } from '../../../webview/engine/run/computation';
import { describeSteps } from '../../../webview/engine/describe';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { editSentence, editsText, editText, firstNewMap } from '../../../webview/views/editWords';
import { layerText } from '../../../webview/views/layers/words';
import type { StepInfo } from '../../../webview/engine/contract/program';
import { chain, input, layer } from '../support/graphs';

const net = (filters: number, ...more: ReturnType<typeof layer>[]) =>
  chain('net', [
    input(8, 8, 1),
    layer('a', 'conv2d', { filters, kernelSize: 3 }),
    ...more,
    layer('b', 'conv2d', { filters: 3, kernelSize: 3 }),
    layer('flat', 'flatten'),
    layer('out', 'dense', { units: 2 }),
  ]);

/** What the list is told of a model after it was built, filled and edited. */
const edited = async (before: ReturnType<typeof net>, after: ReturnType<typeof net>): Promise<ReadonlyMap<string, StepInfo>> => {
  const first = new Computation(before, 1e9);
  await fillSlots(first.program.slots, undefined, 1, () => Promise.resolve());
  const second = new Computation(after, 1e9, first);
  const steps = describeSteps(second.program, second.changes);
  second.dispose();
  return new Map(steps.map((step) => [step.name, step]));
};

describe('what an edit did, in words', () => {
  const of = (steps: ReadonlyMap<string, StepInfo>, name: string): StepInfo => {
    const step = steps.get(name);
    assert.ok(step);
    return step;
  };

  it('names what is new and what was resized, and which maps are new', async () => {
    const steps = await edited(net(4), net(6, layer('pool', 'maxPooling2d', { poolSize: 2 })));
    assert.equal(editSentence(of(steps, 'a')), 'resized, maps 4 to 5 are new');
    assert.equal(firstNewMap(of(steps, 'a')), 4);
    assert.equal(editText(of(steps, 'pool')), 'new');
    // It reads more channels than before: all its maps are others, none is new.
    assert.equal(editSentence(of(steps, 'b')), 'resized');
    assert.equal(editText(of(steps, 'flat')), undefined);
    assert.equal(editText(of(steps, 'input')), undefined);
    assert.equal(editsText([...steps.values()]), '3 resized, 1 new');
    assert.match(layerText(of(steps, 'pool'), undefined), /, 0 parameters, new$/);
  });

  it('says nothing where maps went away but that the layer was resized', async () => {
    const steps = await edited(net(6), net(5));
    assert.equal(firstNewMap(of(steps, 'a')), undefined);
    assert.equal(editSentence(of(steps, 'a')), 'resized');
  });

  it('says nothing of a model that was not edited', () => {
    const steps = describeSteps(compile(net(4)));
    assert.deepEqual(steps.map(editText), [undefined, undefined, undefined, undefined, undefined]);
    assert.equal(editsText(steps), undefined);
  });
});
