import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import type { Program, Step, ValueId } from '../../../webview/engine/build/program';
import { receptiveField, unreadOf } from '../../../webview/engine/pixel/receptiveField';
import { indicesOf, projection, type Region } from '../../../webview/engine/pixel/region';
import { flatOf, placeOf } from '../../../webview/draw/strides';
import { streamOf } from '../../../webview/engine/weights/random';
import { chain, graph, input, layer } from '../support/graphs';

/** Weights that hide nothing: positive, and small enough that no activation saturates. */
const fillPositive = (program: Program, seed: number): void => {
  for (const slot of program.slots) {
    const stream = streamOf(seed, slot.path, slot.name);
    const values = Float32Array.from({ length: slot.size }, (_, k) => (0.5 + stream.at(k)) / 8);
    slot.fill(tf.tensor(values, [...slot.shape]));
  }
};

/** TensorFlow.js' own value of one step for given inputs, batch first. */
const valueOf = (program: Program, step: Step, feeds: readonly tf.Tensor[]): tf.Tensor => {
  const values = new Map<ValueId, tf.Tensor>(program.feeds.map((feed, k) => [feed.value, feeds[k] as tf.Tensor]));
  for (const one of program.steps.slice(0, program.steps.indexOf(step) + 1)) {
    if (!one.runs) continue;
    const inputs = one.inputs.map((id) => values.get(id) as tf.Tensor);
    const result = one.runs.apply(inputs.length === 1 ? (inputs[0] as tf.Tensor) : inputs, { training: false }) as tf.Tensor | tf.Tensor[];
    [result].flat().forEach((tensor, k) => values.set(one.outputs[k] ?? -1, tensor));
  }
  return values.get(step.outputs[0] ?? -1) as tf.Tensor;
};

type Support = readonly Set<number>[];

/** Positive inputs of one example. */
const feedsOf = (program: Program, seed: number): tf.Tensor[] =>
  program.feeds.map((feed) => {
    const stream = streamOf(seed, 'feed', feed.name);
    const size = feed.shape.reduce((total, dim) => total * dim, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, (_, k) => 0.1 + stream.at(k)),
      [...feed.shape],
    );
  });

const nonzero = (values: ArrayLike<number>): Set<number> =>
  new Set(Array.from(values, (value, k) => (value === 0 ? -1 : k)).filter((k) => k >= 0));

/** As `tf.tidy`, for results that hold no tensors. */
const tidily = <T>(work: () => T): T => {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
};

/** Where the gradient of one element is not zero. */
const gradientSupport = (program: Program, step: Step, at: readonly number[], seed: number): Support =>
  tidily(() => {
    const element = (...feeds: tf.Tensor[]): tf.Scalar =>
      valueOf(program, step, feeds)
        .slice([0, ...at], [1, ...at.map(() => 1)])
        .sum();
    return tf
      .grads(element)(feedsOf(program, seed))
      .map((gradient) => nonzero(gradient.dataSync()));
  });

/** Which inputs change one element when they alone grow: for ops that have no gradient here, and for max pooling, whose gradient sees the winner only. */
const changeSupport = (program: Program, step: Step, at: readonly number[], seed: number): Support =>
  tidily(() => {
    const feeds = feedsOf(program, seed);
    const elementOf = (given: tf.Tensor[], batch: number): ArrayLike<number> =>
      valueOf(program, step, given)
        .slice([0, ...at], [batch, ...at.map(() => 1)])
        .dataSync();
    const base = elementOf(feeds, 1)[0] ?? 0;
    return feeds.map((feed, which) => {
      const bumps = tf
        .eye(feed.size)
        .mul(50)
        .reshape([feed.size, ...feed.shape.slice(1)]);
      const given = feeds.map((other, k) =>
        k === which ? feed.add(bumps) : other.tile([feed.size, ...other.shape.slice(1).map(() => 1)]),
      );
      return nonzero(Array.from(elementOf(given, feed.size), (value) => value - base));
    });
  });

const elementsOf = (region: Region | undefined, sizes: readonly number[]): Set<number> =>
  new Set(
    (region?.blocks ?? []).flatMap((block) =>
      block
        .reduce<number[][]>((places, set) => places.flatMap((place) => [...indicesOf(set)].map((index) => [...place, index])), [[]])
        .map((place) => flatOf(place, sizes)),
    ),
  );

const sorted = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);

