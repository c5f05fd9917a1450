import { isShapeList, type Shapes } from '../../model/shape';
import type { ComparedLayer } from './compared';
import { same } from './options';

/** Classes that stand in one place of a net for one another. */
const FAMILIES: readonly (readonly string[])[] = [
  ['Conv1D', 'Conv2D', 'Conv3D', 'SeparableConv2D', 'DepthwiseConv2D'],
  ['Conv2DTranspose', 'Conv3DTranspose', 'UpSampling2D'],
  ['MaxPooling1D', 'AveragePooling1D', 'MaxPooling2D', 'AveragePooling2D', 'MaxPooling3D', 'AveragePooling3D'],
  ['Flatten', 'GlobalAveragePooling1D', 'GlobalMaxPooling1D', 'GlobalAveragePooling2D', 'GlobalMaxPooling2D'],
  ['Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax'],
  ['BatchNormalization', 'LayerNormalization'],
  ['Dropout', 'SpatialDropout1D', 'GaussianDropout', 'GaussianNoise', 'AlphaDropout'],
  ['SimpleRNN', 'LSTM', 'GRU', 'Bidirectional', 'ConvLSTM2D'],
  ['Add', 'Concatenate', 'Average', 'Maximum', 'Minimum', 'Multiply'],
];

const FAMILY: ReadonlyMap<string, number> = new Map(
  FAMILIES.flatMap((classes, family) => classes.map((name) => [name, family] as [string, number])),
);

/** What agreement is worth. A class weighs most; a name little, for a helper counts its names, and one more layer shifts them all. */
const WORTH = { sameClass: 4, sameFamily: 2, options: 3, output: 2, positions: 1, params: 1, name: 2 } as const;

/** How much two layers look like one another, 0 for layers that cannot stand for each other. Symmetric, and at most what a layer has with itself. */
export function similarity(one: ComparedLayer, other: ComparedLayer): number {
  const kind = kindOf(one, other);
  if (kind === 0) return 0;
  return (
    kind +
    WORTH.options * sharedOptions(one, other) +
    outputWorth(one.output, other.output) +
    (same(one.params, other.params) ? WORTH.params : 0) +
    (one.isNamed && other.isNamed && one.name === other.name ? WORTH.name : 0)
  );
}

function kindOf(one: ComparedLayer, other: ComparedLayer): number {
  if (one.className === other.className) return WORTH.sameClass;
  const family = FAMILY.get(one.className);
  return family !== undefined && family === FAMILY.get(other.className) ? WORTH.sameFamily : 0;
}

/** The share of options that both were given alike. */
function sharedOptions({ options: one }: ComparedLayer, { options: other }: ComparedLayer): number {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  const alike = [...keys].filter((key) => same(one[key], other[key]));
  return keys.size === 0 ? 1 : alike.length / keys.size;
}

type Output = ComparedLayer['output'];

function outputWorth(one: Output, other: Output): number {
  if (same(one, other)) return WORTH.output;
  if (!isOneShape(one) || !isOneShape(other) || one.length !== other.length || one.length < 3) return 0;
  return same(one.slice(1, -1), other.slice(1, -1)) ? WORTH.positions : 0;
}

const isOneShape = (output: Output): output is Exclude<Shapes, readonly (readonly unknown[])[]> & Extract<Output, readonly unknown[]> =>
  output !== undefined && output !== 'multiple' && !isShapeList(output);
