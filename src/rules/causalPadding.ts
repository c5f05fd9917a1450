import { textOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import type { Finding, Rule } from './rule';
import { findingsBySite } from './where';

/** Padding 'causal' is among TensorFlow.js' words, and no layer does it. */
export const causalPadding: Rule = {
  code: 'causal-padding',
  title: "padding 'causal', which is not implemented",
  severity: 'error',
  check: (reading) => [
    ...findingsBySite(reading, thrown, 'padding'),
    ...findingsBySite(reading, ignored, 'padding').map((finding): Finding => ({ ...finding, severity: 'warning' })),
  ],
};

const isCausal = ({ config }: LayerCase): boolean => textOf(config, 'padding') === 'causal';

const thrown = (one: LayerCase, { className }: Site): string | undefined =>
  isCausal(one) && /^Conv[123]D$/.test(className)
    ? "TensorFlow.js throws when the model runs: the padding mode 'causal' is not implemented. Pad the steps before it yourself, (kernelSize - 1)*dilationRate of them at the start."
    : undefined;

const ignored = (one: LayerCase, { className }: Site): string | undefined =>
  isCausal(one) && /^(DepthwiseConv2D|(Max|Average)Pooling[123]D)$/.test(className)
    ? "TensorFlow.js takes 'causal' for 'valid' here: nothing is padded."
    : undefined;