/** Holds the field of some elements of a step against the truth. Returns how many fields were hulls. */
const check = (model: ModelGraph, truth: typeof gradientSupport, name?: string, elements = 6, seed = 1): number => {
  const program = compile(model);
  assert.deepEqual(
    program.steps.flatMap((one) => one.stop ?? []),
    [],
  );
  fillPositive(program, seed);
  const step = program.steps.find((one) => one.layer.name === name) ?? program.steps[program.steps.length - 1];
  assert.ok(step);
  const sizes = program.values[step.outputs[0] ?? -1]?.shape.slice(1) ?? [];
  const total = sizes.reduce((product, size) => product * size, 1);
  const stream = streamOf(seed, 'elements');
  let hulls = 0;
  for (let k = 0; k < elements; k++) {
    const flat = k === 0 ? 0 : k === 1 ? total - 1 : Math.floor(stream.at(k) * total);
    const at = placeOf(flat, sizes);
    const field = receptiveField(program, step, at);
    assert.deepEqual(field.unknown, []);
    const support = truth(program, step, at, seed + k);
    program.feeds.forEach((feed, which) => {
      const region = field.regions.get(feed.value);
      const shape = feed.shape.slice(1);
      const real = support[which] ?? new Set<number>();
      const where = `${model.name}, element ${at.join()}, input ${feed.name}`;
      if (region?.hull) {
        hulls++;
        const places = sorted(real).map((index) => placeOf(index, shape));
        shape.forEach((_, axis) => {
          const indices = sorted(new Set(places.map((place) => place[axis] ?? -1)));
          assert.deepEqual([...indicesOf(projection(region, axis))], indices, `${where}, axis ${axis}`);
        });
      } else assert.deepEqual(sorted(elementsOf(region, shape)), sorted(real), where);
    });
  }
  for (const slot of program.slots) slot.dispose();
  return hulls;
};

const conv = (name: string, more: Record<string, unknown> = {}) =>
  layer(name, 'conv2d', { filters: 3, kernelSize: 3, padding: 'same', activation: 'relu', ...(more as object) });

