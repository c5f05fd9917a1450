/** Models of all kinds that TensorFlow.js runs and the reader reads completely; each source exports `create`. Every layer has a name. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'a residual block with a projected shortcut': `
    const spread = () => tf.initializers.randomUniform({ minval: 0.3, maxval: 2 });
    export function create(): tf.LayersModel {
      const input = tf.input({ shape: [8, 8, 4], name: 'in' });
      const conv = (name: string, filters: number, kernelSize: number, strides: number) =>
        tf.layers.conv2d({ name, filters, kernelSize, strides, padding: 'same', useBias: false });
      let x = conv('c1', 6, 3, 2).apply(input) as tf.SymbolicTensor;
      x = tf.layers.batchNormalization({ name: 'bn1', gammaInitializer: spread(), movingMeanInitializer: spread(), movingVarianceInitializer: spread() }).apply(x) as tf.SymbolicTensor;
      x = tf.layers.reLU({ name: 'r1' }).apply(x) as tf.SymbolicTensor;
      x = conv('c2', 6, 3, 1).apply(x) as tf.SymbolicTensor;
      x = tf.layers.batchNormalization({ name: 'bn2' }).apply(x) as tf.SymbolicTensor;
      const shortcut = conv('project', 6, 1, 2).apply(input) as tf.SymbolicTensor;
      x = tf.layers.add({ name: 'sum' }).apply([x, shortcut]) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.activation({ name: 'out', activation: 'relu' }).apply(x) as tf.SymbolicTensor });
    }`,
  'an Inception block': `
    export function create(): tf.LayersModel {
      const input = tf.input({ shape: [7, 7, 5], name: 'in' });
      const conv = (name: string, filters: number, kernelSize: number, x: tf.SymbolicTensor) =>
        tf.layers.conv2d({ name, filters, kernelSize, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
      const pooled = tf.layers.maxPooling2d({ name: 'pool', poolSize: 3, strides: 1, padding: 'same' }).apply(input) as tf.SymbolicTensor;
      const branches = [conv('one', 3, 1, input), conv('three', 4, 3, conv('reduce3', 2, 1, input)), conv('five', 2, 5, conv('reduce5', 2, 1, input)), conv('after', 2, 1, pooled)];
      const x = tf.layers.concatenate({ name: 'all' }).apply(branches) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.globalAveragePooling2d({ name: 'mean' }).apply(x) as tf.SymbolicTensor });
    }`,
  'a depthwise net': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.conv2d({ name: 'stem', inputShape: [12, 12, 3], filters: 4, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu6' }),
      tf.layers.depthwiseConv2d({ name: 'deep', kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
      tf.layers.batchNormalization({ name: 'bn', betaInitializer: 'randomNormal', movingVarianceInitializer: tf.initializers.randomUniform({ minval: 0.5, maxval: 3 }) }),
      tf.layers.separableConv2d({ name: 'apart', filters: 5, kernelSize: 3, depthMultiplier: 1, activation: 'relu' }),
      tf.layers.zeroPadding2d({ name: 'pad', padding: [[1, 0], [0, 1]] }),
      tf.layers.upSampling2d({ name: 'up', size: [2, 2] }),
      tf.layers.globalMaxPooling2d({ name: 'strongest' }),
      tf.layers.dense({ name: 'out', units: 3, activation: 'softmax' }),
    ] });`,
  'an LSTM over words': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.embedding({ name: 'words', inputDim: 11, outputDim: 4, inputLength: 6, maskZero: true }),
      tf.layers.lstm({ name: 'first', units: 3, returnSequences: true }),
      tf.layers.lstm({ name: 'second', units: 2, recurrentActivation: 'sigmoid' }),
      tf.layers.dense({ name: 'out', units: 1, activation: 'sigmoid' }),
    ] });`,
  'a 1-D net': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.conv1d({ name: 'c1', inputShape: [20, 2], filters: 4, kernelSize: 5, activation: 'relu' }),
      tf.layers.maxPooling1d({ name: 'p1', poolSize: 2 }),
      tf.layers.conv1d({ name: 'c2', filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same' }),
      tf.layers.averagePooling1d({ name: 'p2', poolSize: 2, strides: 1 }),
      tf.layers.globalAveragePooling1d({ name: 'mean' }),
      tf.layers.dense({ name: 'out', units: 2 }),
    ] });`,
  volumes: `
    export const create = () => tf.sequential({ layers: [
      tf.layers.conv3d({ name: 'c1', inputShape: [5, 6, 6, 2], filters: 3, kernelSize: 2, activation: 'tanh' }),
      tf.layers.maxPooling3d({ name: 'p1', poolSize: 2 }),
      tf.layers.conv3dTranspose({ name: 'up', filters: 2, kernelSize: 2, strides: 2 }),
      tf.layers.averagePooling3d({ name: 'p2', poolSize: [1, 2, 2] }),
      tf.layers.flatten({ name: 'flat' }),
      tf.layers.dense({ name: 'out', units: 2 }),
    ] });`,
  'pictures made larger again': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.conv2d({ name: 'down', inputShape: [8, 8, 2], filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
      tf.layers.leakyReLU({ name: 'leaky', alpha: 0.1 }),
      tf.layers.conv2dTranspose({ name: 'up', filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
      tf.layers.prelu({ name: 'slopes' }),
      tf.layers.cropping2D({ name: 'crop', cropping: [[1, 1], [0, 2]] }),
      tf.layers.layerNormalization({ name: 'norm' }),
      tf.layers.elu({ name: 'elu' }),
      tf.layers.permute({ name: 'turn', dims: [3, 1, 2] }),
      tf.layers.reshape({ name: 'flat', targetShape: [2, -1] }),
      tf.layers.dropout({ name: 'drop', rate: 0.5 }),
    ] });`,
  'two inputs and two outputs': `
    export function create(): tf.LayersModel {
      const [a, b] = [tf.input({ shape: [4], name: 'a' }), tf.input({ shape: [3], name: 'b' })];
      const left = tf.layers.dense({ name: 'left', units: 5, activation: 'relu' }).apply(a) as tf.SymbolicTensor;
      const right = tf.layers.dense({ name: 'right', units: 5, activation: 'elu' }).apply(b) as tf.SymbolicTensor;
      const both = tf.layers.multiply({ name: 'both' }).apply([left, right]) as tf.SymbolicTensor;
      const most = tf.layers.maximum({ name: 'most' }).apply([left, both]) as tf.SymbolicTensor;
      const least = tf.layers.minimum({ name: 'least' }).apply([right, most]) as tf.SymbolicTensor;
      const mean = tf.layers.average({ name: 'mean' }).apply([most, least]) as tf.SymbolicTensor;
      const score = tf.layers.dense({ name: 'score', units: 1 }).apply(mean) as tf.SymbolicTensor;
      return tf.model({ inputs: [a, b], outputs: [score, tf.layers.dot({ name: 'alike', axes: -1, normalize: true }).apply([left, right]) as tf.SymbolicTensor] });
    }`,
  'a siamese pair that shares its tower': `
    export function create(): tf.LayersModel {
      const [a, b] = [tf.input({ shape: [6, 6, 1], name: 'a' }), tf.input({ shape: [6, 6, 1], name: 'b' })];
      const tower = tf.sequential({ name: 'tower', layers: [
        tf.layers.conv2d({ name: 'conv', inputShape: [6, 6, 1], filters: 2, kernelSize: 3 }),
        tf.layers.flatten({ name: 'flat' }),
        tf.layers.dense({ name: 'code', units: 4 }),
      ] });
      const last = tf.layers.dense({ name: 'last', units: 4, activation: 'tanh' });
      const [x, y] = [a, b].map((one) => last.apply(tower.apply(one) as tf.SymbolicTensor) as tf.SymbolicTensor);
      return tf.model({ inputs: [a, b], outputs: tf.layers.dot({ name: 'alike', axes: 1 }).apply([x!, y!]) as tf.SymbolicTensor });
    }`,
  'a model in a model in a model': `
    export function create(): tf.LayersModel {
      const inner = tf.input({ shape: [5], name: 'innerIn' });
      const half = tf.layers.dense({ name: 'half', units: 3, activation: 'relu' }).apply(inner) as tf.SymbolicTensor;
      const two = tf.model({ name: 'two', inputs: inner, outputs: [half, tf.layers.dense({ name: 'other', units: 2 }).apply(half) as tf.SymbolicTensor] });
      const middle = tf.input({ shape: [5], name: 'middleIn' });
      const [x, y] = two.apply(middle) as tf.SymbolicTensor[];
      const joined = tf.layers.concatenate({ name: 'joined' }).apply([x!, y!]) as tf.SymbolicTensor;
      const one = tf.model({ name: 'one', inputs: middle, outputs: joined });
      return tf.sequential({ layers: [
        tf.layers.dense({ name: 'first', units: 5, inputShape: [4] }), one, tf.layers.dense({ name: 'out', units: 2 }),
      ] });
    }`,
  'recurrent layers of all kinds, both ways': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.bidirectional({ name: 'both', inputShape: [5, 3], layer: tf.layers.lstm({ units: 2, returnSequences: true }) as tf.RNN, mergeMode: 'concat' }),
      tf.layers.timeDistributed({ name: 'each', layer: tf.layers.dense({ units: 4, activation: 'relu' }) }),
      tf.layers.gru({ name: 'gru', units: 3, returnSequences: true, goBackwards: true }),
      tf.layers.bidirectional({ name: 'sum', layer: tf.layers.gru({ units: 2, returnSequences: true }) as tf.RNN, mergeMode: 'sum' }),
      tf.layers.simpleRNN({ name: 'simple', units: 2, returnSequences: true }),
      tf.layers.rnn({ name: 'cells', cell: [tf.layers.lstmCell({ units: 2 }), tf.layers.gruCell({ units: 3 })] }) as tf.layers.Layer,
    ] });`,
  'frames, each by itself and one after the other': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.timeDistributed({ name: 'each', inputShape: [3, 6, 6, 1], layer: tf.layers.conv2d({ filters: 2, kernelSize: 3 }) }),
      tf.layers.convLstm2d({ name: 'through', filters: 2, kernelSize: 2, padding: 'same' }),
      tf.layers.flatten({ name: 'flat' }),
      tf.layers.dense({ name: 'out', units: 2 }),
    ] });`,
  'an encoder that hands its states to a decoder': `
    export function create(): tf.LayersModel {
      const source = tf.input({ shape: [6, 4], name: 'source' });
      const target = tf.input({ shape: [5, 3], name: 'target' });
      const [, h, c] = tf.layers.lstm({ name: 'encoder', units: 4, returnState: true }).apply(source) as tf.SymbolicTensor[];
      const decoder = tf.layers.lstm({ name: 'decoder', units: 4, returnSequences: true, returnState: true });
      const [said] = decoder.apply([target, h!, c!]) as tf.SymbolicTensor[];
      return tf.model({ inputs: [source, target], outputs: tf.layers.dense({ name: 'out', units: 3, activation: 'softmax' }).apply(said!) as tf.SymbolicTensor });
    }`,
  'initial states as an option of the call': `
    export function create(): tf.LayersModel {
      const source = tf.input({ shape: [4, 2], name: 'source' });
      const state = tf.layers.gru({ name: 'first', units: 3, returnState: true }).apply(source) as tf.SymbolicTensor[];
      const again = tf.layers.gru({ name: 'second', units: 3 }).apply(source, { initialState: [state[1]!] }) as tf.SymbolicTensor;
      return tf.model({ inputs: source, outputs: again });
    }`,
  'a mask that is passed on through what keeps it': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.embedding({ name: 'words', inputDim: 7, outputDim: 3, inputLength: 8, maskZero: true }),
      tf.layers.activation({ name: 'tanh', activation: 'tanh' }),
      tf.layers.dropout({ name: 'drop', rate: 0.3 }),
      tf.layers.bidirectional({ name: 'both', layer: tf.layers.simpleRNN({ units: 2 }) as tf.RNN }),
    ] });`,
  'values that are masked': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.masking({ name: 'mask', inputShape: [4, 2], maskValue: 0 }),
      tf.layers.simpleRNN({ name: 'rnn', units: 3 }),
    ] });`,
  'a mask that a layer class passes on': `
    class Doubled extends tf.layers.Layer {
      static className = 'Doubled';
      constructor(config: object) { super(config as never); this.supportsMasking = true; }
      override call(inputs: tf.Tensor[]) { return tf.mul(inputs[0]!, 2); }
    }
    export const create = () => tf.sequential({ layers: [
      tf.layers.embedding({ name: 'words', inputDim: 5, outputDim: 3, inputLength: 8, maskZero: true }),
      new Doubled({ name: 'doubled' }),
      tf.layers.lstm({ name: 'lstm', units: 2 }),
    ] });`,
  'a mask that ends at a layer class': `
    class Doubled extends tf.layers.Layer {
      static className = 'Doubled';
      constructor(config: object) { super(config as never); }
      override call(inputs: tf.Tensor[]) { return tf.mul(inputs[0]!, 2); }
    }
    export const create = () => tf.sequential({ layers: [
      tf.layers.embedding({ name: 'words', inputDim: 5, outputDim: 3, inputLength: 8, maskZero: true }),
      new Doubled({ name: 'doubled' }),
      tf.layers.lstm({ name: 'lstm', units: 2 }),
    ] });`,
  'words to words, masked': `
    export function create(): tf.LayersModel {
      const words = (name: string) => tf.input({ shape: [6], name });
      const table = (name: string, x: tf.SymbolicTensor) =>
        tf.layers.embedding({ name, inputDim: 4, outputDim: 3, maskZero: true }).apply(x) as tf.SymbolicTensor;
      const [source, target] = [words('source'), words('target')];
      const [, h, c] = tf.layers.lstm({ name: 'encoder', units: 4, returnState: true }).apply(table('from', source)) as tf.SymbolicTensor[];
      const decoder = tf.layers.lstm({ name: 'decoder', units: 4, returnSequences: true });
      const said = decoder.apply([table('to', target), h!, c!]) as tf.SymbolicTensor;
      const both = tf.layers.add({ name: 'both' }).apply([said, tf.layers.dense({ name: 'other', units: 4 }).apply(said) as tf.SymbolicTensor]) as tf.SymbolicTensor;
      return tf.model({ inputs: [source, target], outputs: tf.layers.dense({ name: 'out', units: 2 }).apply(both) as tf.SymbolicTensor });
    }`,
  'channels first': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.permute({ name: 'turn', inputShape: [6, 6, 2], dims: [3, 1, 2] }),
      tf.layers.upSampling2d({ name: 'up', size: [2, 2], dataFormat: 'channelsFirst' }),
      tf.layers.averagePooling2d({ name: 'pool', poolSize: 2, dataFormat: 'channelsFirst' }),
      tf.layers.batchNormalization({ name: 'bn', axis: 1 }),
      tf.layers.flatten({ name: 'flat', dataFormat: 'channelsFirst' }),
    ] });`,
  'what only training does': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.inputLayer({ name: 'in', inputShape: [6, 4] }),
      tf.layers.gaussianNoise({ name: 'noise', stddev: 0.5 }),
      tf.layers.spatialDropout1d({ name: 'features', rate: 0.5 }),
      tf.layers.globalMaxPooling1d({ name: 'strongest' }),
      tf.layers.gaussianDropout({ name: 'times', rate: 0.5 }),
      tf.layers.alphaDropout({ name: 'selfNormal', rate: 0.2 }),
      tf.layers.repeatVector({ name: 'again', n: 3 }),
      tf.layers.thresholdedReLU({ name: 'large', theta: 0.5 }),
      tf.layers.softmax({ name: 'out', axis: -1 }),
    ] });`,
  'pictures that are made to fit': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.rescaling({ name: 'around', inputShape: [10, 9, 3], scale: 2, offset: -1 }),
      tf.layers.zeroPadding2d({ name: 'pad', padding: 1 }),
      tf.layers.centerCrop({ name: 'middle', height: 8, width: 6 }),
      tf.layers.softmax({ name: 'soft', axis: -1 }),
    ] });`,
  'categories, counted': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.reLU({ name: 'some', inputShape: [2, 2] }),
      tf.layers.rescaling({ name: 'tokens', scale: 4 }),
      tf.layers.flatten({ name: 'list' }),
      tf.layers.categoryEncoding({ name: 'counts', numTokens: 5, outputMode: 'count' }),
      tf.layers.dense({ name: 'out', units: 2 }),
    ] });`,
  'poolings under their other names': `
    export function create(): tf.LayersModel {
      const line = tf.layers.input({ shape: [8, 2], name: 'line' });
      const flat = tf.input({ shape: [6, 6, 2], name: 'flat' });
      const volume = tf.input({ shape: [4, 4, 4, 1], name: 'volume' });
      const lines = [
        tf.layers.maxPool1d({ name: 'm1', poolSize: 3, strides: 2, padding: 'same' }).apply(line),
        tf.layers.avgPool1d({ name: 'a1', poolSize: 2 }).apply(line),
        tf.layers.avgPooling1d({ name: 'p1', poolSize: 2 }).apply(line),
      ] as tf.SymbolicTensor[];
      const flats = [
        tf.layers.maxPool2d({ name: 'm2', poolSize: 3, strides: 3, padding: 'same' }).apply(flat),
        tf.layers.avgPool2d({ name: 'a2', poolSize: [2, 2], strides: 2, padding: 'same' }).apply(flat),
        tf.layers.avgPooling2d({ name: 'p2', poolSize: 3, strides: 1 }).apply(flat),
        tf.layers.globalMaxPool2d({ name: 'g2' }).apply(flat),
      ] as tf.SymbolicTensor[];
      const volumes = [
        tf.layers.avgPool3d({ name: 'a3', poolSize: 2 }).apply(volume),
        tf.layers.avgPooling3d({ name: 'p3', poolSize: [1, 2, 2], padding: 'same' }).apply(volume),
      ] as tf.SymbolicTensor[];
      const longest = tf.layers.globalMaxPool1d({ name: 'g1' }).apply(lines[0]!) as tf.SymbolicTensor;
      return tf.model({ inputs: [line, flat, volume], outputs: [longest, ...lines.slice(1), ...flats, ...volumes] });
    }`,
  'cells by themselves': `
    export const create = () => tf.sequential({ layers: [
      tf.layers.rnn({ name: 'simple', inputShape: [4, 3], cell: tf.layers.simpleRNNCell({ units: 2 }), returnSequences: true }) as tf.layers.Layer,
      tf.layers.rnn({ name: 'stack', cell: tf.layers.stackedRNNCells({ cells: [tf.layers.gruCell({ units: 3 }), tf.layers.lstmCell({ units: 2 })] }) }) as tf.layers.Layer,
    ] });`,
};
