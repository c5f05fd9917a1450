import * as tf from '@tensorflow/tfjs';
import type { Random } from '../support/random';
import { isPlan, type LayerPlan, type Literal } from './values';

/** A tensor's shape without its batch; channels last. */
export type Sizes = readonly (number | null)[];

const ACTIVATIONS = ['relu', 'sigmoid', 'tanh', 'elu', 'selu', 'softmax', 'linear', 'softplus', 'hardSigmoid', 'relu6', 'swish'];

/** The weights of the kinds of layers that take inputs of a rank, batch left out. */
const BY_RANK: { readonly [rank: number]: readonly string[] } = {
  1: 'dense dense dense dense dropout batchNormalization activation leakyReLU reLU elu prelu softmax thresholdedReLU reshape repeatVector gaussianNoise gaussianDropout alphaDropout layerNormalization'.split(
    ' ',
  ),
  2: 'conv1d conv1d lstm gru simpleRNN rnn bidirectional timeDistributed maxPooling1d averagePooling1d globalAveragePooling1d globalMaxPooling1d flatten dense permute masking batchNormalization dropout activation layerNormalization reshape'.split(
    ' ',
  ),
  3: 'conv2d conv2d conv2d conv2d separableConv2d depthwiseConv2d conv2dTranspose maxPooling2d maxPooling2d averagePooling2d globalAveragePooling2d globalMaxPooling2d upSampling2d zeroPadding2d cropping2D flatten batchNormalization batchNormalization dropout activation leakyReLU prelu permute reshape timeDistributed'.split(
    ' ',
  ),
  4: 'conv3d conv3d convLstm2d timeDistributed maxPooling3d averagePooling3d flatten batchNormalization conv3dTranspose reshape dropout'.split(
    ' ',
  ),
};

/** Makes plans of layers that fit an input, and knows what comes out of them. */
export class LayerMaker {
  #names = 0;
  constructor(
    readonly random: Random,
    /** The chance that a layer's options have a mistake. */
    readonly mistakes: number,
  ) {}

  /** A layer for inputs of these sizes, and the sizes of its output; no sizes where TensorFlow.js refuses it. */
  next(input: Sizes): { readonly plan: LayerPlan; readonly output: Sizes | undefined } {
    for (let attempt = 0; attempt < 6; attempt++) {
      const plan = this.#plan(this.random.pick(BY_RANK[input.length] ?? ['flatten', 'dropout']), input);
      const output = outputOf(plan, [input]);
      if (output && (output.some((size) => size !== null && size < 1) || volume(output) > 4000)) continue;
      if (!this.random.chance(this.mistakes)) {
        if (output) return { plan, output };
        continue;
      }
      const spoilt = this.#spoil(plan);
      return { plan: spoilt, output: outputOf(spoilt, [input]) };
    }
    const plan = this.#named({ factory: 'dropout', options: { rate: 0.5 } });
    return { plan, output: input };
  }

  /** A layer of this kind for these inputs. */
  of(factory: string, input: Sizes): LayerPlan {
    return this.#plan(factory, input);
  }

