import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { channelsOf, type Channel } from '../../engine/batchNorm/formulas';
import type { BatchNormReport } from '../../engine/contract/batchNorm';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import type { Tab } from '../detail/tabs';
import { LogSwitch } from '../histograms/LogSwitch';
import { ChannelTable } from './ChannelTable';
import { ChannelView } from './ChannelView';
import { nextSort, sorted, type Sort } from './columns';
import { Identity } from './Identity';
import { remarks, summary } from './words';

/** A batch normalization: all of its channels, and the algorithm with the numbers of one. */
const BatchNorm = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { normalization } = usePanel();
  useEffect(() => {
    normalization.show(step.key);
    return () => normalization.show(undefined);
  }, [normalization, step.key]);
  const { value, error } = normalization.report.state.value;
  if (error !== undefined) return <p class="not-run">The layer’s figures cannot be read: {error}</p>;
  if (value?.key !== step.key) return <p class="batch-norm-wait">Reading the layer’s figures…</p>;
  return <Report report={value} />;
};

const Report = ({ report }: { readonly report: BatchNormReport }): JSX.Element => {
  const { normalization, distributions } = usePanel();
  const identity = normalization.identity.value;
  const channels = useMemo(() => channelsOf(report.channels, { ...report, identity }), [report, identity]);
  const selected = channels[normalization.channel.value] ?? channels[0];
  const { value } = normalization.values.state.value;
  const values = value?.key === report.key && value.channel === selected?.index && value.identity === identity ? value : undefined;
  return (
    <div class="batch-norm">
      <p class="batch-norm-summary">{summary(report, channels)}</p>
      {remarks(report).map((text) => (
        <p key={text} class="batch-norm-remark">
          {text}
        </p>
      ))}
      <div class="tools">
        <Identity />
        <LogSwitch />
      </div>
      <Channels channels={channels} selected={selected?.index ?? 0} />
      {selected && <ChannelView channel={selected} report={report} values={values} logarithmic={distributions.logarithmic.value} />}
    </div>
  );
};

const Channels = ({ channels, selected }: { readonly channels: readonly Channel[]; readonly selected: number }): JSX.Element => {
  const { normalization } = usePanel();
  const [sort, setSort] = useState<Sort>({ by: 'index', descending: false });
  const rows = useMemo(() => sorted(channels, sort), [channels, sort]);
  return (
    <ChannelTable
      channels={rows}
      selected={selected}
      sort={sort}
      choose={(channel) => (normalization.channel.value = channel)}
      sortBy={(column) => setSort(nextSort(sort, column))}
    />
  );
};

export const batchNormTab: Tab = {
  id: 'batch-norm',
  label: 'Batch norm',
  offered: (step) => step.className === 'BatchNormalization',
  preferred: () => true,
  View: BatchNorm,
};
