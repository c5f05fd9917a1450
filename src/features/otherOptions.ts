import { flagOf, numberOf, numbersOf, textOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList, shapeList, showCount, showShape, type Dim, type Shape } from '../model/shape';
import { channels, spatial } from '../model/windows';
import { FLOAT_BYTES } from './counting';
import { halfLife } from './layerNotes';
import { showBytes } from './units';

type Line = readonly [label: string, text: string];

/** What the neighbours of an option would give, for options that are no window and no kernel; undefined where nothing is certain. */
export function otherOption(site: Site, made: LayerCase, key: string): Line | undefined {
  return Object.hasOwn(OPTIONS, key) ? OPTIONS[key]?.(site, made) : undefined;
}

type Explain = (site: Site, made: LayerCase) => Line | undefined;

/** Inverted dropout: what is left is scaled up while training, so that nothing is to be done later. */
const dropped: Explain = ({ className }, { config }) => {
  const rate = numberOf(config, 'rate');
  if (className !== 'Dropout' || rate === undefined || rate < 0 || rate >= 1) return undefined;
  const near = [...new Set([rate / 2, rate, (1 + rate) / 2])].map(round);
  return ['rate', near.map((some) => `${some} → ${percent(some)} dropped, the rest times ${round(1 / (1 - some))}`).join('; ')];
};

const percent = (part: number): string => `${round(100 * part)} %`;
const round = (value: number): number => Number(value.toPrecision(3));

/** How long a moving average remembers. */
const remembered: Explain = ({ className }, { config }) => {
  const momentum = numberOf(config, 'momentum');
  if (className !== 'BatchNormalization' || momentum === undefined || momentum <= 0 || momentum >= 1) return undefined;
  // A step in memory is a step in 1 - momentum.
  const near = [1 - (1 - momentum) * 10, momentum, 1 - (1 - momentum) / 10]
    .map((some) => Number(some.toPrecision(6)))
    .filter((some) => some > 0);
  const rest = Number((1 - momentum).toPrecision(6));
  return [
    'memory',
    `μ ← ${momentum}*μ + ${rest}*(the batch's mean); batches until half is forgotten: ${near.map((some) => `${some} → ${halfLife(some)}`).join(', ')}`,
  ];
};

/** What joining along each axis would give; TensorFlow.js refuses where another axis differs. */
const joined: Explain = ({ className }, { inputShape, outputShape }) => {
  if (className !== 'Concatenate' || !inputShape || !isShapeList(inputShape) || !outputShape || isShapeList(outputShape)) return undefined;
  const axes = outputShape.map((_, axis) => axis).slice(1);
  if (axes.length > 4) return undefined;
  return ['axis', axes.map((axis) => `${axis} → ${along(inputShape, axis) ?? 'refused'}`).join(', ')];
};

function along(shapes: readonly Shape[], axis: number): string | undefined {
  const [first] = shapes;
  if (!first) return undefined;
  const fits = shapes.every((shape) => shape.length === first.length && shape.every((size, i) => i === axis || size === first[i]));
  const sizes = shapes.map((shape) => shape[axis]);
  if (!fits || !sizes.every((size) => typeof size === 'number')) return undefined;
  return showShape(first.map((size, i): Dim => (i === axis ? sizes.reduce((all, one) => all + one, 0) : size)));
}

/** All outputs of a recurrent layer, or the last; only where the present answer confirms which is which. */
const sequences: Explain = (_site, { config, inputShape, outputShape }) => {
  const units = numberOf(config, 'units');
  const all = flagOf(config, 'returnSequences', false);
  if (units === undefined || all === undefined || !inputShape || isShapeList(inputShape) || inputShape.length !== 3) return undefined;
  const [batch = null, steps = null] = inputShape;
  const [every, last]: readonly Shape[] = [
    [batch, steps, units],
    [batch, units],
  ];
  const present = outputShape && shapeList(outputShape)[0];
  if (!every || !last || !present || showShape(present) !== showShape(all ? every : last)) return undefined;
  return ['returns', `true → ${showShape(every)}, false → ${showShape(last)}`];
};

/** Bilinear or nearest, so many times as large. */
const enlarged: Explain = ({ className }, { config, inputShape, outputShape }) => {
  const size = numbersOf(config, 'size', 2);
  const [factor] = size ?? [];
  if (className !== 'UpSampling2D' || factor === undefined || size?.[1] !== factor) return undefined;
  if (!inputShape || !outputShape || isShapeList(inputShape) || isShapeList(outputShape)) return undefined;
  const axis = textOf(config, 'dataFormat') === 'channelsFirst' ? 2 : 1;
  const [rows, present] = [inputShape[axis], outputShape[axis]];
  if (typeof rows !== 'number' || rows * factor !== present) return undefined;
  const near = [factor - 1, factor, factor + 1].filter((some) => some > 0);
  return ['size', near.map((some) => `${some} → ${rows * some}`).join(', ')];
};

/** How much one example is. */
const example: Explain = (_site, { inputShape, outputShape, config }) => {
  const shape = inputShape ?? (textOf(config, 'name') === undefined ? undefined : outputShape);
  if (!shape || isShapeList(shape)) return undefined;
  const sizes = shape.slice(1);
  if (sizes.length === 0 || !sizes.every((size) => typeof size === 'number')) return undefined;
  const values = sizes.reduce((all, size) => all * size, 1);
  const sum = sizes.length > 1 ? `${sizes.join('*')} = ` : '';
  return ['example', `${sum}${showCount(values)} ${values === 1 ? 'value' : 'values'}, ${showBytes(values * FLOAT_BYTES)}`];
};

