import assert from 'node:assert/strict';
import { treeOf } from '../../../src/model/folding/tree';
import type { Fold } from '../../../webview/state/folding/tree';
import { readersOf, segmentsOf } from '../../../webview/state/folding/wiring';
import { layOut, NODE_HEIGHT, NODE_WIDTH, type Box, type Drawing } from '../../../webview/views/layers/graph/layout';
import { boxOf, follow, followers, pathOf, solid } from '../../../webview/views/layers/graph/moves';
import { exampleSource, RESNET_50, stepsOfSource } from '../support/steps';

const draw = (source: string, isOpen: (fold: Fold) => boolean) => {
  const steps = stepsOfSource(source);
  const readers = readersOf(steps);
  return { steps, readers, drawing: layOut(treeOf(steps), isOpen, readers) };
};

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const contains = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const holds = (drawing: Drawing): void => {
  const boxes = solid(drawing);
  boxes.forEach((box, index) => {
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= drawing.width + 0.01 && box.y + box.height <= drawing.height + 0.01, box.id);
    for (const other of boxes.slice(index + 1)) assert.ok(!overlap(box, other), `${box.id} and ${other.id} overlap`);
  });
  for (const fold of drawing.boxes.filter((box) => box.open))
    for (const box of boxes) assert.ok(contains(fold, box) || !overlap(fold, box), `${box.id} stands across ${fold.id}`);
};

describe('layout of the graph', () => {
  it('puts LeNet-5 in one column, each layer under the one that it reads', () => {
    const { drawing, steps } = draw(exampleSource('lenet5'), () => true);
    holds(drawing);
    assert.equal(drawing.boxes.length, steps.length);
    assert.deepEqual([...new Set(drawing.boxes.map(({ x }) => x))], [0]);
    assert.deepEqual([drawing.width, drawing.boxes[0]?.height], [NODE_WIDTH, NODE_HEIGHT]);
    assert.equal(drawing.lines.length, steps.length - 1);
    for (const { points } of drawing.lines) assert.equal(points.length, 2);
  });

  it('draws the shortcuts of ResNet-50 around what they skip, folded, half open and open', () => {
    for (const isOpen of [() => false, ({ of }: Fold) => of === 'stage', () => true]) {
      const { drawing } = draw(RESNET_50, isOpen);
      holds(drawing);
      for (const { points, from, to } of drawing.lines)
        points.slice(1).forEach((point, k) => assert.ok(point.y >= (points[k]?.y ?? 0) - 0.01, `${from} to ${to} goes up`));
    }
    const { drawing, steps, readers } = draw(RESNET_50, () => true);
    const find = (name: string): Box => boxOf(drawing, steps.find((step) => step.name === name)?.key) ?? assert.fail(name);
    const add = find('conv3_block2_add');
    const into = drawing.lines.filter(({ to }) => to === add.id);
    assert.equal(into.length, 2, 'the branch, and the shortcut from the block\u2019s edge');
    const block = drawing.boxes.find(({ id }) => id === 'fold /conv3_block/conv3_block2');
    assert.ok(block?.open);
    assert.ok(into.some(({ from }) => from === block.id));
    assert.deepEqual(
      followers(drawing, find('conv3_block1_out_relu'), readers)
        .map(({ id }) => id.split('@')[0])
        .sort(),
      ['conv3_block2_1_conv', 'conv3_block2_add'],
    );
  });

  it('ends every line at the boxes that it joins, or at the edge of their fold', () => {
    const { drawing } = draw(RESNET_50, () => true);
    const boxes = new Map(drawing.boxes.map((box) => [box.id, box]));
    for (const { from, to, points } of drawing.lines) {
      const [start, end] = [boxes.get(from), boxes.get(to)];
      const [first, last] = [points[0], points[points.length - 1]];
      assert.ok(start && end && first && last);
      // From a fold's own edge to a box inside it the line begins at the top.
      const inside = start.open && contains(start, end);
      assert.ok(Math.abs(first.y - (inside ? start.y : start.y + start.height)) < 0.01, `${from} to ${to}`);
      const outwards = end.open && contains(end, start);
      assert.ok(Math.abs(last.y - (outwards ? end.y + end.height : end.y)) < 0.01, `${from} to ${to}`);
      assert.ok(first.x >= start.x && first.x <= start.x + start.width);
      assert.ok(last.x >= end.x && last.x <= end.x + end.width);
    }
  });

  it('draws several inputs, several outputs and branches', () => {
    const source = `
      export function create() {
        const one = tf.input({ shape: [8], name: 'one' });
        const left = tf.layers.dense({ units: 3, name: 'left' }).apply(one);
        const two = tf.input({ shape: [8], name: 'two' });
        const right = tf.layers.dense({ units: 3, name: 'right' }).apply(two);
        const head = tf.layers.dense({ units: 1, name: 'early' }).apply(left);
        const both = tf.layers.concatenate({ name: 'both' }).apply([left, right]);
        return tf.model({ inputs: [one, two], outputs: [head, tf.layers.dense({ units: 2, name: 'late' }).apply(both)] });
      }`;
    const { drawing, steps, readers } = draw(source, () => true);
    holds(drawing);
    assert.equal(drawing.boxes.length, 7);
    assert.equal(drawing.lines.length, 6);
    const find = (name: string): Box => boxOf(drawing, steps.find((step) => step.name === name)?.key) ?? assert.fail(name);
    const to = (key: string, name: string): string | undefined => follow(key, drawing, find(name), readers)?.id.split('@')[0];
    assert.equal(to('ArrowDown', 'right'), 'both');
    assert.equal(to('ArrowUp', 'right'), 'two');
    assert.equal(to('ArrowUp', 'one'), undefined);
    assert.equal(to('ArrowDown', 'late'), undefined);
    assert.deepEqual(
      [to('ArrowRight', 'left'), to('ArrowLeft', 'left')].filter((name) => name === 'right'),
      ['right'],
    );
  });

  it('splits a long model where one value goes on, so that a thousand layers are a thousand small layouts', () => {
    const edges = Array.from({ length: 999 }, (_, k) => [k, k + 1] as const);
    assert.equal(segmentsOf({ edges, count: 1000 }, 0, 999).length, 999);
    // A shortcut from 2 to 5 keeps 2 to 5 together.
    assert.deepEqual(segmentsOf({ edges: [...edges.slice(0, 7), [2, 5]], count: 8 }, 0, 7), [
      [0, 1],
      [1, 2],
      [2, 3, 4, 5],
      [5, 6],
      [6, 7],
    ]);
    // What is never read, an early output, could stand beside all that follows.
    assert.deepEqual(
      segmentsOf(
        {
          edges: [
            [0, 1],
            [0, 2],
            [2, 3],
          ],
          count: 4,
        },
        0,
        3,
      ),
      [[0, 1, 2, 3]],
    );
  });

  it('shows a closed fold for the layers in it', () => {
    const { drawing, steps } = draw(RESNET_50, () => false);
    assert.equal(drawing.boxes.length, 11);
    const inside = steps.find((step) => step.name === 'conv4_block2_add');
    assert.equal(boxOf(drawing, inside?.key)?.id, 'fold /conv4_block');
  });

  it('writes lines that leave and arrive straight down', () => {
    assert.equal(pathOf([]), '');
    assert.equal(
      pathOf([
        { x: 1, y: 2 },
        { x: 1, y: 8 },
      ]),
      'M1 2V8',
    );
    assert.equal(
      pathOf([
        { x: 0, y: 0 },
        { x: 10, y: 20 },
      ]),
      'M0 0C0 10 10 10 10 20',
    );
  });
});
