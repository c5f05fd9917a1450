import { numbersOf } from '../model/config';
import type { Site } from '../model/reading';
import type { Finding, Rule } from './rule';
import { fittedSites } from './training';
import { spanAt } from './where';

/** Convolutions whose gradient TensorFlow.js does not know where they are dilated; the others ignore the dilation, or are of no such kind. */
const AXES: Readonly<Record<string, number>> = { Conv1D: 1, Conv2D: 2, SeparableConv2D: 2 };

/** A dilated convolution in a model that is trained: it predicts, and fit throws. */
export const dilationInFit: Rule = {
  code: 'dilation-in-fit',
  title: 'a dilated convolution that is trained',
  severity: 'error',
  check: (reading) =>
    [...fittedSites(reading)].flatMap(([site, { fit }]): readonly Finding[] =>
      isDilated(site)
        ? [
            {
              span: spanAt(site, 'dilationRate'),
              message:
                'Training throws: TensorFlow.js has no gradient for a convolution with a dilationRate above 1. The model only predicts.',
              related: [{ at: { path: reading.path, ...fit }, message: 'the model is trained here' }],
            },
          ]
        : [],
    ),
};

function isDilated({ className, cases }: Site): boolean {
  const axes = Object.hasOwn(AXES, className) ? AXES[className] : undefined;
  return (
    axes !== undefined &&
    cases.length > 0 &&
    cases.every(
      ({ config, trainableParams }) => trainableParams !== 0 && (numbersOf(config, 'dilationRate', axes)?.some((one) => one > 1) ?? false),
    )
  );
}
