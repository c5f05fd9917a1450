import type { MapName } from './colorMaps';
import { FLAT, type Look } from './painter';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A colour map and the values at its two ends. The shaders decide the same way, on the device. */
export interface Scale {
  readonly map: MapName;
  readonly low: number;
  readonly high: number;
}

/** True where a map has nothing to show on a scale of its own. */
export const isFlat = (layer: Range, map: Range): boolean => !(map.max - map.min > FLAT * (layer.max - layer.min));

export const scaleOf = (layer: Range, map: Range, look: Look): Scale => {
  const range = look.scale === 'own' && !isFlat(layer, map) ? map : layer;
  if (look.map === 'gray') return { map: 'gray', low: range.min, high: range.max };
  if (!(layer.min < 0)) return { map: 'sequential', low: range.min, high: range.max };
  const bound = Math.max(Math.abs(range.min), Math.abs(range.max));
  return { map: 'diverging', low: -bound, high: bound };
};

/** Where a colour's part falls between dark and light: zero is in the middle, `bound` the largest value there is without its sign. */
export const colorPlace = (bound: number, value: number): number => (bound > 0 ? Math.min(1, Math.max(0, 0.5 + value / (2 * bound))) : 0.5);

/** Where a value falls on its scale, 0 to 1; 0 on a scale without length. */
export const placeOf = ({ low, high }: Scale, value: number): number =>
  high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
