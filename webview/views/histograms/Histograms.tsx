import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { NamedDistribution } from '../../engine/contract/histograms';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import type { Tab } from '../detail/tabs';
import { Histogram } from './Histogram';
import { LogSwitch } from './LogSwitch';
import { figureRows } from './words';

/** How the layer's outputs and each of its weights are spread. */
const Histograms = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { distributions } = usePanel();
  useEffect(() => {
    distributions.open.value = step.key;
    return () => (distributions.open.value = undefined);
  }, [distributions, step.key]);
  const outputs = distributions.outputs.state.value;
  const weights = distributions.weights.state.value;
  const mine = [outputs, weights].flatMap((loaded) => (loaded.key?.key === step.key ? (loaded.value ?? []) : []));
  const waits = outputs.loading || weights.loading;
  const error = outputs.error ?? weights.error;
  return (
    <div class="histograms" aria-busy={waits}>
      <div class="tools">
        <LogSwitch />
        <span class="histograms-state">{waits ? 'Counting…' : '\u00a0'}</span>
      </div>
      {error !== undefined && <p class="not-run">The values cannot be counted: {error}</p>}
      {mine.map((named) => (
        <Distributed key={named.name} named={named} of={step.name} logarithmic={distributions.logarithmic.value} />
      ))}
    </div>
  );
};

interface DistributedProps {
  readonly named: NamedDistribution;
  readonly of: string;
  readonly logarithmic: boolean;
}

const Distributed = ({ named, of, logarithmic }: DistributedProps): JSX.Element => (
  <section class="distribution" aria-label={`${named.name} of ${of}`} data-distribution={named.name}>
    <h3>
      {named.name} <span class="heading-class">{named.shape.join('×')}</span>
    </h3>
    <Histogram distribution={named.distribution} name={`${named.name} of ${of}`} logarithmic={logarithmic} />
    <dl class="distribution-figures">
      {figureRows(named.distribution.figures).map(({ name, text, alarm }) => (
        <div key={name} class={alarm ? 'alarm' : undefined} data-figure={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </section>
);

export const histogramsTab: Tab = { id: 'histograms', label: 'Histograms', offered: () => true, View: Histograms };
