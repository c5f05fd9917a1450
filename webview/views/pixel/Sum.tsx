import type { JSX } from 'preact';
import type { PixelReport } from '../../engine/contract/pixel';
import type { Arithmetic, ArithmeticRule } from '../../engine/pixel/arithmeticTypes';
import { optionsOf } from '../../state/options';
import { usePanel } from '../context';
import { showValue } from '../words';
import { exact, termText } from './words';

const HEADS: Readonly<Record<ArithmeticRule, string>> = {
  products: 'products of input and kernel',
  sum: 'values that are added',
  product: 'values that are multiplied',
  mean: 'values that are averaged',
  maximum: 'values of which the largest counts',
  minimum: 'values of which the smallest counts',
  steps: '',
  copy: 'value that is passed on',
  none: '',
};

/** The terms, the largest first, and what is done with their sum. What comes from a layer leads to the line that made it. */
export const Sum = ({ report }: { readonly report: PixelReport }): JSX.Element => {
  const { store } = usePanel();
  const { arithmetic } = report.recomputed;
  const step = store.built.value?.steps.find(({ key }) => key === report.key);
  const graph = store.model.value?.graph;
  const activation = step && graph && optionsOf(graph, step)['activation'];
  const writesActivation = (label: string): boolean => label === activation;
  return (
    <div class="sum">
      {arithmetic.count > 0 && <Terms arithmetic={arithmetic} report={report} />}
      {arithmetic.lines.length > 0 && (
        <dl class="lines">
          {arithmetic.lines.map(({ kind, label, value }, k) => (
            <div key={k} class={kind}>
              <dt>
                {kind === 'operand' && LAYER_OPTIONS.has(label) ? (
                  <Source report={report} label={label} />
                ) : kind === 'result' && writesActivation(label) ? (
                  <Source report={report} label={label} option="activation" />
                ) : (
                  label
                )}
              </dt>
              <dd>
                {kind === 'result' ? '= ' : ''}
                {exact(value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
};

/** Numbers that the layer itself holds, as weights or options. */
const LAYER_OPTIONS = new Set(['bias', 'gamma', 'beta', 'moving mean', 'moving variance', 'epsilon', 'alpha', 'theta', 'scale', 'offset']);

/** Leads to the source of the layer that the value belongs to. */
const Source = ({
  report,
  label,
  option,
}: {
  readonly report: PixelReport;
  readonly label: string;
  /** Leads to this option of the layer, not to the whole of it. */
  readonly option?: string;
}): JSX.Element => {
  const { store, controller } = usePanel();
  const step = store.built.value?.steps.find((one) => one.key === report.key);
  if (!step?.site) return <>{label}</>;
  return (
    <button
      type="button"
      class="link"
      title={`${step.name}, line ${step.site.line}`}
      onClick={() => controller.reveal(report.key, false, option)}
    >
      {label}
    </button>
  );
};

const Terms = ({ arithmetic, report }: { readonly arithmetic: Arithmetic; readonly report: PixelReport }): JSX.Element => {
  const { terms, count, rest, padded, rule } = arithmetic;
  const several = report.parents.length > 1;
  return (
    <>
      <p class="terms-head">
        {count.toLocaleString('en-US')} {HEADS[rule]}
        {padded > 0 && `, ${padded.toLocaleString('en-US')} more on padding`}; inputs from <Parents report={report} />
        {rule === 'products' && (
          <>
            , weights of <Source report={report} label="the layer" />
          </>
        )}
        .
      </p>
      <ol class="terms" aria-label="Terms, the largest first" tabIndex={0}>
        {terms.map((term, k) => (
          <li key={k}>
            <span class="term-place">
              {several ? `${report.parents[term.input]?.name ?? ''} ` : ''}[{term.at.join(', ')}]
            </span>{' '}
            {termText(term)}
          </li>
        ))}
        {rest.count > 0 && (
          <li class="rest">
            {rest.count.toLocaleString('en-US')} more: {showValue(rest.sum)} in all
          </li>
        )}
      </ol>
    </>
  );
};

/** The layers that gave the inputs, each leading to its source. */
const Parents = ({ report }: { readonly report: PixelReport }): JSX.Element => {
  const { controller } = usePanel();
  return (
    <>
      {report.parents.map((parent, k) => (
        <span key={parent.key}>
          {k > 0 ? ', ' : ''}
          <button type="button" class="link" onClick={() => controller.reveal(parent.key)}>
            {parent.name}
          </button>
        </span>
      ))}
    </>
  );
};
