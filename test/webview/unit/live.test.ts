import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import { streamOf } from '../../../webview/engine/weights/random';
import type { GivenPart } from '../../../webview/engine/contract/program';
import { givenPart } from '../../../webview/engine/weights/given';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { Computation, type Feeding } from '../../../webview/engine/run/computation';
import type { Step } from '../../../webview/engine/build/program';
import { chain, graph, input, layer } from '../support/graphs';

const nothing = (): Promise<void> => Promise.resolve();
const BUDGET = 1e9;

/** Counter-based values for each feed, another set for each seed. */
const feeding = (of: Computation, seed: number): Feeding => ({
  name: `random ${seed}`,
  make: () =>
    Promise.resolve(
      of.program.feeds.map((feed, k) => {
        const stream = streamOf(seed, 'test', String(k));
        return tf.tensor(
          Float32Array.from({ length: feed.shape.reduce((total, dim) => total * dim, 1) }, (_, at) => stream.at(at)),
          [...feed.shape],
        );
      }),
    ),
});

/** A model that is edited and run again and again, as the panel does it. */
class Live {
  computation: Computation;
  /** Names of the layers that the last run computed. */
  computed: string[] = [];

  constructor(
    model: ModelGraph,
    private readonly budget = BUDGET,
  ) {
    this.computation = new Computation(model, budget);
  }

  edit(model: ModelGraph): void {
    this.computation = new Computation(model, this.budget, this.computation);
  }

  async run(seed = 1): Promise<string[]> {
    await fillSlots(this.computation.program.slots, undefined, 42, nothing);
    this.computation.prepare(feeding(this.computation, seed));
    this.computed = [];
    await this.computation.run({
      signal: new AbortController().signal,
      finished: nothing,
      ran: ({ step, outputs }) => outputs.length > 0 && this.computed.push(step.layer.name),
    });
    return this.computed;
  }

  async edited(model: ModelGraph): Promise<string[]> {
    this.edit(model);
    return this.run();
  }

  step(name: string): Step {
    const found = this.computation.program.steps.find((one) => one.layer.name === name);
    assert.ok(found, name);
    return found;
  }

  async output(name: string): Promise<Float32Array> {
    const [id = -1] = this.step(name).outputs;
    await this.computation.bring([id], { signal: new AbortController().signal, finished: nothing });
    const value = this.computation.value(id);
    assert.ok(value, name);
    return value.dataSync<'float32'>().slice();
  }

  weights(name: string): tf.Tensor[] {
    return this.step(name).slots.map((slot) => slot.read());
  }

  change(name: string): string | undefined {
    return this.computation.changes.get(this.step(name).key)?.kind;
  }
}

/** Outputs of every layer, from the same weights in a program that was never anything else. */
const rebuilt = async (live: Live, model: ModelGraph, seed = 1): Promise<Map<string, Float32Array>> => {
  const other = new Live(model);
  other.computation.program.slots.forEach((slot, k) => {
    const from = live.computation.program.slots[k];
    if (from) slot.fill(from.read().clone());
  });
  await other.run(seed);
  const found = new Map<string, Float32Array>();
  for (const step of other.computation.program.steps) found.set(step.key, await other.output(step.layer.name));
  other.computation.dispose();
  return found;
};

const sameAsRebuilt = async (live: Live, model: ModelGraph, seed = 1): Promise<void> => {
  for (const [key, expected] of await rebuilt(live, model, seed)) {
    const step = live.computation.program.steps.find((one) => one.key === key);
    const found = await live.output(step?.layer.name ?? '');
    assert.deepEqual(found, expected, key);
  }
};

const conv = (name: string, filters: number, more: Record<string, number | string> = {}): GraphLayer =>
  layer(name, 'conv2d', { filters, kernelSize: 3, padding: 'same', ...more });
