import type { JSX } from 'preact';
import { showGiven } from '../../src/model/given';
import { usePanel } from './context';

/** What the source leaves open, with the answers that were given; each is asked for again by its button. */
export const GivenValues = (): JSX.Element | null => {
  const { store, controller } = usePanel();
  const { leftOpen = [], given = [] } = store.model.value ?? {};
  if (leftOpen.length === 0) return null;
  return (
    <span class="given">
      {leftOpen.map(({ name, reason }) => {
        const answer = given.find((one) => one.name === name);
        return (
          <button
            key={name}
            class="button"
            type="button"
            title={`The source does not tell it (${reason}). ${answer ? 'Change the value' : 'Give a value'}.`}
            onClick={() => controller.ask(name)}
          >
            {answer ? showGiven(answer) : `${name} = ?`}
          </button>
        );
      })}
    </span>
  );
};
