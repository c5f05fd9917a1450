import type { LayerSpec, ModelSpec } from '../../../src/layers/spec';
import { layer } from './cases';
import { Net, sequential } from './nets';

const dense = (units: number, more = {}): LayerSpec => layer('dense', { units, ...more });
const nested = (model: ModelSpec): LayerSpec => ({ spec: 'model', model });

const encoder = (more = {}): ModelSpec => sequential([dense(8, { inputShape: [16] }), dense(4)], more);

const twoHeads = (): Net & { ends: ReturnType<Net['input']>[] } => {
  const net = new Net();
  const x = net.input({ shape: [16] });
  return Object.assign(net, { ends: [x, net.apply('dense', { units: 3 }, x), net.apply('dense', { units: 2 }, x)] });
};

const shared = (): ModelSpec => {
  const net = new Net();
  const [a, b] = [net.input({ shape: [16] }), net.input({ shape: [16], name: 'right' })];
  const twin = net.layer(dense(4));
  const joined = net.apply('concatenate', undefined, net.call(twin, a), net.call(twin, b));
  return net.model([a, b], [net.apply('dense', { units: 1 }, joined)]);
};

const truncated = (): ModelSpec => {
  const net = new Net();
  const x = net.input({ shape: [32, 32, 3] });
  const y = net.apply('conv2d', { filters: 4, kernelSize: 3 }, x);
  const z = net.apply('flatten', undefined, net.apply('maxPooling2d', {}, y));
  net.apply('dense', { units: 10 }, z);
  net.layer(dense(3));
  return net.model([x], [y]);
};

const multiState = (): ModelSpec => {
  const net = new Net();
  const x = net.input({ shape: [12, 5] });
  const first = net.apply('lstm', { units: 6, returnState: true }, x);
  const y = net.input({ shape: [7, 5] });
  const second = net.apply('lstm', { units: 6, returnSequences: true }, y, { node: first.node, index: 1 }, { node: first.node, index: 2 });
  return net.model([x, y], [first, second]);
};

const siamese = (trainable?: boolean): ModelSpec => {
  const net = new Net();
  const [a, b] = [net.input({ shape: [16] }), net.input({ shape: [16] })];
  const base = net.layer(nested(encoder()), trainable);
  return net.model([a, b], [net.apply('dot', { axes: -1 }, net.call(base, a), net.call(base, b))]);
};

const deep = (): ModelSpec => {
  const inner = sequential([nested(encoder()), dense(5)]);
  const net = new Net();
  const x = net.input({ shape: [16] });
  return net.model([x], [net.apply('dense', { units: 2 }, net.call(net.layer(nested(inner)), x))]);
};

const functionalInSequential = (): ModelSpec => {
  const net = twoHeads();
  return sequential([nested(net.model([net.ends[0]!], [net.ends[1]!])), dense(7)]);
};

const otherSize = (): ModelSpec => {
  const inner = new Net();
  const x = inner.input({ shape: [null, null, 3] });
  const features = inner.model([x], [inner.apply('conv2d', { filters: 4, kernelSize: 3, strides: 2 }, x)]);
  const net = new Net();
  const y = net.input({ shape: [64, 48, 3] });
  return net.model([y], [net.call(net.layer(nested(features)), y)]);
};

const mixedNames = (): ModelSpec =>
  sequential([
    layer('conv2d', { filters: 4, kernelSize: 3, inputShape: [12, 12, 1], name: 'first' }),
    layer('batchNormalization'),
    layer('reLU'),
    layer('globalAveragePooling2d', {}),
    layer('reshape', { targetShape: [2, 2] }),
    layer('bidirectional', { layer: layer('gru', { units: 3, returnSequences: true }) }),
    layer('timeDistributed', { layer: dense(2) }),
    layer('rnn', { cell: [layer('lstmCell', { units: 2 }), layer('gruCell', { units: 3 })] }),
  ]);

const cut = (build: (net: Net) => ModelSpec): ModelSpec => build(new Net());

/** Models that TensorFlow.js makes, by what is special about them. */
export const models: { readonly [what: string]: ModelSpec } = {
  'a stack with an input layer of its own': sequential([layer('inputLayer', { inputShape: [5] }), dense(3)]),
  'a stack with a name and a fixed batch': sequential([dense(3, { batchInputShape: [4, 5] })], { name: 'small' }),
  'a stack of wrappers with automatic names': mixedNames(),
  'a layer shared by two inputs': shared(),
  'a model cut off before its end': truncated(),
  'an LSTM that starts from the state of another': multiState(),
  'a nested stack applied twice': siamese(),
  'a nested stack, frozen': siamese(false),
  'a stack in a stack in a functional model': deep(),
  'a functional model first in a stack': functionalInSequential(),
  'a nested model for open sizes applied to a known one': otherSize(),
  'a frozen model': encoder({ trainable: false }),
  'a model with frozen layers': sequential(
    [
      { layer: layer('conv2d', { filters: 4, kernelSize: 3, inputShape: [12, 12, 1] }), trainable: false },
      layer('batchNormalization'),
      { layer: layer('batchNormalization'), trainable: false },
      layer('flatten'),
      { layer: dense(3, { trainable: false }), trainable: true },
      { layer: layer('bidirectional', { layer: layer('lstm', { units: 2 }) }), trainable: false },
    ].slice(0, 5),
  ),
  'two outputs': ((net) => net.model([net.ends[0]!], [net.ends[1]!, net.ends[2]!]))(twoHeads()),
  'the same output twice, which is warned of': ((net) => net.model([net.ends[0]!], [net.ends[1]!, net.ends[1]!]))(twoHeads()),
  'a later inputShape that disagrees, which is warned of': sequential([dense(3, { inputShape: [5] }), dense(3, { inputShape: [7] })]),
  'a stateful stack': sequential([layer('lstm', { units: 3, stateful: true, batchInputShape: [2, 5, 4] }), dense(1)]),
  'a layer that changes the shape that it is given': ((net) => {
    const x = net.input({ shape: [3] });
    const y = net.apply('dense', { units: 1 }, x);
    return net.model([x], [net.apply('categoryEncoding', { numTokens: 4 }, y)]);
  })(new Net()),
  'a reshape that does not fit, which only a run would refuse': sequential([
    dense(7, { inputShape: [3] }),
    layer('reshape', { targetShape: [2, 4] }),
  ]),
  'one layer added twice': {
    ...sequential([dense(5, { inputShape: [5] })]),
    nodes: [
      { layer: 0, inputs: [] },
      { layer: 0, inputs: [] },
    ],
  },
  'a nested model given another rank, which only a run would refuse': cut((net) => {
    const x = net.input({ shape: [16, 16] });
    return net.model(
      [x],
      [net.call(net.layer(nested(sequential([layer('conv2d', { filters: 2, kernelSize: 3, inputShape: [8, 8, 1] })]))), x)],
    );
  }),
};

