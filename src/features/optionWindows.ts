import type { LayerCase, Site } from '../model/reading';
import { isShapeList } from '../model/shape';
import { AXIS_NAMES, slide, spatial, windowsOf, type Window } from '../model/windows';
import { unread } from './sizeArithmetic';

/** The options that are a number of the window, each with the part that it is. */
export const WINDOW_OPTIONS: Readonly<Record<string, 'stride' | 'kernel' | 'dilation'>> = {
  strides: 'stride',
  kernelSize: 'kernel',
  poolSize: 'kernel',
  dilationRate: 'dilation',
};

/** How far a value's neighbours are: an odd kernel has a middle, so its neighbours are two apart. */
export const stepOf = ({ className }: Site, part: 'stride' | 'kernel' | 'dilation', value: number): number =>
  part === 'kernel' && !className.includes('Pooling') && value % 2 === 1 ? 2 : 1;

/** What a window leaves of an axis: `55`, `44 (1 row unread)`, `too large`. */
export function outcome(window: Window, name: string): string {
  const result = slide(window);
  if (!result) return 'too large';
  return result.unread > 0 ? `${result.out} (${unread(result.unread, name)})` : String(result.out);
}

/** The window along the first axis, where all axes agree and what it gives is what TensorFlow.js gave. */
export function checkedWindow(site: Site, made: LayerCase): Window | undefined {
  const windows = made.inputShape && !isShapeList(made.inputShape) ? windowsOf(site.className, made.config, made.inputShape) : undefined;
  const sizes = windows && made.outputShape && !isShapeList(made.outputShape) && spatial(made.outputShape, windows.length, made.config);
  const [window] = windows ?? [];
  if (!window || !sizes || !windows?.every((other) => JSON.stringify(other) === JSON.stringify(window))) return undefined;
  return slide(window)?.out === sizes[0] ? window : undefined;
}

/** `row`, `step`: what the elements along the first axis that people speak of are called. */
export function rowNameOf(site: Site, made: LayerCase | undefined): string {
  const input = made?.inputShape && !isShapeList(made.inputShape) ? made.inputShape : [];
  const names = AXIS_NAMES[windowsOf(site.className, made?.config ?? {}, input)?.length ?? 0] ?? [];
  return names.find((name) => name === 'row') ?? names[0] ?? 'element';
}
