import { showCount } from '../../../src/model/shape';
import { showBytes, type Need } from '../../engine/build/memory';
import type { LayerFit, WeightFit, WeightsReport } from '../../engine/contract/weights';

/** What became of a weights file, in a sentence. */
export const reportText = ({ file, layers }: WeightsReport): string => {
  const taken = layers.filter(({ outcome }) => outcome === 'taken');
  const left = layers.length - taken.length;
  if (taken.length === 0) return `No layer of this model fits ${file}. The weights are as they were.`;
  const orders = taken.filter(({ by }) => by === 'order').length;
  const how =
    orders === 0
      ? ''
      : ` ${orders === taken.length ? 'They were' : `${orders} of them were`} found by their order and shapes, not by name.`;
  if (left === 0) return `All ${layers.length} layers have their weights from ${file}.${how}`;
  return `${taken.length} of ${layers.length} layers have their weights from ${file}; ${left === 1 ? 'one keeps' : `${left} keep`} the weights they had.${how}`.replace(
    'one keeps the weights they had',
    'one keeps the weights it had',
  );
};

/** Bytes from which on a model's need is said before it is met. */
const LARGE = 100e6;

/** What a large model takes: `It takes 102.5 MB weights + 148 MB activations.`; undefined for others. */
export const needText = ({ weights, activations }: Need): string | undefined =>
  weights + activations < LARGE ? undefined : `It takes ${showBytes(weights)} weights + ${showBytes(activations)} activations.`;

/** True where a person should look at the list. */
export const isMixed = (report: WeightsReport): boolean =>
  report.extras > 0 || report.layers.some((layer) => layer.outcome !== 'taken' || layer.by === 'order' || strangeIn(layer) > 0);

const strangeIn = ({ weights }: LayerFit): number => weights.reduce((total, { strange }) => total + strange, 0);

const showShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** What became of one layer. */
export const fitText = (fit: LayerFit): string => {
  const strange = strangeIn(fit);
  const from = fit.inFile === undefined || fit.inFile === fit.layer ? '' : ` from ${fit.inFile}`;
  if (fit.outcome === 'missing') return 'not in the file; keeps the weights it had';
  if (fit.outcome === 'differs') return `does not fit${from === '' ? '' : ` ${fit.inFile ?? ''}`}; keeps the weights it had`;
  const how = fit.by === 'order' ? `taken${from}, by order` : `taken${from}`;
  return strange === 0 ? how : `${how}; ${showCount(strange)} values are NaN or infinite`;
};

/** What differs in a weight: `kernel is [3, 3, 3, 6] in the source, [3, 3, 3, 4] in the file`; undefined where nothing does. */
export const differenceText = ({ name, inSource, inFile, types }: WeightFit): string | undefined => {
  if (!inFile) return `${name} ${showShape(inSource)} is not in the file`;
  if (types !== undefined) return `${name} is ${types}`;
  return showShape(inSource) === showShape(inFile)
    ? undefined
    : `${name} is ${showShape(inSource)} in the source, ${showShape(inFile)} in the file`;
};

export const extraText = ({ extra, extras }: WeightsReport): string => {
  const named = extra.map(({ name, shape }) => `${name} ${showShape(shape)}`).join(', ');
  return extras > extra.length ? `${named} and ${showCount(extras - extra.length)} more` : named;
};
