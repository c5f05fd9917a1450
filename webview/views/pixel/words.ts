import type { Layout } from '../../draw/layout';
import { cellOf, type Cell } from '../../draw/cells';
import type { FieldPart, PixelReport } from '../../engine/contract/pixel';
import type { StepInfo } from '../../engine/contract/program';
import type { Term } from '../../engine/pixel/arithmeticTypes';
import type { AxisSet } from '../../engine/pixel/region';
import { showValue } from '../words';

/** What rows and columns of a layer's pictures are called. */
export const axisNames = ({ kind }: Layout): { readonly map: string; readonly row: string; readonly column: string } =>
  kind === 'sequence' ? { map: 'map', row: 'feature', column: 'step' } : { map: 'map', row: 'row', column: 'column' };

/** `map 3, row 4, column 5`; `step 4, feature 2`; `value 17`. Indices are 0-based, as in the tensor. */
export const placeText = (layout: Layout | undefined, { map, row, column }: Cell): string => {
  if (layout?.kind === 'sequence') return `step ${column}, feature ${row}`;
  if (layout?.kind === 'strip') return `value ${row * layout.width + column}`;
  return `map ${map}, row ${row}, column ${column}`;
};

/** Seven digits, a true minus: enough to see where float32 differs. */
export const exact = (value: number): string => {
  if (!Number.isFinite(value)) return showValue(value);
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e7) ? size.toExponential(6) : String(Number(size.toPrecision(7)));
  return value < 0 ? `−${text}` : text;
};

/** Two digits, for many numbers side by side: `−0.034`, `1.2e-5`. */
export const brief = (value: number): string => {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0) return showValue(value);
  const text = size < 1e-3 || size >= 1e4 ? size.toExponential(0) : String(Number(size.toPrecision(size < 100 ? 2 : 4)));
  return value < 0 ? `−${text}` : text;
};

/** The whole result in one or two sentences, for everyone and for screen readers first. */
export const resultText = (step: StepInfo, { at, recomputed }: PixelReport): string => {
  const { arithmetic, device, agrees, tolerance } = recomputed;
  // While the next place is being computed these are still the last one's figures, and the last one's place.
  const place = step.layout && step.shape ? placeText(step.layout, cellOf(step.layout, step.shape, at)) : `[${at.join(', ')}]`;
  const name = `${step.name}, ${place}`;
  if (arithmetic.value === undefined) return `${name} is ${exact(device)}. ${arithmetic.reason ?? ''}`;
  const difference = Math.abs(arithmetic.value - device);
  const match =
    agrees === true
      ? `TensorFlow.js has ${exact(device)}: they agree${difference > 0 ? `, ${showValue(difference)} apart` : ''}.`
      : `TensorFlow.js has ${exact(device)}: they differ by ${showValue(difference)}, more than the ${showValue(tolerance)} that float32 explains.`;
  return `${name} is ${exact(arithmetic.value)} in float64. ${match}`;
};

const rangesText = (set: AxisSet): string => {
  const few = set.slice(0, 3).map(({ start, end }) => (end - start === 1 ? `${start}` : `${start}-${end - 1}`));
  return `${few.join(', ')}${set.length > 3 ? ', …' : ''}`;
};

/** `rows 8-15, columns 3-10`: what is seen of one part, by its axes. */
export const fieldText = (layout: Layout | undefined, rows: AxisSet, columns: AxisSet, { region }: FieldPart): string => {
  if (region.blocks.length === 0) return 'nothing of it';
  if (rows.length === 0 || columns.length === 0) return 'nothing of this map';
  const names = layout ? axisNames(layout) : { row: 'row', column: 'column' };
  const text =
    layout?.kind === 'strip' && layout.height === 1
      ? `values ${rangesText(columns)}`
      : `${names.row}s ${rangesText(rows)}, ${names.column}s ${rangesText(columns)}`;
  return region.hull ? `${text} (the hull: not every element of it)` : text;
};

/** `0.31 × −0.2 = −0.062`. */
export const termText = ({ value, weight, product }: Term): string =>
  weight === undefined ? exact(value) : `${showValue(value)} × ${showValue(weight)} = ${showValue(product)}`;
