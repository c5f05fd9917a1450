import type { PlainObject } from '../model/plain';
import type { Shape } from '../model/shape';
import { numberOf, numbersOf } from '../model/config';
import { channels } from '../model/windows';

/**
 * The shape of the weight that an initializer fills, as tfjs-layers' `build` methods ask for it (4.22): a kernel's rows and columns, then what goes
 * in, then what comes out. undefined where a size is not known (separableConv2d
 * does not report its depthMultiplier), and for options that fill one value a channel.
 */
export function weightShape(className: string, option: string, config: PlainObject, input: Shape): readonly number[] | undefined {
  const find = Object.hasOwn(SHAPES, className) ? SHAPES[className]?.[option] : undefined;
  const shape = find?.(config, channels(input, config));
  return shape?.every((size): size is number => typeof size === 'number' && Number.isInteger(size) && size > 0) ? shape : undefined;
}

type Sizes = readonly unknown[];
type Find = (config: PlainObject, depth: unknown) => Sizes | undefined;

const after =
  (axes: number, rest: (config: PlainObject, depth: unknown) => Sizes): Find =>
  (config, depth) => {
    const kernel = numbersOf(config, 'kernelSize', axes);
    return kernel && [...kernel, ...rest(config, depth)];
  };

const filters = (config: PlainObject): unknown => numberOf(config, 'filters');
const convolution = (axes: number): Find => after(axes, (config, depth) => [depth, filters(config)]);
const depthwise = after(2, (config, depth) => [depth, numberOf(config, 'depthMultiplier')]);

const recurrent = (gates: number): Readonly<Record<string, Find>> => {
  const columns = (config: PlainObject): unknown => (numberOf(config, 'units') ?? NaN) * gates;
  return {
    kernelInitializer: (config, depth) => [depth, columns(config)],
    recurrentInitializer: (config) => [numberOf(config, 'units'), columns(config)],
  };
};

const SHAPES: Readonly<Record<string, Readonly<Record<string, Find>>>> = {
  Dense: { kernelInitializer: (config, depth) => [depth, numberOf(config, 'units')] },
  Conv1D: { kernelInitializer: convolution(1) },
  Conv2D: { kernelInitializer: convolution(2) },
  Conv3D: { kernelInitializer: convolution(3) },
  Conv2DTranspose: { kernelInitializer: after(2, (config, depth) => [filters(config), depth]) },
  DepthwiseConv2D: { depthwiseInitializer: depthwise },
  SimpleRNN: recurrent(1),
  GRU: recurrent(3),
  LSTM: recurrent(4),
  Embedding: { embeddingsInitializer: (config) => [numberOf(config, 'inputDim'), numberOf(config, 'outputDim')] },
};
