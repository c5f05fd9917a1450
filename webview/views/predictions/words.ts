import { showCount } from '../../../src/model/shape';
import type { Prediction } from '../../engine/contract/predictions';
import { showValue } from '../words';

/** One value of an output, with its class's name. */
export interface Score {
  readonly index: number;
  readonly name: string;
  readonly value: number;
}

/** `98 %`, `0.4 %`; what is not quite certain is not rounded to certainty. */
export const percent = (part: number): string => {
  if (!Number.isFinite(part)) return showValue(part);
  if (part >= 0.9995) return part < 1 ? '>99.9 %' : '100 %';
  return `${part >= 0.0995 && part < 0.995 ? Math.round(100 * part) : (100 * part).toFixed(1)} %`;
};

/** A score as it is printed: parts as percentages, all else as it is. */
export const scoreText = ({ kind }: Prediction, { value }: Score): string => (kind === 'values' ? showValue(value) : percent(value));

/** All values of an output, the largest first; NaN at the end. Without names a class is called by its index. */
export const ranked = ({ values }: Prediction, names: readonly string[] | undefined): readonly Score[] =>
  values
    .map((value, index): Score => ({ index, value, name: names?.[index] ?? `${values.length === 1 ? 'value' : `class ${index}`}` }))
    .sort((a, b) => Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value)) || b.value - a.value || a.index - b.index);

/** What the values are, where they are no parts of one whole. */
export const kindText = ({ kind, values }: Prediction): string | undefined => {
  if (kind === 'softmax') return undefined;
  if (kind === 'sigmoid') return values.length > 1 ? 'sigmoid: each class by itself' : 'sigmoid';
  return values.length > 1 ? 'no softmax: raw values (logits, or quantities)' : 'raw value';
};

/** Why a file's names do not name an output; undefined where they do. */
export const namesTrouble = (file: string, names: number, values: number): string | undefined =>
  names === values ? undefined : `${file} has ${showCount(names)} names, the output ${showCount(values)} values: they are not used.`;
