import type { JSX } from 'preact';
import { hitsText, nextHit } from '../../state/search';
import { usePanel } from '../context';

/** Finds layers by name, class, shape or source line. Arrows go through what was found, Escape clears. */
export const Search = (): JSX.Element => {
  const { store, controller, layers } = usePanel();
  const hits = layers.hits.value;
  const press = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0;
    if (event.key === 'Escape') layers.query.value = '';
    if (by === 0) return;
    event.preventDefault();
    const hit = nextHit(layers.steps.value, hits, store.selected.value, by);
    if (hit) controller.choose(hit.key, false);
  };
  return (
    <div class="search" role="search">
      <input
        type="search"
        value={layers.query.value}
        placeholder="Find layers"
        title="Name, class, shape (28×28) or source line (line 14). Arrows go through what was found, Escape clears."
        aria-label="Find layers by name, class, shape or source line"
        spellcheck={false}
        onInput={(event) => (layers.query.value = event.currentTarget.value)}
        onKeyDown={press}
      />
      <span class="hits" role="status">
        {layers.searching.value ? hitsText(hits, store.selected.value) : ''}
      </span>
    </div>
  );
};