const small = (filters = 4, activation = 'relu'): ModelGraph =>
  chain('small', [
    input(8, 8, 2),
    conv('a', 3),
    conv('b', filters, { activation }),
    layer('pool', 'maxPooling2d', { poolSize: 2 }),
    conv('c', 5),
    layer('flat', 'flatten'),
    layer('out', 'dense', { units: 3 }),
  ]);

describe('a model that is edited while it is shown', () => {
  before(() => tf.setBackend('cpu'));

  it('computes a changed layer and what is behind it, and keeps the tensors of all other weights', async () => {
    const live = new Live(small());
    assert.deepEqual(await live.run(), ['input', 'a', 'b', 'pool', 'c', 'flat', 'out']);
    const before = ['a', 'b', 'c', 'out'].map((name) => live.weights(name));
    const model = small(4, 'tanh');
    assert.deepEqual(await live.edited(model), ['b', 'pool', 'c', 'flat', 'out']);
    ['a', 'b', 'c', 'out'].forEach((name, k) => assert.deepEqual(live.weights(name), before[k], `${name} has the same tensors`));
    assert.equal(live.change('b'), 'changed');
    assert.equal(live.change('c'), 'kept');
    await sameAsRebuilt(live, model);
    assert.deepEqual(await live.run(), [], 'nothing is left to compute');
    live.computation.dispose();
  });

  it('crops weights, and grows them again to what they were', async () => {
    const live = new Live(small(4));
    await live.run();
    const [kernel] = live.weights('b').map((one) => one.arraySync() as number[][][][]);
    await live.edited(small(2));
    assert.equal(live.change('b'), 'resized');
    assert.equal(live.change('c'), 'resized');
    assert.equal(live.change('out'), 'kept');
    assert.deepEqual(
      live.weights('b')[0]?.arraySync(),
      kernel?.map((row) => row.map((column) => column.map((values) => values.slice(0, 2)))),
    );
    await sameAsRebuilt(live, small(2));
    await live.edited(small(4));
    assert.deepEqual(live.weights('b')[0]?.arraySync(), kernel, 'the rest has the values of the same seed');
    await sameAsRebuilt(live, small(4));
    live.computation.dispose();
  });

  it('resizes what was never run as well: an edit that came before the weights were filled', async () => {
    const live = new Live(small(4));
    await live.run();
    const [kernel] = live.weights('b').map((one) => one.arraySync());
    live.edit(small(40));
    live.edit(small(4));
    assert.equal(live.change('b'), 'changed', 'the options of what was shown last, not the weights');
    await live.run();
    assert.deepEqual(live.weights('b')[0]?.arraySync(), kernel);
    live.computation.dispose();
  });

  it('knows layers again by their order where automatic names shift', async () => {
    const named = (...filters: number[]): ModelGraph =>
      chain('net', [input(6, 6, 3), ...filters.map((count, k) => conv(`conv2d_Conv2D${k + 1}`, count))]);
    const live = new Live(named(3, 4, 5));
    await live.run();
    const before = live.weights('conv2d_Conv2D3');
    assert.deepEqual(await live.edited(named(3, 4, 4, 5)), ['conv2d_Conv2D3', 'conv2d_Conv2D4']);
    assert.deepEqual(live.weights('conv2d_Conv2D4'), before);
    assert.equal(live.change('conv2d_Conv2D3'), 'new');
    assert.equal(live.change('conv2d_Conv2D4'), 'kept');
    await sameAsRebuilt(live, named(3, 4, 4, 5));
    await live.edited(named(3, 5));
    assert.deepEqual(live.weights('conv2d_Conv2D2')[1], before[1], 'the bias of the layer that stayed');
    await sameAsRebuilt(live, named(3, 5));
    live.computation.dispose();
  });

  it('keeps weights of a layer that moved to another place, by its name', async () => {
    const named = (...names: string[]): ModelGraph =>
      chain('net', [input(4, 4, 3), ...names.map((name) => layer(name, 'conv2d', { name, filters: 3, kernelSize: 1 }))]);
    const live = new Live(named('x', 'y', 'z'));
    await live.run();
    const before = ['x', 'y', 'z'].map((name) => live.weights(name));
    await live.edited(named('z', 'x', 'y'));
    ['x', 'y', 'z'].forEach((name, k) => assert.deepEqual(live.weights(name), before[k]));
    await sameAsRebuilt(live, named('z', 'x', 'y'));
    live.computation.dispose();
  });

  it('gives new values where the source names another initializer, but not to values from a file', async () => {
    const model = (kernelInitializer: string): ModelGraph => chain('net', [input(4), layer('d', 'dense', { units: 4, kernelInitializer })]);
    const live = new Live(model('heNormal'));
    await live.run();
    await live.edited(model('ones'));
    assert.equal(live.change('d'), 'resized');
    assert.deepEqual([...(live.weights('d')[0]?.dataSync() ?? [])], new Array(16).fill(1));
    for (const slot of live.computation.program.slots) slot.given = { by: 'file', sizes: slot.shape };
    await live.edited(model('zeros'));
    assert.equal(live.change('d'), 'changed');
    assert.equal(live.weights('d')[0]?.dataSync()[0], 1);
    live.computation.dispose();
  });

  it('knows how much of the weights an edit left as they were given', async () => {
    const net = (filters: number, units: number): ModelGraph =>
      chain('net', [
        input(4, 4, 1),
        layer('a', 'conv2d', { filters, kernelSize: 3 }),
        layer('flat', 'flatten'),
        layer('out', 'dense', { units }),
      ]);
    const live = new Live(net(4, 2));
    await live.run();
    const part = (): GivenPart => givenPart(live.computation.program.slots, 'shipped');
    assert.deepEqual(part(), { parameters: 0, fresh: 4, of: 4 });
    for (const slot of live.computation.program.slots) slot.give(tf.ones([...slot.shape]), 'shipped');
    const all = 9 * 4 + 4 + 16 * 2 + 2;
    assert.deepEqual(part(), { parameters: all, fresh: 0, of: 4 });
    await live.edited(net(4, 3));
    assert.deepEqual(part(), { parameters: all, fresh: 2, of: 4 }, 'a third unit has fresh weights and a fresh bias');
    // What was cut off does not come back.
    await live.edited(net(3, 3));
    await live.edited(net(4, 3));
    assert.deepEqual(part(), { parameters: 9 * 3 + 3 + 12 * 2 + 2, fresh: 4, of: 4 });
    assert.deepEqual(givenPart(live.computation.program.slots, 'file').parameters, 0);
    live.computation.dispose();
  });

  it('follows branches: a shortcut that is connected elsewhere', async () => {
    const block = (shortcut: number): ModelGraph =>
      graph(
        'block',
        [input(6, 6, 4), conv('a', 4), conv('b', 4), conv('c', 4), layer('sum', 'add'), conv('side', 2), conv('end', 3)],
        [[0], [1, 0], [2, 1], [3, 2], [4, 3, shortcut], [5, 1], [6, 4]],
      );
    const live = new Live(block(0));
    await live.run();
    assert.deepEqual(await live.edited(block(1)), ['sum', 'end']);
    await sameAsRebuilt(live, block(1));
    live.computation.dispose();
  });

  it('computes all that is behind another input or another weight, and nothing else', async () => {
    const model = graph(
      'two',
      [
        input(4),
        layer('other', 'inputLayer', { inputShape: [4] }),
        layer('a', 'dense', { units: 3 }),
        layer('b', 'dense', { units: 3 }),
        layer('sum', 'add'),
      ],
      [[0], [1], [2, 0], [3, 1], [4, 2, 3]],
    );
    const live = new Live(model);
    await live.run();
    live.step('b').slots[0]?.fill(tf.ones([4, 3]));
    assert.deepEqual(await live.run(), ['b', 'sum']);
    assert.deepEqual(await live.run(2), ['input', 'other', 'a', 'b', 'sum']);
    await sameAsRebuilt(live, model, 2);
    live.computation.dispose();
  });

  it('keeps nested models and shared layers, and their weights', async () => {
    const encoder = (units: number): GraphLayer => ({
      name: 'encoder',
      className: 'Sequential',
      factory: 'model',
      options: {},
      model: chain('encoder', [input(5), layer('hidden', 'dense', { units }), layer('code', 'dense', { units: 2 })]),
    });
    const model = (units: number, activation: string): ModelGraph =>
      graph(
        'pair',
        [input(5), layer('twist', 'activation', { activation }), encoder(units), layer('sum', 'add')],
        [[0], [1, 0], [2, 0], [2, 1], [3, 2, 3]],
      );
    const live = new Live(model(4, 'sigmoid'));
    await live.run();
    const before = live.weights('hidden');
    assert.deepEqual(await live.edited(model(4, 'tanh')), ['twist', 'hidden', 'code', 'sum'], 'the second application alone');
    assert.deepEqual(live.weights('hidden'), before);
    assert.deepEqual(await live.edited(model(6, 'tanh')), ['hidden', 'code', 'hidden', 'code', 'sum']);
    live.computation.dispose();
  });

  it('goes on where a run was stopped', async () => {
    const live = new Live(small());
    await fillSlots(live.computation.program.slots, undefined, 42, nothing);
    live.computation.prepare(feeding(live.computation, 1));
    const stopping = new AbortController();
    const stopped = live.computation.run({
      signal: stopping.signal,
      finished: nothing,
      ran: ({ step }) => step.layer.name === 'pool' && stopping.abort(),
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.deepEqual(await live.edited(small()), ['c', 'flat', 'out']);
    await sameAsRebuilt(live, small());
    live.computation.dispose();
  });

  it('computes again what the budget does not keep, from the nearest output that it does', async () => {
    // a and b have 768 and 1024 bytes, pool 256, c 320, flat 320, out 12.
    const live = new Live(small(), 1000);
    assert.deepEqual(await live.run(), ['input', 'a', 'b', 'pool', 'c', 'flat', 'out']);
    const held = tf.memory().numTensors;
    const expected = await rebuilt(live, small());
    for (const [name, key] of [
      ['b', 'b@2'],
      ['a', 'a@1'],
      ['c', 'c@4'],
    ] as const)
      assert.deepEqual(await live.output(name), expected.get(key));
    await live.output('a');
    await live.run();
    assert.equal(tf.memory().numTensors, held, 'what was asked for is freed with the next run');
    const narrower = small();
    const edited = { ...narrower, layers: narrower.layers.map((one) => (one.name === 'c' ? conv('c', 6) : one)) };
    assert.deepEqual(await live.edited(edited), ['c', 'flat', 'out']);
    live.computation.dispose();
  });

  it('frees everything: a hundred edits in a row hold what one model holds', async () => {
    const before = tf.memory();
    const live = new Live(small());
    await live.run();
    const held = tf.memory();
    for (let round = 0; round < 100; round++) {
      const model = small(2 + (round % 5), round % 2 === 0 ? 'relu' : 'tanh');
      await live.edited({ ...model, layers: model.layers, nodes: model.nodes });
      if (round % 7 === 0) await live.output('b');
      await live.run(round % 3);
    }
    live.edit(small());
    await live.run();
    assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [held.numTensors, held.numBytes]);
    live.computation.dispose();
    assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [before.numTensors, before.numBytes]);
  });

  for (const seed of [1, 2, 3, 4, 5, 6]) {
    it(`equals a full rebuild after random edits, and computes exactly what is behind them (${seed})`, async () => {
      const random = streamOf(seed, 'edits');
      let drawn = 0;
      const below = (most: number): number => Math.floor(random.at(drawn++) * most);
      let net = start;
      const live = new Live(modelOf(net));
      await live.run();
      for (let round = 0; round < 12; round++) {
        const before = live.computation.program;
        const old = modelOf(net);
        net = edited(net, below);
        const model = modelOf(net);
        const computed = await live.edited(model);
        await sameAsRebuilt(live, model);
        assert.deepEqual([...computed].sort(), behind(old, model, before.steps, live).sort(), JSON.stringify(net));
      }
      live.computation.dispose();
    });
  }
});