/** Models that TensorFlow.js refuses, by why. */
export const refusedModels: { readonly [why: string]: ModelSpec } = {
  'no input shape': sequential([dense(3)]),
  'a size below zero': sequential([layer('conv2d', { filters: 2, kernelSize: 6, inputShape: [4, 4, 1] })]),
  'a size below zero later on': sequential([
    layer('conv2d', { filters: 2, kernelSize: 3, inputShape: [8, 8, 1] }),
    layer('maxPooling2d', { poolSize: 9, strides: 1 }),
  ]),
  'a convolution after flatten': sequential([layer('flatten', { inputShape: [8, 8, 1] }), layer('conv2d', { filters: 2, kernelSize: 3 })]),
  'two layers of one name in a stack': sequential([dense(3, { inputShape: [5], name: 'fc' }), dense(3, { name: 'fc' })]),
  'two layers of one name': cut((net) => {
    const x = net.input({ shape: [5] });
    return net.model([x], [net.apply('dense', { units: 2, name: 'fc' }, net.apply('dense', { units: 2, name: 'fc' }, x))]);
  }),
  'several outputs in a stack': sequential([layer('lstm', { units: 3, returnState: true, inputShape: [5, 4] }), dense(1)]),
  'several outputs later in a stack': sequential([dense(4, { inputShape: [5, 4] }), layer('lstm', { units: 3, returnState: true })]),
  'an empty stack in a stack': sequential([nested(sequential([])), dense(3)]),
  'a stack with nothing in it': sequential([]),
  'a model with two inputs in a stack': sequential([nested(shared()), dense(3)]),
  'a model with two outputs in a stack': sequential([
    nested(((net) => net.model([net.ends[0]!], [net.ends[1]!, net.ends[2]!]))(twoHeads())),
  ]),
  'an input that leads nowhere': cut((net) => {
    const [x, y] = [net.input({ shape: [5] }), net.input({ shape: [5] })];
    return net.model([y], [net.apply('dense', { units: 2, name: 'fc' }, x)]);
  }),
  'one input twice': cut((net) => {
    const x = net.input({ shape: [5] });
    return net.model([x, x], [net.apply('dense', { units: 2 }, x)]);
  }),
  'an input from the middle': cut((net) => {
    const x = net.apply('dense', { units: 2 }, net.input({ shape: [5] }));
    return net.model([x], [net.apply('dense', { units: 2 }, x)]);
  }),
  'an output that is none': cut((net) => net.model([net.input({ shape: [5] })], [{ node: 7, index: 0 }])),
  'a sum of what does not fit': cut((net) => {
    const [x, y] = [net.input({ shape: [56, 56, 64] }), net.input({ shape: [28, 28, 128] })];
    return net.model([x, y], [net.apply('add', undefined, x, y)]);
  }),
  'a concatenation of what does not fit': cut((net) => {
    const [x, y] = [net.input({ shape: [56, 56, 64] }), net.input({ shape: [28, 28, 64] })];
    return net.model([x, y], [net.apply('concatenate', { axis: 3 }, x, y)]);
  }),
  'a shared layer given another size': cut((net) => {
    const [x, y] = [net.input({ shape: [5] }), net.input({ shape: [6] })];
    const twin = net.layer(dense(2));
    return net.model([x, y], [net.call(twin, x), net.call(twin, y)]);
  }),
  'an input without a shape': cut((net) => net.model([net.input({})], [])),
  'an input with two shapes': cut((net) => net.model([net.input({ shape: [3], batchShape: [1, 3] })], [])),
  'an input layer applied to something': cut((net) => {
    const x = net.input({ shape: [3] });
    return net.model([x], [net.apply('inputLayer', { inputShape: [3] }, x)]);
  }),
  'an input layer with two shapes': sequential([layer('inputLayer', { inputShape: [5], batchInputShape: [1, 5] })]),
  'a stateful stack of open batch': sequential([layer('lstm', { units: 3, stateful: true, inputShape: [5, 4] })]),
  'no filters': sequential([layer('conv2d', { kernelSize: 5, inputShape: [28, 28, 1] })]),
};
