import type { Random } from './random';

/** Sections of a program that build models: each is a piece of a TypeScript module whose names end in `n`. */
export const MODEL_SECTIONS: readonly ((random: Random, n: number) => string)[] = [
  classifier,
  regressor,
  residualNet,
  sequenceModel,
  modelClass,
  generatorPair,
  mixedInputs,
];

const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'elu'] as const;

function classifier(random: Random, n: number): string {
  const [size, classes] = [random.pick([28, 32, 64]), random.whole(3, 20)];
  return `
const IMAGE_SIZE_${n} = ${size};
const NUM_CLASSES_${n} = ${classes};

/** A small convolutional classifier for images of ${size} by ${size} pixels. */
export function createClassifier${n}(numClasses = NUM_CLASSES_${n}): tf.Sequential {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({
      inputShape: [IMAGE_SIZE_${n}, IMAGE_SIZE_${n}, ${random.pick([1, 3])}],
      kernelSize: ${random.pick([3, 5])},
      filters: ${random.whole(4, 16)},
      activation: '${random.pick(ACTIVATIONS)}',
    }),
  );
  model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }));
  for (const filters of [${random.whole(16, 32)}, ${random.whole(32, 64)}]) {
    model.add(tf.layers.conv2d({ kernelSize: 3, filters, padding: 'same', activation: 'relu' }));
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  }
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: ${random.whole(24, 96)}, activation: 'relu' }));
  model.add(tf.layers.dropout({ rate: 0.${random.whole(1, 5)} }));
  model.add(tf.layers.dense({ units: numClasses, activation: 'softmax' }));
  return model;
}

export async function trainClassifier${n}(xs: tf.Tensor4D, ys: tf.Tensor2D, onEpoch: (epoch: number, loss: number) => void): Promise<tf.LayersModel> {
  const model = createClassifier${n}();
  model.compile({ optimizer: tf.train.adam(0.00${random.whole(1, 9)}), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  await model.fit(xs, ys, {
    epochs: ${random.whole(3, 30)},
    batchSize: ${random.pick([16, 32, 64, 128])},
    validationSplit: 0.15,
    callbacks: {
      onEpochEnd: (epoch, logs) => {
        onEpoch(epoch, Number(logs?.loss ?? 0));
      },
    },
  });
  return model;
}
`;
}

function regressor(random: Random, n: number): string {
  return `
interface RegressorOptions${n} {
  readonly hidden: readonly number[];
  readonly learningRate: number;
}

const DEFAULTS_${n}: RegressorOptions${n} = { hidden: [${random.whole(8, 64)}, ${random.whole(8, 64)}], learningRate: 0.0${random.whole(1, 9)} };

export function createRegressor${n}(numFeatures: number, options: RegressorOptions${n} = DEFAULTS_${n}): tf.Sequential {
  const model = tf.sequential();
  options.hidden.forEach((units, i) => {
    const first = i === 0 ? { inputShape: [numFeatures] } : {};
    model.add(tf.layers.dense({ ...first, units, activation: '${random.pick(ACTIVATIONS)}', kernelInitializer: 'leCunNormal' }));
  });
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: tf.train.sgd(options.learningRate), loss: 'meanSquaredError' });
  return model;
}

export function predictRow${n}(model: tf.LayersModel, row: readonly number[]): number {
  return tf.tidy(() => {
    const input = tf.tensor2d([[...row]]);
    const output = model.predict(input) as tf.Tensor;
    return output.dataSync()[0] ?? NaN;
  });
}

export const houses${n} = createRegressor${n}(${random.whole(4, 30)});
`;
}

function residualNet(random: Random, n: number): string {
  return `
function convBlock${n}(input: tf.SymbolicTensor, filters: number, strides: number): tf.SymbolicTensor {
  const conv = tf.layers.conv2d({ filters, kernelSize: 3, strides, padding: 'same', useBias: false }).apply(input) as tf.SymbolicTensor;
  const norm = tf.layers.batchNormalization().apply(conv) as tf.SymbolicTensor;
  return tf.layers.activation({ activation: 'relu' }).apply(norm) as tf.SymbolicTensor;
}

function residualBlock${n}(input: tf.SymbolicTensor, filters: number, strides = 1): tf.SymbolicTensor {
  const main = convBlock${n}(convBlock${n}(input, filters, strides), filters, 1);
  const same = strides === 1 && input.shape[3] === filters;
  const shortcut = same
    ? input
    : (tf.layers.conv2d({ filters, kernelSize: 1, strides, padding: 'same' }).apply(input) as tf.SymbolicTensor);
  return tf.layers.add().apply([main, shortcut]) as tf.SymbolicTensor;
}

/** ${random.pick(['Sees', 'Scores', 'Sorts'])} pictures with a short residual net. */
export function createResidualNet${n}(numClasses: number): tf.LayersModel {
  const input = tf.input({ shape: [${random.pick([32, 48, 64])}, ${random.pick([32, 48, 64])}, 3] });
  let x = convBlock${n}(input, ${random.pick([8, 16])}, 2);
  for (let stage = 0; stage < ${random.whole(2, 3)}; stage++) {
    for (let block = 0; block < 2; block++) {
      x = residualBlock${n}(x, ${random.pick([8, 16])} * 2 ** stage, block === 0 && stage > 0 ? 2 : 1);
    }
  }
  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: numClasses, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output, name: 'residual${n}' });
}
`;
}

