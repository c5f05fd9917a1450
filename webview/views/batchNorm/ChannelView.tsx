import type { JSX } from 'preact';
import type { Channel } from '../../engine/batchNorm/formulas';
import { normalised } from '../../engine/batchNorm/formulas';
import type { BatchNormChannel, BatchNormReport } from '../../engine/contract/batchNorm';
import { Histogram } from '../histograms/Histogram';
import { showValue } from '../words';
import { driftText, fourLines, offText } from './words';

interface ChannelViewProps {
  readonly channel: Channel;
  readonly report: BatchNormReport;
  /** undefined until it was read. */
  readonly values: BatchNormChannel | undefined;
  readonly logarithmic: boolean;
}

/** One channel: the algorithm with its numbers, its values before and after, and how far the batch is from the moving statistics. */
export const ChannelView = ({ channel, report, values, logarithmic }: ChannelViewProps): JSX.Element => (
  <section class="channel" aria-label={`Channel ${channel.index}`}>
    <h3>Channel {channel.index}</h3>
    {channel.off !== undefined && <p class="channel-off">Switched off: {offText(channel.off)}.</p>}
    <FourLines channel={channel} report={report} values={values} />
    <p class="channel-drift">{driftText(channel, report.momentum)}</p>
    <div class="channel-histograms">
      <Values title="before" values={values} of="before" logarithmic={logarithmic} />
      <Values title="after" values={values} of="after" logarithmic={logarithmic} />
    </div>
  </section>
);

type FourLinesProps = Pick<ChannelViewProps, 'channel' | 'report' | 'values'>;

const FourLines = ({ channel, report, values }: FourLinesProps): JSX.Element => {
  const sample = values?.sample;
  return (
    <>
      <ol class="four-lines" aria-label="Batch normalisation, line by line">
        {fourLines(channel, report, sample?.x ?? Number.NaN).map(({ letters, numbers, note }) => (
          <li key={letters}>
            <span class="four-lines-letters">{letters}</span>
            <span class="four-lines-numbers"> = {numbers}</span>
            {note !== undefined && <span class="four-lines-remark"> {note}</span>}
          </li>
        ))}
      </ol>
      <p class="four-lines-note">{sample ? sampleText(channel, report, sample) : '\u00a0'}</p>
    </>
  );
};

/** Which value x is, and whether the layer's own output agrees with the last line. */
const sampleText = (channel: Channel, report: BatchNormReport, sample: NonNullable<BatchNormChannel['sample']>): string => {
  const { y } = normalised(sample.x, channel, report.epsilon);
  const agrees = Math.abs(y - sample.y) <= 1e-3 * Math.max(1, Math.abs(y));
  const output = agrees
    ? 'The layer\u2019s output there is the same.'
    : `The layer\u2019s output there is ${showValue(sample.y)}: what this backend computes is not the formula.`;
  return `x is the channel\u2019s largest input, at [${sample.at.join(', ')}]. ${output}`;
};

interface ValuesProps {
  readonly title: string;
  readonly values: BatchNormChannel | undefined;
  readonly of: 'before' | 'after';
  readonly logarithmic: boolean;
}

const Values = ({ title, values, of, logarithmic }: ValuesProps): JSX.Element => {
  const distribution = values?.[of];
  return (
    <div class="channel-values" data-values={of}>
      <span class="caption">{title}</span>
      {distribution && (
        <>
          <span>
            mean {showValue(distribution.figures.mean)} · std {showValue(distribution.figures.std)}
          </span>
          <Histogram distribution={distribution} name={`the channel\u2019s values ${title} the layer`} logarithmic={logarithmic} />
        </>
      )}
    </div>
  );
};
