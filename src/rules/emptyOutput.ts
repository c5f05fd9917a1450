import type { LayerCase, Site } from '../model/reading';
import { isShapeList, shapeList, showShape, type Shapes } from '../model/shape';
import type { Finding, Rule } from './rule';
import { AXIS_NAMES, spatial, windowsOf } from '../model/windows';
import { spanAt, whichOf } from './where';

/** A window that is larger than what it slides over: TensorFlow.js computes a size of 0 or less and goes on. */
export const emptyOutput: Rule = {
  code: 'empty-output',
  title: 'a window that is larger than its input',
  severity: 'warning',
  check: ({ sites }) => sites.flatMap(finding),
};

function finding(site: Site): readonly Finding[] {
  const found = site.cases.filter((one) => isEmpty(one.outputShape) && !isEmpty(one.inputShape));
  const [first] = found;
  if (!first) return [];
  const negative = found.some((one) => smallest(one.outputShape) < 0);
  const message =
    `The output is ${showShapes(first.outputShape)}: ${why(site, first)}. ` +
    (negative
      ? 'TensorFlow.js throws when the model runs.'
      : 'Nothing of the input is left; a dense layer behind it gives its bias only.') +
    whichOf(site, found, ({ inputShape }) => inputShape && showShapes(inputShape));
  return [{ span: spanAt(site, 'kernelSize', 'poolSize', 'pool_size'), message, ...(negative ? { severity: 'error' as const } : {}) }];
}

const sizesOf = (shapes: Shapes): readonly number[] =>
  shapeList(shapes).flatMap((shape) => shape.slice(1).filter((dim) => typeof dim === 'number'));

const smallest = (shapes: Shapes | undefined): number => Math.min(Infinity, ...(shapes === undefined ? [] : sizesOf(shapes)));

const isEmpty = (shapes: Shapes | undefined): boolean => smallest(shapes) <= 0;

const showShapes = (shapes: Shapes | undefined): string =>
  shapes === undefined ? 'not known' : shapeList(shapes).map(showShape).join(', ');

/** `7 rows are fewer than the window's 9`. */
function why(site: Site, { inputShape, config, outputShape }: LayerCase): string {
  const windows = inputShape && !isShapeList(inputShape) ? windowsOf(site.className, config, inputShape) : undefined;
  const sizes = windows && outputShape && !isShapeList(outputShape) ? spatial(outputShape, windows.length, config) : undefined;
  const axis = sizes?.findIndex((size) => typeof size === 'number' && size <= 0) ?? -1;
  const window = windows?.[axis];
  if (!window) return 'one of its sizes is not positive';
  const name = AXIS_NAMES[windows.length]?.[axis] ?? 'element';
  const extent = (window.kernel - 1) * window.dilation + 1;
  return `the window of ${extent} is larger than the input's ${window.size} ${name}${window.size === 1 ? '' : 's'}`;
}
