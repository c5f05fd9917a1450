import { flagOf } from '../model/config';
import type { LayerCase } from '../model/reading';
import type { Finding, Rule } from './rule';
import { fittedSites } from './training';
import { spanAt } from './where';

/** A batch norm without scale or offset in a model that is trained: it predicts, and fit throws. */
export const batchNormInFit: Rule = {
  code: 'batch-norm-in-fit',
  title: 'a batch norm without scale or center that is trained',
  severity: 'error',
  check: (reading) =>
    [...fittedSites(reading)].flatMap(([site, { fit }]): readonly Finding[] =>
      site.className === 'BatchNormalization' && site.cases.length > 0 && site.cases.every(lacksWeight)
        ? [
            {
              span: spanAt(site, 'scale', 'center'),
              message:
                "Training throws (Cannot read properties of undefined): TensorFlow.js' batch norm asks for its scale and its offset in training, even where scale or center is false.",
              related: [{ at: { path: reading.path, ...fit }, message: 'the model is trained here' }],
            },
          ]
        : [],
    ),
};

const lacksWeight = ({ config }: LayerCase): boolean => flagOf(config, 'scale', true) === false || flagOf(config, 'center', true) === false;
