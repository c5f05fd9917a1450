import type { ModelRead } from '../model/reading';
import { showCount, type Count } from '../model/shape';
import { countLayers, FLOAT_BYTES } from './counting';
import { showBytes, showLarge } from './units';

const MAX_FORMULA = 100;

/** `16 layers · 62,378,344 params · 1.14 G MACs · 250 MB weights`; what is not known is left out. `models` are those that one call builds. */
export function modelFigures(models: readonly ModelRead[]): string {
  const [only, ...more] = models;
  const isKnown = only !== undefined && more.length === 0 && typeof only.totalParams === 'number';
  return [
    modelSize(models),
    isKnown && typeof only.macs === 'number' && only.macs > 0 ? `${showLarge(only.macs)} MACs` : '',
    isKnown && only.totalParams > 0 ? `${showBytes(only.totalParams * FLOAT_BYTES)} weights` : '',
    more.length > 0 ? `${models.length} models` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `16 layers · 62,378,344 params`; what is not known is left out. */
export function modelSize(models: readonly ModelRead[]): string {
  const layers = range(models.map(({ graph }) => countLayers(graph)));
  const params = range(models.map(({ totalParams }) => totalParams));
  return [layers === undefined ? '' : `${layers} ${layers === '1' ? 'layer' : 'layers'}`, params === undefined ? '' : `${params} params`]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The one count that all have, or the least and the largest; undefined where one of them is not known, or several are formulas that differ. */
function range(counts: readonly Count[]): string | undefined {
  const distinct = [...new Set(counts)];
  const [only] = distinct;
  if (only === undefined || distinct.includes('?')) return undefined;
  // A part of a formula would be another formula.
  if (distinct.length === 1) return showCount(only).length > MAX_FORMULA ? undefined : showCount(only);
  const numbers = distinct.filter((count) => typeof count === 'number');
  if (numbers.length < distinct.length) return undefined;
  return `${showCount(Math.min(...numbers))} … ${showCount(Math.max(...numbers))}`;
}
