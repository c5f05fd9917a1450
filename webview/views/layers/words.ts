import { showCount } from '../../../src/model/shape';
import type { StepInfo } from '../../engine/contract/program';
import type { LayerRan } from '../../engine/contract/run';
import type { Fold } from '../../state/folding/tree';
import { editsText, editText } from '../editWords';
import { showParams, showSizes } from '../words';

/** What became of a layer: it ran or will, it cannot, or nothing reached it. */
export const stateOf = (step: StepInfo, ran: LayerRan | undefined): 'runs' | 'stopped' | 'unreached' => {
  if ((ran?.stop ?? step.stop) !== undefined) return 'stopped';
  return (ran?.unreached ?? step.unreached) ? 'unreached' : 'runs';
};

/** A layer's row for who cannot see it. */
export const layerText = (step: StepInfo, ran: LayerRan | undefined): string => {
  const what = [...step.path, step.name].join(' / ');
  const state = stateOf(step, ran);
  if (state === 'stopped') return `${what}, ${step.className}, did not run: ${ran?.stop ?? step.stop ?? ''}`;
  if (state === 'unreached') return `${what}, ${step.className}, not reached`;
  const edited = editText(step);
  return `${what}, ${step.className}, ${showSizes(step.shape)}, ${showParams(step)} parameters${edited === undefined ? '' : `, ${edited}`}`;
};

/** `3 blocks, 32 layers`, `12 layers`. */
export const foldCounts = ({ of, children, steps }: Fold): string => {
  const layers = `${steps.length.toLocaleString('en-US')} layers`;
  const blocks = children.filter((child) => child.kind === 'fold').length;
  return of === 'stage' && blocks > 1 ? `${blocks} blocks, ${layers}` : layers;
};

export const foldParams = ({ steps }: Fold): string => showCount(steps.reduce((total, step) => total + step.params, 0));

/** The last layer of a fold: what the fold gives. */
export const lastOf = ({ steps }: Fold): StepInfo | undefined => steps[steps.length - 1];

/** Sum of measured times, milliseconds. */
export const foldTime = ({ steps }: Fold, rows: ReadonlyMap<string, LayerRan>): number =>
  steps.reduce((total, step) => total + (rows.get(step.key)?.milliseconds ?? 0), 0);

export const foldText = (fold: Fold): string => {
  const edited = editsText(fold.steps);
  const what = `${fold.title}, ${foldCounts(fold)}, ${showSizes(lastOf(fold)?.shape)}, ${foldParams(fold)} parameters`;
  return edited === undefined ? what : `${what}, ${edited}`;
};

/** The layer whose picture stands for a closed fold: the last that ran or will. */
export const shownIn = ({ steps }: Fold, rows: ReadonlyMap<string, LayerRan>): StepInfo | undefined =>
  [...steps].reverse().find((step) => stateOf(step, rows.get(step.key)) === 'runs');