/** A residual chain: each layer of one width, with a shortcut to the sum behind it from any layer before. */
interface Block {
  readonly id: number;
  readonly filters: number;
  readonly activation: string;
}
interface Net {
  readonly blocks: readonly Block[];
  /** Index of the block whose output is added at the end. */
  readonly shortcut: number;
  readonly next: number;
}

const start: Net = { blocks: [0, 1, 2, 3].map((id) => ({ id, filters: 3, activation: 'relu' })), shortcut: 1, next: 4 };

const modelOf = ({ blocks, shortcut }: Net): ModelGraph => {
  const last = blocks.length;
  const named = blocks.map(({ id, filters, activation }) =>
    layer(`k${id}`, 'conv2d', { name: `k${id}`, filters, kernelSize: 3, padding: 'same', activation }),
  );
  return graph(
    'net',
    [input(5, 5, 2), ...named, layer('join', 'concatenate'), conv('head', 3), layer('end', 'flatten')],
    [
      [0],
      ...blocks.map((_, k): [number, number] => [k + 1, k]),
      [last + 1, last, shortcut + 1],
      [last + 2, last + 1],
      [last + 3, last + 2],
    ],
  );
};

const edited = (net: Net, below: (most: number) => number): Net => {
  const at = below(net.blocks.length);
  const changed = (change: Partial<Block>): Net => ({
    ...net,
    blocks: net.blocks.map((one, k) => (k === at ? { ...one, ...change } : one)),
  });
  switch (below(5)) {
    case 0:
      return changed({ filters: 1 + below(5) });
    case 1:
      return changed({ activation: ['relu', 'tanh', 'sigmoid'][below(3)] ?? 'elu' });
    case 2:
      return {
        ...net,
        next: net.next + 1,
        blocks: [...net.blocks.slice(0, at), { id: net.next, filters: 3, activation: 'relu' }, ...net.blocks.slice(at)],
      };
    case 3: {
      const blocks = net.blocks.length > 2 ? net.blocks.filter((_, k) => k !== at) : net.blocks;
      return { ...net, blocks, shortcut: Math.min(net.shortcut, blocks.length - 1) };
    }
    default:
      return { ...net, shortcut: at };
  }
};

/**
 * Layers that an edit reaches, found from the two graphs by their own, unique names alone: whoever has other options, another size of weights,
 * or other layers before it, and whoever reads one of those.
 */
const behind = (before: ModelGraph, after: ModelGraph, old: readonly Step[], live: Live): string[] => {
  const facts = (model: ModelGraph, steps: readonly Step[]): Map<string, string> =>
    new Map(
      model.nodes.map((node) => {
        const one = model.layers[node.layer];
        const from = node.inputs.map((ref) => model.layers[model.nodes[ref.node]?.layer ?? -1]?.name);
        const sizes = steps.find((step) => step.layer.name === one?.name)?.slots.map((slot) => slot.shape);
        return [one?.name ?? '', JSON.stringify([one?.options, from, sizes])];
      }),
    );
  const [was, is] = [facts(before, old), facts(after, live.computation.program.steps)];
  const reached = new Set<string>();
  for (const node of after.nodes) {
    const name = after.layers[node.layer]?.name ?? '';
    const reads = node.inputs.some((ref) => reached.has(after.layers[after.nodes[ref.node]?.layer ?? -1]?.name ?? ''));
    if (reads || was.get(name) !== is.get(name)) reached.add(name);
  }
  return [...reached];
};