/** The values before and after, which must be as many. */
const reshaped: Explain = ({ className }, { inputShape, outputShape }) => {
  if (className !== 'Reshape' || !inputShape || !outputShape || isShapeList(inputShape) || isShapeList(outputShape)) return undefined;
  const [before, after] = [inputShape.slice(1), outputShape.slice(1)];
  if (![...before, ...after].every((size) => typeof size === 'number')) return undefined;
  const values = before.reduce<number>((all, size) => all * Number(size), 1);
  return ['values', [...new Set([before.join('*'), after.join('*'), showCount(values)])].join(' = ')];
};

/** Rows and columns of the table that words are looked up in. */
const embedded: Explain = ({ className }, { config, params }) => {
  const [words, size] = [numberOf(config, 'inputDim'), numberOf(config, 'outputDim')];
  if (className !== 'Embedding' || words === undefined || size === undefined || words * size !== params) return undefined;
  return ['table', `${showCount(words)} numbers that it takes, 0 … ${words - 1}; ${showCount(size)} params for each`];
};

/** What becomes of both directions; only where the present answer confirms how they are joined. */
const bothWays: Explain = ({ className }, { config, outputShape }) => {
  const output = outputShape && !isShapeList(outputShape) ? outputShape : undefined;
  const mode = textOf(config, 'mergeMode');
  const last = output?.at(-1);
  if (className !== 'Bidirectional' || !output || typeof last !== 'number' || mode === undefined || !MERGES.includes(mode))
    return undefined;
  const single = mode === 'concat' ? last / 2 : last;
  const shown = (size: number): string => showShape([...output.slice(0, -1), size]);
  return ['joined', `concat → ${shown(2 * single)}; sum, mul, ave → ${shown(single)}`];
};

const MERGES = ['concat', 'sum', 'mul', 'ave'];

/** So many filters for each channel. */
const multiplied: Explain = ({ className }, { config, inputShape, outputShape }) => {
  const multiplier = numberOf(config, 'depthMultiplier');
  const input = inputShape && !isShapeList(inputShape) ? channels(inputShape, config) : undefined;
  const output = outputShape && !isShapeList(outputShape) ? channels(outputShape, config) : undefined;
  if (className !== 'DepthwiseConv2D' || multiplier === undefined || typeof input !== 'number' || output !== input * multiplier)
    return undefined;
  const near = [multiplier - 1, multiplier, multiplier + 1].filter((some) => some > 0);
  return ['filters', `${near.map((some) => `${some} → ${input * some}`).join(', ')} channels`];
};

/** What is left out of y = γ(x - μ)/√(σ² + ε) + β, and that TensorFlow.js 4.22 then cannot train the layer. */
const leftOut: (name: string) => Explain =
  (name) =>
  ({ className, cases }, { config, params, inputShape }) => {
    if (className !== 'BatchNormalization' && className !== 'LayerNormalization') return undefined;
    const [scale, center] = [flagOf(config, 'scale', true), flagOf(config, 'center', true)];
    const depth = inputShape && !isShapeList(inputShape) ? inputShape.at(-1) : undefined;
    const crash = className === 'BatchNormalization' ? '; fit then throws in TensorFlow.js 4.22' : '';
    if (scale === undefined || center === undefined || cases.length > 1 || typeof params !== 'number' || typeof depth !== 'number')
      return undefined;
    const isIn = name === 'γ' ? scale : center;
    return [name === 'γ' ? 'scale' : 'center', `false: no ${name}, ${showCount(isIn ? params - depth : params)} params${crash}`];
  };

/** The sizes with another frame of zeros, or without. */
const framed: Explain = ({ className }, { config, inputShape, outputShape }) => {
  if (className !== 'ZeroPadding2D' || !inputShape || !outputShape || isShapeList(inputShape) || isShapeList(outputShape)) return undefined;
  const [rows, columns] = [inputShape, outputShape].map((shape) => spatial(shape, 2, config)) as [
    readonly Dim[] | undefined,
    readonly Dim[] | undefined,
  ];
  const [before, after] = [rows?.[0], columns?.[0]];
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  const around = (after - before) / 2;
  if (!Number.isInteger(around) || rows?.[1] !== before || columns?.[1] !== after) return undefined;
  const near = [around - 1, around, around + 1].filter((some) => some >= 0);
  return [
    'zeros',
    `${near.map((some) => `${some} → ${before + 2 * some}`).join(', ')}; a convolution of 2*p + 1 keeps its input's size with p`,
  ];
};

const OPTIONS: Readonly<Record<string, Explain>> = {
  rate: dropped,
  momentum: remembered,
  axis: joined,
  returnSequences: sequences,
  size: enlarged,
  inputShape: example,
  batchInputShape: example,
  shape: example,
  targetShape: reshaped,
  inputDim: embedded,
  outputDim: embedded,
  mergeMode: bothWays,
  depthMultiplier: multiplied,
  scale: leftOut('γ'),
  center: leftOut('β'),
  padding: framed,
};