function sequenceModel(random: Random, n: number): string {
  return `
export function createSequenceModel${n}(vocabularySize: number, maxLength = ${random.whole(20, 120)}): tf.Sequential {
  const embeddingSize = ${random.pick([16, 32, 64])};
  return tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: vocabularySize, outputDim: embeddingSize, inputLength: maxLength }),
      tf.layers.bidirectional({ layer: tf.layers.lstm({ units: ${random.whole(8, 48)}, returnSequences: true }) as tf.RNN, mergeMode: 'concat' }),
      tf.layers.gru({ units: ${random.whole(8, 48)} }),
      tf.layers.dense({ units: ${random.whole(8, 32)}, activation: 'relu' }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
}

export function encodeText${n}(text: string, vocabulary: ReadonlyMap<string, number>, maxLength: number): Int32Array {
  const words = text.toLowerCase().split(/[^a-z']+/).filter((word) => word.length > ${random.whole(0, 2)});
  const encoded = new Int32Array(maxLength);
  words.slice(0, maxLength).forEach((word, i) => {
    encoded[maxLength - Math.min(words.length, maxLength) + i] = vocabulary.get(word) ?? 0;
  });
  return encoded;
}
`;
}

function modelClass(random: Random, n: number): string {
  return `
/** Owns a network, its target network and the memory that both are trained from. */
export class Agent${n} {
  readonly #memory: { state: number[]; action: number; reward: number }[] = [];
  private readonly online: tf.LayersModel;
  private readonly target: tf.LayersModel;
  epsilon = 1;

  constructor(
    private readonly stateSize: number = ${random.whole(4, 12)},
    private readonly actions: number = ${random.whole(2, 6)},
  ) {
    this.online = this.buildNetwork('online${n}');
    this.target = this.buildNetwork('target${n}');
  }

  private buildNetwork(name: string): tf.LayersModel {
    const input = tf.input({ shape: [this.stateSize], name: \`\${name}_state\` });
    let x = tf.layers.dense({ units: ${random.whole(16, 64)}, activation: 'relu' }).apply(input) as tf.SymbolicTensor;
    x = tf.layers.dense({ units: ${random.whole(16, 64)}, activation: '${random.pick(ACTIVATIONS)}' }).apply(x) as tf.SymbolicTensor;
    const advantage = tf.layers.dense({ units: this.actions }).apply(x) as tf.SymbolicTensor;
    return tf.model({ inputs: input, outputs: advantage, name });
  }

  act(state: number[]): number {
    if (Math.random() < this.epsilon) return Math.floor(Math.random() * this.actions);
    return tf.tidy(() => (this.online.predict(tf.tensor2d([state])) as tf.Tensor2D).argMax(1).dataSync()[0] ?? 0);
  }

  remember(state: number[], action: number, reward: number): void {
    this.#memory.push({ state, action, reward });
    if (this.#memory.length > ${random.whole(500, 5000)}) this.#memory.shift();
  }

  synchronise(): void {
    this.target.setWeights(this.online.getWeights());
    this.epsilon = Math.max(0.05, this.epsilon * 0.99);
  }
}
`;
}

function generatorPair(random: Random, n: number): string {
  const latent = random.pick([32, 64, 100]);
  return `
const LATENT_SIZE_${n} = ${latent};

function dense${n}(units: number, activation?: 'relu' | 'tanh' | 'sigmoid'): tf.layers.Layer {
  return tf.layers.dense(activation === undefined ? { units } : { units, activation });
}

export function createEncoder${n}(width: number): tf.LayersModel {
  const input = tf.input({ shape: [width] });
  const hidden = dense${n}(${random.whole(64, 256)}, 'relu').apply(input) as tf.SymbolicTensor;
  const mean = dense${n}(LATENT_SIZE_${n}).apply(hidden) as tf.SymbolicTensor;
  const deviation = dense${n}(LATENT_SIZE_${n}).apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: [mean, deviation], name: 'encoder${n}' });
}

export function createDecoder${n}(width: number): tf.LayersModel {
  const input = tf.input({ shape: [LATENT_SIZE_${n}] });
  const sizes = [${random.whole(64, 256)}, ${random.whole(64, 256)}];
  let x: tf.SymbolicTensor = input;
  for (const size of sizes) x = dense${n}(size, 'relu').apply(x) as tf.SymbolicTensor;
  const output = dense${n}(width, 'sigmoid').apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output, name: 'decoder${n}' });
}

export const autoencoder${n} = { encoder: createEncoder${n}(${random.whole(10, 50) * 10}), decoder: createDecoder${n}(${random.whole(10, 50) * 10}) };
`;
}

function mixedInputs(random: Random, n: number): string {
  return `
export function createRanking${n}(useText: boolean): tf.LayersModel {
  const numbers = tf.input({ shape: [${random.whole(3, 20)}], name: 'numbers${n}' });
  const text = tf.input({ shape: [${random.whole(10, 60)}], name: 'text${n}' });
  const left = tf.layers.dense({ units: ${random.whole(8, 32)}, activation: 'relu' }).apply(numbers) as tf.SymbolicTensor;
  const right = tf.layers.dense({ units: ${random.whole(8, 32)}, activation: 'relu' }).apply(text) as tf.SymbolicTensor;
  const merged = useText ? (tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor) : left;
  const score = tf.layers.dense({ units: 1, activation: 'sigmoid' }).apply(merged) as tf.SymbolicTensor;
  return tf.model({ inputs: useText ? [numbers, text] : [numbers], outputs: score });
}
`;
}
