import { textOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList, showShape } from '../model/shape';
import type { Finding, Rule } from './rule';
import { findingsBySite, optionOf } from './where';

/** Layers whose channelsFirst does not work in TensorFlow.js, though it is accepted. */
export const channelsFirst: Rule = {
  code: 'channels-first',
  title: "a layer whose 'channelsFirst' does not work",
  severity: 'warning',
  check: (reading, text) => [
    ...findingsBySite(reading, (one, site) => (writesFirst(site, text) ? transposed(one, site) : undefined), 'dataFormat'),
    ...findingsBySite(reading, refused, 'dataFormat').map((finding): Finding => ({ ...finding, severity: 'error' })),
  ],
};

const isFirst = ({ config }: LayerCase): boolean => textOf(config, 'dataFormat') === 'channelsFirst';

/** A conv1d does not report its dataFormat, so the source itself is asked. */
function writesFirst(site: Site, text: string): boolean {
  const value = optionOf(site, 'dataFormat')?.value;
  return value !== undefined && /^(['"`])channelsFirst\1/.test(text.slice(value.start, value.end));
}

const transposed = ({ outputShape }: LayerCase, { className }: Site): string | undefined => {
  if (className !== 'Conv1D' || outputShape === undefined || isShapeList(outputShape) || outputShape.length !== 3) return undefined;
  const [batch = null, filters = null, steps = null] = outputShape;
  return `The declared output is ${showShape(outputShape)}, and what comes out is ${showShape([batch, steps, filters])}: TensorFlow.js does not turn a conv1d's output back to 'channelsFirst'.`;
};

const refused = (one: LayerCase, { className }: Site): string | undefined =>
  className === 'SeparableConv2D' && isFirst(one) && one.config['useBias'] !== false
    ? "TensorFlow.js throws when the model runs: it adds the bias of a separableConv2d with 'channelsFirst' along the wrong axis."
    : undefined;
