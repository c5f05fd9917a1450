import type { JSX } from 'preact';
import type { LayerFit, WeightsReport } from '../../engine/contract/weights';
import { usePanel } from '../context';
import { differenceText, extraText, fitText, isMixed, reportText } from './words';

/** Layers that are listed at most. */
const MOST_LAYERS = 500;

/** What became of the weights file that was chosen: a sentence, and the layers one by one. */
export const WeightsNotice = (): JSX.Element | null => {
  const { weights } = usePanel();
  const { report, problem } = weights.told.value ?? {};
  return (
    <>
      {problem !== undefined && (
        <p class="notice warn weights-problem" role="alert">
          {problem} <Dismiss />
        </p>
      )}
      {report && <Report report={report} />}
    </>
  );
};

const Report = ({ report }: { readonly report: WeightsReport }): JSX.Element => {
  const { weights } = usePanel();
  const mixed = isMixed(report);
  return (
    <div class={mixed ? 'notice warn weights-report' : 'notice weights-report'}>
      <p>
        {reportText(report)} <Dismiss />
        {report.parameters > 0 && (
          <button
            type="button"
            class="link"
            title="Go back to the weights that the model has without the file."
            onClick={() => void weights.forget()}
          >
            Forget this file
          </button>
        )}
      </p>
      <details>
        <summary>Layer by layer</summary>
        <ul class="fits">
          {report.layers.slice(0, MOST_LAYERS).map((fit) => (
            <Fit key={fit.key} fit={fit} />
          ))}
          {report.layers.length > MOST_LAYERS && <li>and {report.layers.length - MOST_LAYERS} more layers</li>}
          {report.extras > 0 && (
            <li data-fit="extra">
              <b>In the file only</b> {extraText(report)}
            </li>
          )}
        </ul>
      </details>
    </div>
  );
};

const Fit = ({ fit }: { readonly fit: LayerFit }): JSX.Element => {
  const differences = fit.outcome === 'differs' ? fit.weights.map(differenceText).filter((text) => text !== undefined) : [];
  return (
    <li data-fit={fit.outcome}>
      <b>{fit.layer}</b> {fitText(fit)}
      {differences.length > 0 && `: ${differences.join('; ')}`}
    </li>
  );
};

const Dismiss = (): JSX.Element => {
  const { weights } = usePanel();
  return (
    <button type="button" class="link" onClick={() => weights.dismiss()}>
      Dismiss
    </button>
  );
};
