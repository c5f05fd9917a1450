import type { LayerSpec, ModelSpec, SpecValue } from '../../../src/layers/spec';
import { layer } from './cases';

/** Where a tensor comes from: node and output. */
export interface Ref {
  readonly node: number;
  readonly index: number;
}

type Options = { readonly [key: string]: SpecValue };

/** Writes the spec of a functional model in the words in which one writes the model. */
export class Net {
  private readonly layers: { layer: LayerSpec; trainable?: boolean }[] = [];
  private readonly nodes: { layer: number; inputs: Ref[] }[] = [];

  input(options: Options): Ref {
    return this.call(this.layer(layer('input', options)));
  }

  /** A layer that is made now and applied later, once or often. */
  layer(spec: LayerSpec, trainable?: boolean): number {
    return this.layers.push({ layer: spec, ...(trainable === undefined ? {} : { trainable }) }) - 1;
  }

  call(made: number, ...inputs: Ref[]): Ref {
    return { node: this.nodes.push({ layer: made, inputs }) - 1, index: 0 };
  }

  apply(factory: string, options: SpecValue, ...inputs: Ref[]): Ref {
    return this.call(this.layer(layer(factory, options)), ...inputs);
  }

  model(inputs: Ref[], outputs: Ref[], more: Partial<ModelSpec> = {}): ModelSpec {
    return { kind: 'functional', layers: this.layers, nodes: this.nodes, inputs, outputs, ...more };
  }
}

/** The spec of a Sequential that adds these layers in turn. */
export const sequential = (
  layers: readonly (LayerSpec | { layer: LayerSpec; trainable?: boolean })[],
  more: Partial<ModelSpec> = {},
): ModelSpec => ({
  kind: 'sequential',
  layers: layers.map((one) => ('spec' in one ? { layer: one } : one)),
  nodes: layers.map((_, index) => ({ layer: index, inputs: [] })),
  inputs: [],
  outputs: [],
  ...more,
});

/** Values of no interest that are quick to make. */
const zeros = { kernelInitializer: 'zeros' };

/** VGG-16, configuration D, as a Sequential. */
export const vgg16 = (): ModelSpec => {
  const layers: LayerSpec[] = [];
  for (const [filters, times] of [
    [64, 2],
    [128, 2],
    [256, 3],
    [512, 3],
    [512, 3],
  ] as const) {
    for (let i = 0; i < times; i++) {
      const first = layers.length === 0 ? { inputShape: [224, 224, 3] } : {};
      layers.push(layer('conv2d', { filters, kernelSize: 3, padding: 'same', activation: 'relu', ...zeros, ...first }));
    }
    layers.push(layer('maxPooling2d', { poolSize: 2, strides: 2 }));
  }
  layers.push(layer('flatten'), layer('dense', { units: 4096, activation: 'relu', ...zeros }), layer('dropout', { rate: 0.5 }));
  layers.push(
    layer('dense', { units: 4096, activation: 'relu', ...zeros }),
    layer('dropout', { rate: 0.5 }),
    layer('dense', { units: 1000, ...zeros }),
  );
  return sequential(layers);
};

/** A ResNet of bottleneck blocks: `[3, 4, 6, 3]` is ResNet-50, `[3, 8, 36, 3]` ResNet-152. */
export const resnet = (stages: readonly number[]): ModelSpec => {
  const net = new Net();
  const conv = (x: Ref, filters: number, kernelSize: number, strides: number): Ref => {
    const y = net.apply('conv2d', { filters, kernelSize, strides, padding: 'same', useBias: true, ...zeros }, x);
    return net.apply('batchNormalization', {}, y);
  };
  const relu = (x: Ref): Ref => net.apply('activation', { activation: 'relu' }, x);
  const input = net.input({ shape: [224, 224, 3] });
  let x = relu(conv(net.apply('zeroPadding2d', { padding: 3 }, input), 64, 7, 2));
  x = net.apply('maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }, x);
  stages.forEach((blocks, stage) => {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block++) {
      const strides = block === 0 && stage > 0 ? 2 : 1;
      const branch = conv(relu(conv(relu(conv(x, width, 1, strides)), width, 3, 1)), 4 * width, 1, 1);
      const shortcut = block === 0 ? conv(x, 4 * width, 1, strides) : x;
      x = relu(net.apply('add', undefined, branch, shortcut));
    }
  });
  const output = net.apply('dense', { units: 1000, activation: 'softmax', ...zeros }, net.apply('globalAveragePooling2d', {}, x));
  return net.model([input], [output]);
};
