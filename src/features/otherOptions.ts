import { flagOf, numberOf, numbersOf, textOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList, shapeList, showShape, type Dim, type Shape } from '../model/shape';
import { halfLife } from './layerNotes';

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
  return ['memory', `half forgotten after so many batches: ${near.map((some) => `${some} → ${halfLife(some)}`).join(', ')}`];
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

const OPTIONS: Readonly<Record<string, Explain>> = {
  rate: dropped,
  momentum: remembered,
  axis: joined,
  returnSequences: sequences,
  size: enlarged,
};
