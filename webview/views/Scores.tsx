import type { JSX } from 'preact';
import type { Prediction } from '../engine/contract/predictions';
import type { Built } from '../engine/contract/program';
import { usePanel } from './context';
import { Columns, Rows } from './predictions/Bars';
import { ClassNames } from './predictions/ClassNames';
import { isTrained } from './words';
import { kindText, percent, ranked, scoreText } from './predictions/words';

/** Scores beyond this many are shown by the best ones alone. */
const ALL = 10;
const BEST = 5;
/** Longer names have no room below a column. */
const SHORT = 2;
/** The longest output that is shown as a list. */
const MOST_VALUES = 1000;
/** Outputs that are shown. */
const MOST_OUTPUTS = 3;

/** What the model says: each of its outputs that is a list of values, as bars. */
export const Scores = (): JSX.Element | null => {
  const { store, predictions } = usePanel();
  const built = store.built.value;
  const { value } = predictions.list.state.value;
  const keys = new Set(built?.steps.map((step) => step.key));
  const shown = (value ?? []).filter((one) => keys.has(one.key));
  if (!built) return null;
  // The room is there before the scores are, so that nothing moves when they come.
  if (shown.length === 0) return <div class={manyValues(built) ? 'outputs many' : 'outputs'} aria-hidden="true" />;
  const several = shown.length > 1;
  return (
    <div class={manyValues(built) ? 'outputs many' : 'outputs'}>
      {shown.slice(0, MOST_OUTPUTS).map((prediction) => (
        <Output key={prediction.key} prediction={prediction} title={several ? prediction.name : undefined} />
      ))}
      {shown.length > MOST_OUTPUTS && <span class="caption">and {shown.length - MOST_OUTPUTS} more outputs</span>}
    </div>
  );
};

/** True where the last output is a list that is too long for columns. */
const manyValues = ({ steps }: Built): boolean => {
  const sizes = steps.at(-1)?.shape?.slice(1) ?? [];
  return sizes.length === 1 && (sizes[0] ?? 0) > ALL && (sizes[0] ?? 0) <= MOST_VALUES;
};

const Output = ({ prediction, title }: { readonly prediction: Prediction; readonly title: string | undefined }): JSX.Element => {
  const { store, predictions } = usePanel();
  const built = store.built.value;
  const { values, kind } = prediction;
  const file = predictions.names.value;
  const given = [built?.classNames ?? [], file?.names ?? []].find((names) => names.length === values.length);
  const scores = ranked(prediction, given);
  const [first] = scores;
  const best = scores.slice(0, BEST);
  const note = kindText(prediction);
  const fits = scores.length <= ALL && scores.every(({ name }) => name.replace('class ', '').length <= SHORT);
  const trained = built !== undefined && isTrained(built);
  return (
    <div
      class="scores"
      role="group"
      aria-label={`${title ?? 'Class scores'}, best first: ${best.map((score) => `${score.name} ${scoreText(prediction, score)}`).join(', ')}`}
      data-output={prediction.name}
    >
      {/* What random weights decide, all or some of them, is no verdict; the bars show it for what it is. */}
      {trained && kind === 'softmax' && first && Number.isFinite(first.value) && (
        <div class="verdict" data-class={first.name} data-score={first.value}>
          <b>{first.name}</b> {percent(first.value)}
        </div>
      )}
      <div class="scores-bars">
        {(title ?? note) !== undefined && <span class="scores-kind">{[title, note].filter((text) => text !== undefined).join(': ')}</span>}
        {kind === 'softmax' && fits ? <Columns prediction={prediction} scores={scores} /> : <Rows prediction={prediction} scores={best} />}
      </div>
      {values.length > 1 && built?.weights.kind !== 'shipped' && <ClassNames values={values.length} />}
    </div>
  );
};
