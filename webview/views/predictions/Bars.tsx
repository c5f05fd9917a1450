import type { JSX } from 'preact';
import type { Prediction } from '../../engine/contract/predictions';
import { scoreText, type Score } from './words';

interface BarsProps {
  readonly prediction: Prediction;
  readonly scores: readonly Score[];
}

/** The length of a bar, 0 to 1: of a part the part itself, of raw values their share of the largest. */
const lengthOf = (prediction: Prediction, value: number): number => {
  if (!Number.isFinite(value)) return 0;
  if (prediction.kind !== 'values') return Math.min(1, Math.max(0, value));
  const most = Math.max(...prediction.values.map(Math.abs).filter(Number.isFinite), Number.MIN_VALUE);
  return Math.abs(value) / most;
};

/** All classes side by side, in their own order; for the few that fit. */
export const Columns = ({ prediction, scores }: BarsProps): JSX.Element => (
  <div class="columns" aria-hidden="true">
    {[...scores]
      .sort((a, b) => a.index - b.index)
      .map((score) => (
        <div
          class={score.index === scores[0]?.index ? 'column best' : 'column'}
          key={score.index}
          title={`${score.name}: ${scoreText(prediction, score)}`}
        >
          <span class="column-room">
            <span class="column-bar" style={{ height: `${100 * lengthOf(prediction, score.value)}%` }} />
          </span>
          <span class="column-name">{score.name.replace('class ', '')}</span>
        </div>
      ))}
  </div>
);

/** The best classes, one below the other. */
export const Rows = ({ prediction, scores }: BarsProps): JSX.Element => (
  <div class="bars" aria-hidden="true">
    {scores.map((score) => (
      <div class="bar" key={score.index} data-class={score.index}>
        <span class="bar-name" title={score.name}>
          {score.name}
        </span>
        <span class="bar-room">
          <span
            class={score.value < 0 ? 'bar-part negative' : 'bar-part'}
            style={{ width: `${100 * lengthOf(prediction, score.value)}%` }}
          />
        </span>
        <span class="bar-value">{scoreText(prediction, score)}</span>
      </div>
    ))}
  </div>
);
