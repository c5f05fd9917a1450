import type { JSX } from 'preact';
import { usePanel } from '../context';
import { Mode } from '../Mode';
import { Scores } from '../Scores';
import { BatchChoice } from './BatchChoice';
import { useDroppedPictures } from './dropping';
import { FeedChoice } from './FeedChoice';

/** What is fed in, what else could be, and what comes out. */
export const InputRow = (): JSX.Element | null => {
  const { store, inputs } = usePanel();
  useDroppedPictures(inputs);
  const built = store.built.value;
  if (!built || built.feeds.length === 0 || built.refused !== undefined) return null;
  const chosen = inputs.chosen.value;
  const refusal = inputs.refusal.value;
  return (
    <section class="input" aria-label="Input and result">
      <div class="input-choice">
        {chosen.map(({ feed, source, held }, index) => (
          <FeedChoice key={feed.name} feed={feed} source={source} held={held} isOneOfMany={chosen.length > 1}>
            {index === 0 && <BatchChoice source={source} />}
            {index === 0 && <Mode />}
            {index === 0 && inputs.reading.value && <span role="status">Reading the picture…</span>}
          </FeedChoice>
        ))}
        {refusal !== undefined && (
          <div class="refusal" role="alert">
            {refusal}
          </div>
        )}
      </div>
      <Scores />
    </section>
  );
};
