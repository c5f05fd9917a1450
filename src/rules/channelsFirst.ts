import { textOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList, showShape } from '../model/shape';
import type { Finding, Rule } from './rule';
import { findingsBySite } from './where';

/** Layers whose channelsFirst does not work in TensorFlow.js, though it is accepted. */
export const channelsFirst: Rule = {
  code: 'channels-first',
  title: "a layer whose 'channelsFirst' does not work",
  severity: 'warning',
  check: (reading) => [
    ...findingsBySite(reading, transposed, 'dataFormat'),
    ...findingsBySite(reading, refused, 'dataFormat').map((finding): Finding => ({ ...finding, severity: 'error' })),
  ],
};

const isFirst = ({ config }: LayerCase): boolean => textOf(config, 'dataFormat') === 'channelsFirst';

const transposed = (one: LayerCase, { className }: Site): string | undefined => {
  const { outputShape } = one;
  if (className !== 'Conv1D' || !isFirst(one) || outputShape === undefined || isShapeList(outputShape) || outputShape.length !== 3)
    return undefined;
  const [batch = null, filters = null, steps = null] = outputShape;
  return `The declared output is ${showShape(outputShape)}, and what comes out is ${showShape([batch, steps, filters])}: TensorFlow.js does not turn a conv1d's output back to 'channelsFirst'.`;
};

const refused = (one: LayerCase, { className }: Site): string | undefined =>
  className === 'SeparableConv2D' && isFirst(one) && one.config['useBias'] !== false
    ? "TensorFlow.js throws when the model runs: it adds the bias of a separableConv2d with 'channelsFirst' along the wrong axis."
    : undefined;
