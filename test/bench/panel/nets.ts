import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import { chain, input, layer } from '../../webview/support/graphs';

const HE = { kernelInitializer: 'heNormal' } as const;

const convolution = (name: string, filters: number, activation = 'relu'): GraphLayer =>
  layer(name, 'conv2d', { filters, kernelSize: 3, padding: 'same', activation, ...HE });
const pool = (name: string): GraphLayer => layer(name, 'maxPooling2d', { poolSize: 2, strides: 2 });
const dense = (name: string, units: number, activation: string): GraphLayer => layer(name, 'dense', { units, activation, ...HE });

/** Fourteen layers on pictures of 64×64: so little work that what each layer costs besides it counts. */
export const smallNet = (): ModelGraph => {
  const blocks = [16, 32, 64, 64].flatMap((filters, block) => [
    convolution(`conv${block}a`, filters),
    convolution(`conv${block}b`, filters),
    ...(block < 3 ? [pool(`pool${block}`)] : []),
  ]);
  return chain('small', [input(64, 64, 3), ...blocks, layer('flat', 'flatten'), dense('fc', 64, 'relu'), dense('out', 10, 'softmax')]);
};

/** LeNet-5 with ReLU, so that its weights are fresh ones, as the peer's are. */
export const smallestNet = (): ModelGraph =>
  chain('lenet', [
    input(32, 32, 1),
    layer('c1', 'conv2d', { filters: 6, kernelSize: 5, activation: 'relu', ...HE }),
    layer('s2', 'averagePooling2d', { poolSize: 2, strides: 2 }),
    layer('c3', 'conv2d', { filters: 16, kernelSize: 5, activation: 'relu', ...HE }),
    layer('s4', 'averagePooling2d', { poolSize: 2, strides: 2 }),
    layer('flatten', 'flatten'),
    dense('f5', 120, 'relu'),
    dense('f6', 84, 'relu'),
    dense('output', 10, 'softmax'),
  ]);

/** What an edit changes of one convolution of VGG-16. */
export interface VggEdit {
  readonly name: string;
  readonly filters?: number;
  readonly activation?: string;
}

/** VGG-16 (configuration D) for pictures of 96×96: 54 million parameters. */
export const vgg16 = (edit?: VggEdit): ModelGraph => {
  const blocks = [
    [64, 2],
    [128, 2],
    [256, 3],
    [512, 3],
    [512, 3],
  ] as const;
  const convolutions = blocks.flatMap(([filters, count], block) => [
    ...Array.from({ length: count }, (_, k) => {
      const name = `conv${block + 1}_${k + 1}`;
      const edited = edit?.name === name ? edit : undefined;
      return convolution(name, edited?.filters ?? filters, edited?.activation);
    }),
    pool(`pool${block + 1}`),
  ]);
  const head = [dense('fc6', 4096, 'relu'), dense('fc7', 4096, 'relu'), dense('fc8', 1000, 'softmax')];
  return chain('vgg16', [input(96, 96, 3), ...convolutions, layer('flatten', 'flatten'), ...head]);
};
