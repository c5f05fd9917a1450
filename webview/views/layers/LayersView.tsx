import type { JSX } from 'preact';
import { usePanel } from '../context';
import { Graph } from './graph/Graph';
import { List } from './List';
import { Search } from './Search';

/** The layers of the model, as a list or as a graph; both show the same selection, the same folds and what is searched for. */
export const LayersView = (): JSX.Element => {
  const { layers } = usePanel();
  const shape = layers.shape.value;
  return (
    <nav class="layers" aria-label="Layers" data-shape={shape}>
      <div class="layer-tools">
        <div class="choice" role="radiogroup" aria-label="Show layers as">
          {(['list', 'graph'] as const).map((one) => (
            <button key={one} type="button" role="radio" aria-checked={shape === one} onClick={() => layers.setShape(one)}>
              {one}
            </button>
          ))}
        </div>
        <Search />
      </div>
      {shape === 'list' ? <List /> : <Graph />}
    </nav>
  );
};