  #named(plan: LayerPlan): LayerPlan {
    if (!this.random.chance(0.2)) return plan;
    const name = `${this.random.pick(['fc', 'conv', 'block', 'head', 'layer', plan.factory])}_${++this.#names}`;
    return { ...plan, options: { ...plan.options, name } };
  }

  #plan(factory: string, input: Sizes): LayerPlan {
    const options: Record<string, Literal> = { ...this.#options(factory, input) };
    const { random } = this;
    const hasActivation = /^(dense|conv|separable|depthwise|lstm|gru|simpleRNN$|convLstm)/.test(factory);
    if (hasActivation && random.chance(0.5))
      options['activation'] = random.pick(ACTIVATIONS.filter((one) => one !== 'softmax' || factory === 'dense'));
    if (hasActivation && random.chance(0.15)) options['useBias'] = random.chance(0.4);
    if (hasActivation && random.chance(0.08)) options['kernelInitializer'] = random.pick(['glorotUniform', 'zeros', 'heNormal', 'ones']);
    if (random.chance(0.04)) options['trainable'] = random.chance(0.3);
    return this.#named({ factory, options });
  }

  #pair(low: number, high: number): Literal {
    const { random } = this;
    return random.chance(0.6) ? random.int(low, high) : [random.int(low, high), random.int(low, high)];
  }

  #conv(rank: 1 | 2 | 3): Record<string, Literal> {
    const { random } = this;
    const size = rank === 2 ? this.#pair(1, 3) : random.int(1, 3);
    const options: Record<string, Literal> = { kernelSize: size };
    if (random.chance(0.5)) options['padding'] = random.pick(['same', 'same', 'valid', ...(rank === 1 ? ['causal'] : [])]);
    if (random.chance(0.35)) options['strides'] = rank === 2 ? this.#pair(1, 2) : random.int(1, 2);
    else if (rank < 3 && random.chance(0.1)) options['dilationRate'] = random.int(1, 2);
    return options;
  }

  #pool(rank: 1 | 2 | 3): Record<string, Literal> {
    const { random } = this;
    const options: Record<string, Literal> = {};
    if (random.chance(0.8)) options['poolSize'] = rank === 2 ? this.#pair(1, 3) : rank === 1 ? random.int(1, 3) : [1, random.int(1, 2), 2];
    if (random.chance(0.5)) options['strides'] = rank === 2 ? this.#pair(1, 2) : rank === 1 ? random.int(1, 2) : [1, 1, random.int(1, 2)];
    if (random.chance(0.4)) options['padding'] = random.pick(['same', 'valid']);
    return options;
  }

  #options(factory: string, input: Sizes): Record<string, Literal> {
    const { random } = this;
    const some = (probability: number, options: Record<string, Literal>): Record<string, Literal> =>
      random.chance(probability) ? options : {};
    switch (factory) {
      case 'dense':
        return { units: random.int(1, 12) };
      case 'dropout':
      case 'gaussianDropout':
      case 'alphaDropout':
        return { rate: random.pick([0.1, 0.25, 0.5]) };
      case 'gaussianNoise':
        return { stddev: 0.5 };
      case 'activation':
        return { activation: random.pick(ACTIVATIONS) };
      case 'leakyReLU':
        return some(0.5, { alpha: 0.2 });
      case 'thresholdedReLU':
        return some(0.5, { theta: 0.5 });
      case 'batchNormalization':
        return {
          ...some(0.2, { momentum: 0.9 }),
          ...some(0.1, { scale: false }),
          ...some(0.1, { center: false }),
          ...some(0.1, { axis: -1 }),
        };
      case 'layerNormalization':
        return some(0.3, { axis: -1 });
      case 'reshape':
        return { targetShape: this.#targetShape(input) };
      case 'repeatVector':
        return { n: random.int(1, 4) };
      case 'permute':
        return { dims: random.shuffle(input.map((_, i) => i + 1)) };
      case 'masking':
        return some(0.5, { maskValue: 0 });
      case 'prelu':
        return some(0.4, { sharedAxes: input.length > 1 ? input.slice(0, -1).map((_, i) => i + 1) : [1] });
      case 'conv1d':
        return { filters: random.int(1, 6), ...this.#conv(1) };
      case 'conv2d':
      case 'conv2dTranspose':
        return { filters: random.int(1, 6), ...this.#conv(2), ...(factory === 'conv2dTranspose' ? { dilationRate: 1 } : {}) };
      case 'separableConv2d':
        return { filters: random.int(1, 6), ...this.#conv(2), ...some(0.3, { depthMultiplier: random.int(1, 2) }) };
      case 'depthwiseConv2d':
        return { ...this.#conv(2), ...some(0.3, { depthMultiplier: random.int(1, 2) }) };
      case 'conv3d':
      case 'conv3dTranspose':
        return { filters: random.int(1, 3), kernelSize: random.int(1, 2), ...some(0.7, { padding: 'same' }) };
      case 'convLstm2d':
        return { filters: random.int(1, 3), kernelSize: random.int(1, 2), padding: 'same', ...some(0.5, { returnSequences: true }) };
      case 'maxPooling1d':
      case 'averagePooling1d':
        return this.#pool(1);
      case 'maxPooling2d':
      case 'averagePooling2d':
        return this.#pool(2);
      case 'maxPooling3d':
      case 'averagePooling3d':
        return this.#pool(3);
      case 'upSampling2d':
        return some(0.7, { size: [random.int(1, 2), random.int(1, 2)] });
      case 'zeroPadding2d':
        return some(0.7, {
          padding: random.chance(0.5)
            ? random.int(1, 2)
            : [
                [random.int(0, 2), 1],
                [1, random.int(0, 2)],
              ],
        });
      case 'cropping2D':
        return {
          cropping: [
            [random.int(0, 1), 0],
            [0, random.int(0, 1)],
          ],
        };
      case 'lstm':
      case 'gru':
      case 'simpleRNN':
        return {
          units: random.int(1, 6),
          recurrentInitializer: 'glorotNormal',
          ...some(0.5, { returnSequences: true }),
          ...some(0.1, { goBackwards: true }),
        };
      case 'rnn': {
        const cell = (): LayerPlan => ({
          factory: random.pick(['simpleRNNCell', 'lstmCell', 'gruCell']),
          options: { units: random.int(1, 5), recurrentInitializer: 'zeros' },
        });
        return { cell: random.chance(0.5) ? cell() : [cell(), cell()], ...some(0.5, { returnSequences: true }) };
      }
      case 'bidirectional': {
        const layer = { factory: random.pick(['lstm', 'gru', 'simpleRNN']), options: this.#options('lstm', input) };
        return { layer, ...some(0.7, { mergeMode: random.pick(['concat', 'sum', 'ave', 'mul']) }) };
      }
      case 'timeDistributed':
        return { layer: this.#inTime(input.slice(1)) };
      default:
        return {};
    }
  }

  #inTime(step: Sizes): LayerPlan {
    const factory =
      step.length === 1
        ? this.random.pick(['dense', 'dropout'])
        : step.length === 2
          ? this.random.pick(['conv1d', 'dense', 'flatten'])
          : this.random.pick(['conv2d', 'flatten', 'maxPooling2d']);
    return { factory, options: this.#options(factory, step) };
  }

  #targetShape(input: Sizes): Literal {
    if (input.some((size) => size === null || size < 1)) return [-1];
    const count = volume(input);
    const divisors = Array.from({ length: count }, (_, i) => i + 1).filter((n) => count % n === 0);
    const first = this.random.pick(divisors);
    const rest = count / first;
    const target = this.random.chance(0.5) ? [first, rest] : this.random.chance(0.5) ? [first, 1, rest] : [count];
    return this.random.chance(0.15) ? target.map((size, i) => (i === 0 ? -1 : size)) : target;
  }

  /** One mistake of the kinds that people make: a misspelt key, a value that does not go, an option left out. */
  #spoil({ factory, options }: LayerPlan): LayerPlan {
    const { random } = this;
    const keys = Object.keys(options).filter((key) => key !== 'name' && !isPlan(options[key]) && !Array.isArray(options[key]));
    const key = keys.length > 0 ? random.pick(keys) : 'units';
    const rest = Object.fromEntries(Object.entries(options).filter(([one]) => one !== key));
    const misspelt: { readonly [key: string]: string } = {
      units: 'unit',
      filters: 'filter',
      kernelSize: 'kernel_size',
      strides: 'stride',
      activation: 'activations',
      padding: 'pad',
      rate: 'p',
      poolSize: 'pool_size',
      targetShape: 'shape',
    };
    return random.pick<() => LayerPlan>([
      () => ({ factory, options: { ...rest, [misspelt[key] ?? `${key}s`]: options[key] } }),
      () => ({ factory, options: rest }),
      () => ({
        factory,
        options: {
          ...rest,
          [key]:
            typeof options[key] === 'number'
              ? random.pick([0, -1, 1.5, -3, undefined, null, '4'])
              : typeof options[key] === 'string'
                ? random.pick(['rellu', 'Same', 'VALID', '', 'full'])
                : null,
        },
      }),
      () => ({
        factory,
        options: {
          ...options,
          [random.pick(['activation', 'kernelInitializer', 'padding', 'dataFormat'])]: random.pick(['rellu', 'Relu', 'leakyrelu', 'full']),
        },
      }),
      () => ({ factory, options: { ...options, kernelSize: random.pick([0, -1, [3], [3, 3, 3], 9]) } }),
    ])();
  }
}

export const volume = (sizes: Sizes): number => sizes.reduce<number>((product, size) => product * (size ?? 1), 1);

/** A layer without weights of the real runtime: it knows what it would put out. */
function make(plan: LayerPlan): tf.layers.Layer {
  const value = (literal: Literal): unknown => {
    if (Array.isArray(literal)) return (literal as readonly Literal[]).map(value);
    if (isPlan(literal)) return make(literal);
    return literal;
  };
  const factory = tf.layers[plan.factory as 'dense'] as unknown as (options: unknown) => tf.layers.Layer;
  return factory(Object.fromEntries(Object.entries(plan.options).map(([key, literal]) => [key, value(literal)])));
}

/** The output sizes of a layer over these inputs; undefined where TensorFlow.js refuses it, or has several outputs. */
export function outputOf(plan: LayerPlan, inputs: readonly Sizes[]): Sizes | undefined {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    const layer = make(plan);
    const shapes = inputs.map((sizes) => [null, ...sizes]);
    if (inputs.length > 1) layer.build(shapes);
    const output = layer.computeOutputShape(inputs.length === 1 ? (shapes[0] ?? []) : shapes);
    return Array.isArray(output[0]) ? undefined : ((output as Sizes).slice(1) as Sizes);
  } catch {
    return undefined;
  } finally {
    console.warn = warn;
  }
}
