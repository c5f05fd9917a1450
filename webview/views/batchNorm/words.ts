import { showCount } from '../../../src/model/shape';
import type { BatchNormIdentity, BatchNormReport } from '../../engine/contract/batchNorm';
import type { Channel, SwitchedOff } from '../../engine/batchNorm/formulas';
import { normalised } from '../../engine/batchNorm/formulas';
import { showValue } from '../words';

/** `1×56×56 = 3,136`: what m is made of. */
export const showM = ({ over, m }: Pick<BatchNormReport, 'over' | 'm'>): string =>
  over.length > 1 ? `${over.join('×')} = ${showCount(m)}` : showCount(m);

/** How many batches the moving average still needs. */
export const showBatches = (batches: number): string => (Number.isFinite(batches) ? showCount(batches) : 'never');

const REASONS: Readonly<Record<SwitchedOff, string>> = {
  gamma: 'gamma is 0: the output is beta, whatever comes in',
  input: 'the input is the same everywhere in this batch',
  output: 'the output is the same everywhere in this batch',
};

export const offText = (off: SwitchedOff): string => REASONS[off];

/** A negative number in the middle of a sum stands in brackets. */
const inSum = (value: number): string => (value < 0 ? `(${showValue(value)})` : showValue(value));

/** One line of the algorithm: what it says in letters, and with the channel's numbers. */
export interface Line {
  readonly letters: string;
  readonly numbers: string;
  readonly note?: string;
}

/**
 * The four lines of batch normalisation (Ioffe and Szegedy 2015, algorithm 1) for one channel and one of its inputs. At inference the
 * last two use the moving statistics; the first two then say what the batch's would be.
 */
export const fourLines = (channel: Channel, report: BatchNormReport, x: number): readonly [Line, Line, Line, Line] => {
  const { epsilon, training } = report;
  const { xhat, y } = normalised(x, channel, epsilon);
  const [mean, variance] = training ? ['μ_B', 'σ²_B'] : ['μ', 'σ²'];
  const unused = training ? [] : ['not used at inference'];
  return [
    {
      letters: 'μ_B = 1/m · Σ x',
      numbers: showValue(channel.batchMean),
      note: [...unused, `m = ${showM(report)}`].join('; '),
    },
    {
      letters: 'σ²_B = 1/m · Σ (x − μ_B)²',
      numbers: showValue(channel.batchVariance),
      ...(training ? {} : { note: unused.join('; ') }),
    },
    {
      letters: `x̂ = (x − ${mean}) / √(${variance} + ε)`,
      numbers: `(${showValue(x)} − ${inSum(channel.mean)}) / √(${showValue(channel.variance)} + ${showValue(epsilon)}) = ${showValue(xhat)}`,
    },
    {
      letters: 'y = γ · x̂ + β',
      numbers: `${showValue(channel.gamma)} · ${inSum(xhat)} + ${inSum(channel.beta)} = ${showValue(y)}`,
    },
  ];
};

/** A difference in deviations: which way the batch is off, and how many more like it the moving average needs. */
export const driftText = (channel: Channel, momentum: number): string => {
  const distance = `The batch\u2019s mean is ${showValue(Math.abs(channel.drift))} moving standard deviations ${channel.drift < 0 ? 'below' : 'above'} the moving mean`;
  const spread = `its variance is ${showValue(Math.abs(100 * channel.varianceDrift))} % ${channel.varianceDrift < 0 ? 'below' : 'above'} the moving one`;
  return `${distance}, ${spread}. ${batchesText(channel.batches, momentum)}`;
};

const batchesText = (batches: number, momentum: number): string => {
  if (batches === 0) return 'The moving average has arrived.';
  if (!Number.isFinite(batches)) return `With momentum ${showValue(momentum)} the moving average never arrives.`;
  return `With momentum ${showValue(momentum)} the moving average needs ${showCount(batches)} more such ${batches === 1 ? 'batch' : 'batches'} until less than 1 % is left.`;
};

/** What must be known about a layer before its numbers can be read; empty where there is nothing. */
export const remarks = (report: BatchNormReport): readonly string[] => {
  const { m, scale, center, momentum, channels } = report;
  const missing = [...(scale ? [] : ['scale: false']), ...(center ? [] : ['center: false'])].join(' and ');
  const means = Array.from(channels.movingMean);
  const variances = Array.from(channels.movingVariance);
  const unseen = means.every((value) => value === 0) && variances.every((value) => value === 1);
  return [
    ...(m === 1
      ? [
          'm is 1: a channel has a single value in this batch, so its variance is 0 and training mode gives beta for every input. Choose a larger batch.',
        ]
      : []),
    ...(missing === ''
      ? []
      : [
          `With ${missing} TensorFlow.js runs this layer at inference only: in training mode, and so in fit, it reads a weight that is not there and throws.`,
        ]),
    ...(momentum >= 0 && momentum < 1
      ? []
      : [
          `A momentum of ${showValue(momentum)} is accepted, but the moving statistics then never settle: it must be at least 0 and below 1.`,
        ]),
    ...(unseen ? ['The moving statistics stand where they began, mean 0 and variance 1: these weights have seen no batch.'] : []),
  ];
};

/** That the identity setting hands the input on, with the figure that shows it. */
export const identityText = ({ difference, largest, values }: BatchNormIdentity): string => {
  const equal = difference <= 1e-4 * Math.max(1, largest);
  return `${equal ? 'The output equals the input' : 'The output is not the input'}: of ${showCount(values)} values the largest difference is ${showValue(difference)}, where inputs go up to ${showValue(largest)}.`;
};

/** What holds for all channels: m, the options, and what stands out. */
export const summary = (report: BatchNormReport, channels: readonly Channel[]): string => {
  const off = channels.filter((channel) => channel.off !== undefined).length;
  const [furthest] = [...channels].sort((a, b) => Math.abs(b.drift) - Math.abs(a.drift));
  return [
    `m = ${showM(report)} values a channel`,
    `ε ${showValue(report.epsilon)}`,
    `momentum ${showValue(report.momentum)}`,
    `normalises with the ${report.training ? 'batch’s' : 'moving'} statistics`,
    ...(furthest ? [`largest drift ${showValue(furthest.drift)} (channel ${furthest.index})`] : []),
    ...(off > 0 ? [`${showCount(off)} of ${showCount(channels.length)} channels switched off`] : []),
  ].join(' · ');
};
