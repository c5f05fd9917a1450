import { AXIS_NAMES, spatial, windowsOf } from '../model/windows';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList, shapeList, type Shapes } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite, showShapes } from './where';

/** A window that is larger than what it slides over: TensorFlow.js computes a size of 0 or less and goes on. */
export const emptyOutput: Rule = {
  code: 'empty-output',
  title: 'a window that is larger than its input',
  severity: 'warning',
  check: (reading) => findingsBySite(reading, tell, 'poolSize', 'kernelSize'),
};

function tell(one: LayerCase, site: Site): string | undefined {
  // What follows from an empty input is no cause of its own.
  if (!isEmpty(one.outputShape) || isEmpty(one.inputShape)) return undefined;
  const reason = why(site, one);
  return (
    `The output is ${showShapes(one.outputShape)}: ${reason}. ` +
    'Nothing of the input is read, and TensorFlow.js runs all the same: what follows sees no values.'
  );
}

const isEmpty = (shapes: Shapes | undefined): shapes is Shapes =>
  shapes !== undefined && shapeList(shapes).some((shape) => shape.slice(1).some((dim) => typeof dim === 'number' && dim <= 0));

/** `the window of 9 is larger than the input's 4 rows`. */
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
