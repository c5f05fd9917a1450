import type { JSX } from 'preact';
import type { PixelReport } from '../engine/contract/pixel';
import { usePanel } from './context';
import { Icon } from './Icon';
import { FieldPicture } from './pixel/FieldPicture';
import { Scrubber } from './pixel/Scrubber';
import { Sum } from './pixel/Sum';
import { Window } from './pixel/Window';
import { SavePicture } from './SavePicture';
import { placeText, resultText } from './pixel/words';

/** One value of a map: where it comes from, and how. Open while a value is chosen. */
export const Dock = (): JSX.Element | null => {
  const { pixel, controller } = usePanel();
  const chosen = pixel.chosen.value;
  const step = pixel.step.value;
  if (!chosen || !step) return null;
  const { value: report, error } = pixel.report.state.value;
  const shown = report?.key === chosen.key ? report : undefined;
  return (
    <section
      class="dock"
      aria-label={`Value of ${step.name}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') pixel.close();
      }}
    >
      <div class="dock-head">
        <h2>
          <button type="button" class="link" title="Show the layer's source" onClick={() => controller.choose(chosen.key, false)}>
            {step.name}
          </button>{' '}
          {placeText(step.layout, chosen)}
        </h2>
        <Scrubber step={step} chosen={chosen} />
        <SavePicture of="dock-body" name={`${step.name} value`} />
        <button type="button" class="tool dock-close" aria-label="Close" title="Close (Escape)" onClick={() => pixel.close()}>
          <Icon name="close" />
        </button>
      </div>
      <p class="dock-result" role="status" data-value={shown?.recomputed.arithmetic.value} data-device={shown?.recomputed.device}>
        {shown ? resultText(step, shown) : (error ?? 'Reading the value.')}
      </p>
      {shown && <Body report={shown} />}
    </section>
  );
};

const Body = ({ report }: { readonly report: PixelReport }): JSX.Element => (
  <div class="dock-body" id="dock-body">
    <FieldPicture report={report} />
    <Window report={report} />
    <Sum report={report} />
  </div>
);
