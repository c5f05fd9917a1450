import type { JSX } from 'preact';
import type { PixelReport } from '../../engine/contract/pixel';
import { optionsOf, windowOptions } from '../../state/options';
import { usePanel } from '../context';

/** How the layer's window slides, in the source's own options; each that is written there leads to its place. */
export const Options = ({ report }: { readonly report: PixelReport }): JSX.Element | null => {
  const { store, controller } = usePanel();
  const step = store.built.value?.steps.find(({ key }) => key === report.key);
  const graph = store.model.value?.graph;
  if (!step || !graph) return null;
  const shown = windowOptions(step.className, optionsOf(graph, step));
  if (shown.length === 0) return null;
  return (
    <>
      {shown.map(({ option, value, written }) =>
        written ? (
          <button
            key={option}
            type="button"
            class="link"
            title={`Mark ${option} in the source`}
            onClick={() => controller.reveal(report.key, false, option)}
          >
            {option} {value}
          </button>
        ) : (
          <span key={option} title="Not written in the source: TensorFlow.js’ own value">
            {option} {value}
          </span>
        ),
      )}
    </>
  );
};