describe('receptive field', () => {
  before(() => tf.setBackend('cpu'));

  const padded = { padding: 'same', strides: 2, kernelSize: 4 };

  it('goes through strides, uneven padding and average pools', () => {
    const pool = (name: string, more: object) => layer(name, 'averagePooling2d', { poolSize: 3, strides: 2, ...more });
    check(
      chain('strided', [input(23, 19, 2), conv('a', padded), conv('b', { padding: 'valid', kernelSize: [3, 2] }), pool('c', {})]),
      gradientSupport,
    );
    check(chain('pools', [input(14, 15, 2), pool('a', { padding: 'same' }), conv('b', { kernelSize: 2 }), pool('c', {})]), gradientSupport);
  });

  it('goes through residual blocks, shortcuts with and without projection', () => {
    const bn = (name: string) => layer(name, 'batchNormalization');
    const model = graph(
      'residual',
      [
        input(12, 12, 3),
        conv('a', { strides: 2 }),
        bn('bn1'),
        conv('b'),
        conv('shortcut', { kernelSize: 1, strides: 2 }),
        layer('add1', 'add'),
        conv('c'),
        bn('bn2'),
        layer('add2', 'add'),
        layer('out', 'activation', { activation: 'relu' }),
      ],
      [[0], [1, 0], [2, 1], [3, 2], [4, 0], [5, 3, 4], [6, 5], [7, 6], [8, 7, 5], [9, 8]],
    );
    check(model, gradientSupport);
    check(model, gradientSupport, 'add1');
  });

  it('follows only the branch that holds the channel', () => {
    const model = graph(
      'inception',
      [
        input(11, 11, 2),
        conv('one', { kernelSize: 1, filters: 2 }),
        conv('reduce', { kernelSize: 1, filters: 2 }),
        conv('five', { kernelSize: 5, filters: 3 }),
        layer('pool', 'averagePooling2d', { poolSize: 3, strides: 1, padding: 'same' }),
        layer('all', 'concatenate', { axis: -1 }),
      ],
      [[0], [1, 0], [2, 0], [3, 2], [4, 0], [5, 1, 3, 4]],
    );
    check(model, gradientSupport, 'all', 16);
  });

  it('goes through dilated windows without filling their holes', () => {
    check(chain('dilated', [input(13, 12, 2), conv('a', { dilationRate: 2 }), conv('b', { dilationRate: [3, 1] })]), changeSupport);
    check(chain('holes', [input(15, 15, 1), conv('a', { dilationRate: 3, padding: 'valid' })]), changeSupport);
    const causal = layer('b', 'conv1d', { filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same' });
    check(chain('wave', [input(24, 2), layer('a', 'conv1d', { filters: 2, kernelSize: 2, strides: 2 }), causal]), changeSupport);
  });

  it('sees every element of a max pool, not only the winner', () => {
    const pool = layer('p', 'maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' });
    check(chain('max', [input(10, 9, 2), conv('a', { kernelSize: 2 }), pool]), changeSupport);
    check(chain('max1d', [input(17, 2), layer('p', 'maxPooling1d', { poolSize: 3, strides: 2 })]), changeSupport);
  });

  it('goes through transposed convolutions, upsampling, zero padding and cropping', () => {
    const up = (name: string, more: object) => layer(name, 'conv2dTranspose', { filters: 2, kernelSize: 3, strides: 2, ...more });
    check(
      chain('up', [input(5, 6, 2), up('a', { padding: 'same' }), up('b', { kernelSize: 2, strides: 3 })]),
      gradientSupport,
      undefined,
      12,
    );
    const around = layer('pad', 'zeroPadding2d', {
      padding: [
        [2, 1],
        [0, 3],
      ],
    });
    const cut = layer('cut', 'cropping2D', {
      cropping: [
        [1, 2],
        [3, 0],
      ],
    });
    check(
      chain('places', [input(6, 7, 2), layer('near', 'upSampling2d', { size: [2, 3] }), around, conv('a'), cut]),
      gradientSupport,
      undefined,
      12,
    );
    const bilinear = layer('linear', 'upSampling2d', { size: [2, 2], interpolation: 'bilinear' });
    check(chain('bilinear', [input(5, 5, 1), bilinear, conv('a', { padding: 'valid' })]), gradientSupport, undefined, 12);
  });

  it('keeps to the channel in depthwise convolutions, and takes all in separable ones', () => {
    const depthwise = layer('d', 'depthwiseConv2d', { kernelSize: 3, depthMultiplier: 2, strides: 2, padding: 'same' });
    check(chain('depthwise', [input(9, 8, 3), depthwise]), gradientSupport, undefined, 12);
    check(
      chain('separable', [input(9, 8, 3), layer('s', 'separableConv2d', { filters: 4, kernelSize: 3, padding: 'same' })]),
      gradientSupport,
    );
  });

  it('takes everything after flatten and dense, after global pooling all places of the channel', () => {
    check(chain('dense', [input(5, 4, 2), conv('a'), layer('f', 'flatten'), layer('d', 'dense', { units: 3 })]), gradientSupport);
    check(chain('flat', [input(5, 4, 2), conv('a'), layer('f', 'flatten')]), gradientSupport);
    check(chain('global', [input(5, 4, 3), layer('g', 'globalAveragePooling2d')]), gradientSupport);
    const reshaped = [input(24), layer('r', 'reshape', { targetShape: [4, 3, 2] }), layer('p', 'permute', { dims: [2, 1, 3] }), conv('a')];
    check(chain('reshaped', reshaped), gradientSupport);
    check(chain('softmax', [input(4, 4, 2), conv('a', { activation: 'softmax', kernelSize: 1 })]), gradientSupport);
    check(chain('places', [input(4, 4, 2), layer('d', 'dense', { units: 2 })]), gradientSupport);
  });

  it('knows channels first, several inputs that are broadcast, and nested models', () => {
    const first = { dataFormat: 'channelsFirst' };
    const pool = layer('p', 'averagePooling2d', { poolSize: 2, ...first });
    const flat = layer('f', 'flatten', first);
    check(chain('first', [input(2, 9, 8), conv('a', { ...first, strides: 2 }), pool, flat]), gradientSupport);
    const other = layer('gate', 'inputLayer', { inputShape: [1, 1, 3] }, { className: 'InputLayer' });
    const gated = [input(5, 5, 3), other, conv('a'), layer('m', 'multiply')];
    check(graph('gated', gated, [[0], [1], [2, 0], [3, 2, 1]]), gradientSupport);
    const inner = chain('inner', [input(8, 8, 2), conv('a', { padding: 'valid' }), conv('b')]);
    check(chain('outer', [input(8, 8, 2), layer('nest', 'model', {}, { model: inner }), conv('c')]), gradientSupport);
  });

  it('goes back in time, and no further', () => {
    const lstm = layer('l', 'lstm', { units: 3, returnSequences: true });
    check(chain('lstm', [input(6, 2), lstm]), gradientSupport);
    check(chain('backwards', [input(6, 2), layer('g', 'gru', { units: 2, returnSequences: true, goBackwards: true })]), gradientSupport);
    check(chain('last', [input(6, 2), layer('r', 'simpleRNN', { units: 2 })]), gradientSupport);
    const wrapped = layer('t', 'timeDistributed', {
      layer: { $layer: layer('inner', 'dense', { units: 2 }) as unknown as object },
    } as never);
    check(chain('each', [input(5, 3), wrapped]), gradientSupport);
  });

  it('is right for nets by chance', () => {
    let hulls = 0;
    for (let seed = 0; seed < 12; seed++) hulls += check(byChance(seed), gradientSupport, undefined, 3, seed);
    assert.ok(hulls < 36, 'most fields are exact');
  });

  it('says of which layers nothing is known, and takes them to read everything', () => {
    const program = compile(chain('unknown', [input(6, 6, 1), conv('a'), layer('c', 'centerCrop', { height: 2, width: 2 })]));
    const step = program.steps[2] as Step;
    const field = receptiveField(program, step, [0, 0, 0]);
    assert.deepEqual(
      field.unknown.map((one) => one.layer.name),
      ['c'],
    );
    assert.equal(elementsOf(field.regions.get(program.feeds[0]?.value ?? -1), [6, 6, 1]).size, 36);
  });

  it('has the regions of all layers in between', () => {
    const program = compile(chain('lenet', [input(32, 32, 1), conv('a', { kernelSize: 5, padding: 'valid' }), conv('b'), conv('c')]));
    const at = [10, 20, 1];
    const { regions } = receptiveField(program, program.steps[3] as Step, at);
    const rows = program.steps.map((step) => projection(regions.get(step.outputs[0] ?? -1) as Region, 0));
    assert.deepEqual(rows, [[{ start: 8, end: 17 }], [{ start: 8, end: 13 }], [{ start: 9, end: 12 }], [{ start: 10, end: 11 }]]);
  });

  it('finds rows and columns that no window reads', () => {
    const unread = (...layers: Parameters<typeof chain>[1]) => {
      const program = compile(chain('unread', layers));
      return unreadOf(program, program.steps[1] as Step).map((set) => [...indicesOf(set)]);
    };
    assert.deepEqual(unread(input(7, 8, 1), conv('a', { strides: 3, padding: 'valid' })), [[6], [6, 7], []]);
    assert.deepEqual(unread(input(7, 7, 1), conv('a', { strides: 3 })), [[], [], []]);
    assert.deepEqual(unread(input(5, 5, 1), conv('a', { strides: 2, kernelSize: 1, padding: 'valid' })), [[1, 3], [1, 3], []]);
    assert.deepEqual(unread(input(5, 5, 1), layer('g', 'globalAveragePooling2d')), [[], [], []]);
  });
});

/** A net of a random shape: a chain with branches that are added or put side by side. */
const byChance = (seed: number): ModelGraph => {
  const stream = streamOf(seed, 'net');
  let drawn = 0;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.at(drawn++) * list.length)] as T;
  const layers = [input(pick([11, 14]), pick([10, 13]), pick([1, 2]))];
  const nodes: [number, ...number[]][] = [[0]];
  const push = (one: (typeof layers)[number], ...from: number[]): number => {
    layers.push(one);
    nodes.push([layers.length - 1, ...from]);
    return nodes.length - 1;
  };
  let last = 0;
  for (let k = 0; k < 4; k++) {
    const name = `n${k}`;
    const kind = pick(['conv', 'conv', 'pool', 'branches', 'shortcut', 'up', 'norm'] as const);
    if (kind === 'conv') last = push(conv(name, { kernelSize: pick([1, 2, 3, 5]), strides: pick([1, 1, 2]) }), last);
    else if (kind === 'pool') last = push(layer(name, 'averagePooling2d', { poolSize: 2, strides: pick([1, 2]), padding: 'same' }), last);
    else if (kind === 'up')
      last = push(layer(name, 'conv2dTranspose', { filters: 2, kernelSize: pick([2, 3]), strides: 2, padding: 'same' }), last);
    else if (kind === 'norm') last = push(layer(name, 'batchNormalization'), last);
    else {
      const [a, b] = [
        push(conv(`${name}a`, { kernelSize: pick([1, 3]) }), last),
        push(conv(`${name}b`, { kernelSize: pick([2, 5]) }), last),
      ];
      last = push(layer(name, kind === 'shortcut' ? 'add' : 'concatenate'), a, b);
    }
  }
  return graph(`chance ${seed}`, layers, nodes);
};
