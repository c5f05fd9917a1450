import type { JSX } from 'preact';
import { usePanel } from './context';

/** Scores beyond this many are shown by the best ones alone. */
const ALL = 10;
const BEST = 3;

interface Score {
  readonly index: number;
  readonly name: string;
  readonly part: number;
}

/** `98 %`, `0.4 %`; what is not quite certain is not rounded to certainty. */
const percent = (part: number): string => {
  if (part >= 0.9995) return part < 1 ? '>99.9 %' : '100 %';
  return `${part >= 0.0995 && part < 0.995 ? Math.round(100 * part) : (100 * part).toFixed(1)} %`;
};

/** What a softmax at the model's end says: the best class in words, all classes (or the best three) as bars. */
export const Scores = (): JSX.Element | null => {
  const { store } = usePanel();
  const built = store.built.value;
  const output = store.numbers.value?.output;
  const step = built?.steps.find((one) => one.key === output?.key);
  if (!built || !output || !step || (step.activation !== 'softmax' && step.className !== 'Softmax')) return null;
  const scores = output.values.map((part, index): Score => ({ index, name: built.classNames[index] ?? `class ${index}`, part }));
  const best = [...scores].sort((a, b) => b.part - a.part);
  const [first] = best;
  if (!first || !Number.isFinite(first.part)) return null;
  return (
    <div
      class="scores"
      role="group"
      aria-label={`Class scores, best first: ${best
        .slice(0, BEST)
        .map((score) => `${score.name} ${percent(score.part)}`)
        .join(', ')}`}
    >
      {/* What random weights decide is no verdict; the bars show it for what it is. */}
      {built.weights.kind === 'shipped' && (
        <div class="verdict" data-class={first.name} data-score={first.part}>
          <b>{first.name}</b> {percent(first.part)}
        </div>
      )}
      {scores.length <= ALL ? <Columns scores={scores} best={first.index} /> : <Rows scores={best.slice(0, BEST)} />}
    </div>
  );
};

const Columns = ({ scores, best }: { readonly scores: readonly Score[]; readonly best: number }): JSX.Element => (
  <div class="columns" aria-hidden="true">
    {scores.map((score) => (
      <div class={score.index === best ? 'column best' : 'column'} key={score.index} title={`${score.name}: ${percent(score.part)}`}>
        <span class="column-room">
          <span class="column-bar" style={{ height: `${100 * score.part}%` }} />
        </span>
        <span class="column-name">{score.name.replace('class ', '')}</span>
      </div>
    ))}
  </div>
);

const Rows = ({ scores }: { readonly scores: readonly Score[] }): JSX.Element => (
  <div class="bars" aria-hidden="true">
    {scores.map((score) => (
      <div class="bar" key={score.index}>
        <span class="bar-name">{score.name}</span>
        <span class="bar-room">
          <span class="bar-part" style={{ width: `${100 * score.part}%` }} />
        </span>
        <span class="bar-value">{percent(score.part)}</span>
      </div>
    ))}
  </div>
);
