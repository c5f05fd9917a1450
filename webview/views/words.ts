import { showCount } from '../../src/model/shape';
import type { Statistics } from '../draw/painter';
import { scaleOf, type Scale } from '../draw/scale';
import type { BackendReport } from '../engine/contract/device';
import type { Built, StepInfo } from '../engine/contract/program';
import type { Phase } from '../state/store';
import { showBytes } from '../engine/build/memory';

/** The texts of the panel that are put together from figures. */

/** `0.28`, `−1.4`, `1.2e-6`, `12,345`: three digits, a true minus. */
export const showValue = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size === 0
      ? '0'
      : size < 0.001
        ? size.toExponential(1)
        : size < 10
          ? trim(size.toPrecision(3))
          : size < 1000
            ? trim(size.toPrecision(4))
            : Math.round(size).toLocaleString('en-US');
  return value < 0 && text !== '0' ? `−${text}` : text;
};

const trim = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);

/** `0.4 ms`, `18 ms`, `2.3 s`. */
export const showTime = (milliseconds: number): string => {
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 999.5 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
};

/** `28×28×6`: the shape without its batch. */
export const showSizes = (shape: readonly number[] | undefined): string => {
  if (!shape) return '?';
  return shape.length <= 1 ? 'scalar' : shape.slice(1).join('×');
};

/** `156`, `0`, `shared` from a shared layer's second application on. */
export const showParams = (step: StepInfo): string => (step.shared ? 'shared' : showCount(step.params));

/** `webgl (webgpu: no adapter)`, `webgl on SwiftShader`: which backend, and why not the next better one. */
export const backendBadge = ({ name, renderer, passedOver }: BackendReport): string => {
  const reason = passedOver[passedOver.length - 1];
  if (reason !== undefined) return `${name} (${reason})`;
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer) ? `${name} on ${renderer}` : name;
};

export const backendTitle = ({ name, renderer, passedOver }: BackendReport): string =>
  [
    `Runs on TensorFlow.js' ${name} backend${renderer === '' ? '' : ` (${renderer})`}.`,
    ...passedOver.map((reason) => `Not ${reason}.`),
  ].join('\n');

/** "2 layers were computed on cpu: wasm has no kernel Einsum."; undefined where every layer ran on the backend. */
export const fallbackText = (rows: readonly { readonly fallback: string | undefined }[]): string | undefined => {
  const reasons = rows.flatMap(({ fallback }) => fallback ?? []);
  const [first] = reasons;
  if (first === undefined) return undefined;
  const others = new Set(reasons).size > 1 ? ' Each says why where it is selected.' : '';
  return `${reasons.length === 1 ? '1 layer was' : `${reasons.length} layers were`} ${first.replace(/\.$/, '')}.${others}`;
};

/** `trained, shipped`, `from model.json`, `partly fresh: 2 of 10 weights`. */
export const weightsBadge = ({ weights }: Built): string => {
  if (weights.kind === 'none') return 'no weights';
  if (weights.kind === 'fresh') return 'fresh random weights';
  if (weights.fresh > 0) return `partly fresh: ${weights.fresh} of ${weights.of} weights`;
  if (weights.kind === 'loaded') return `from ${weights.file}`;
  return weights.edited ? 'shipped, model edited' : 'trained, shipped';
};

/** True where all values of the weights were given: what they decide is a verdict. */
export const isTrained = ({ weights }: Built): boolean => (weights.kind === 'shipped' || weights.kind === 'loaded') && weights.fresh === 0;

export const weightsTitle = ({ weights, need }: Built): string => {
  if (weights.kind === 'none') return 'This model has no weights.';
  if (weights.kind === 'fresh') return 'Drawn from the distributions that the initializers declare; the same on every backend.';
  const all = showCount(need.parameters);
  const source = weights.kind === 'loaded' ? `from ${weights.file}` : 'shipped, trained ones';
  if (weights.fresh > 0)
    return `${showCount(weights.parameters)} of ${all} parameters are ${source}; the others are fresh random values, drawn as the initializers declare.`;
  if (weights.kind === 'loaded') return `All ${all} parameters are ${source}.`;
  if (weights.edited) return `All ${all} parameters are shipped, trained ones; they were trained for the model before the edit.`;
  const share = (100 * weights.accuracy).toFixed(1);
  return `Trained on digits drawn by the script that trained it. Of ${showCount(weights.drawings)} fresh drawings of that script it names ${share} % rightly; expect less of other handwriting.`;
};

export const phaseText = (phase: Phase): string => {
  switch (phase.kind) {
    case 'waiting':
    case 'ready':
      return '';
    case 'starting':
      return 'Starting TensorFlow.js';
    case 'building':
      return 'Building the layers';
    case 'filling':
      // How much there is to read is known when the file was looked at.
      return phase.total > 0 ? `Filling weights, ${showBytes(phase.done)} of ${showBytes(phase.total)}` : 'Filling weights';
    case 'running':
      return `Running layer ${Math.min(phase.total, phase.done + 1)} of ${phase.total}`;
  }
};

/** What the tiles show, for who cannot see them. */
export const picturesText = (step: StepInfo, figures: Statistics | undefined): string => {
  const { layout } = step;
  if (!layout) return step.name;
  const what =
    layout.kind === 'maps'
      ? `${layout.count} activation ${layout.count === 1 ? 'map' : 'maps'} of ${step.name}, ${layout.height} by ${layout.width}`
      : `${layout.kind === 'strip' ? `${layout.values} values` : `${layout.width} steps of ${layout.height} features`} of ${step.name}`;
  return figures ? `${what}, from ${showValue(figures.min)} to ${showValue(figures.max)}` : what;
};

/** The scale that all maps of a layer share, as the painters choose it. */
export const sharedScale = (figures: Statistics, gray: boolean): Scale =>
  scaleOf(figures, figures, { scale: 'shared', map: gray ? 'gray' : 'auto' });
