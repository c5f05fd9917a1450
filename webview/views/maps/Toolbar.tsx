import type { JSX } from 'preact';
import { ZOOMS, type Zoom } from '../../draw/sizes';
import type { Picture, Shown } from '../../engine/contract/picture';
import type { StepInfo } from '../../engine/contract/program';
import type { FilterView } from '../../engine/filters/kernels';
import { hasFused, hasWinners } from '../../engine/maps/offers';
import { SORTS, type TileChoices } from '../../state/tileChoices';
import { usePanel } from '../context';

interface ToolbarProps {
  readonly step: StepInfo;
  readonly picture: Picture | undefined;
}

/** What is shown of a layer, in which order, and how large. */
export const Toolbar = ({ step, picture }: ToolbarProps): JSX.Element => {
  const { store, drawing } = usePanel();
  const { tiles, layer } = drawing;
  const several = (step.layout?.count ?? 1) > 1;
  const frames = picture?.layout.frames ?? 1;
  return (
    <>
      {several && (
        <Radios
          name="Scale"
          chosen={store.arranged.value.scale}
          options={[
            { value: 'shared', label: 'shared', title: 'One scale for all maps of the layer' },
            { value: 'own', label: 'own', title: 'Each map from its own smallest to its own largest value' },
          ]}
          choose={(scale) => drawing.setScale(scale)}
        />
      )}
      <Shows step={step} shows={layer.shows} choose={(shows) => drawing.changeLayer({ shows })} />
      {several && <Sorting tiles={tiles} change={(sort) => drawing.changeTiles({ sort })} />}
      <Select
        name="Zoom"
        title="Pixels a value; + and − on the tiles change it too"
        chosen={tiles.zoom === undefined ? 'fit' : String(tiles.zoom)}
        options={[{ value: 'fit', label: 'fit' }, ...ZOOMS.map((zoom) => ({ value: String(zoom), label: `${zoom}×` }))]}
        choose={(value) => drawing.changeTiles({ zoom: value === 'fit' ? undefined : (Number(value) as Zoom) })}
      />
      <FilterControls picture={picture} />
      {frames > 1 && (
        <label class="field">
          <span class="caption">
            Frame {layer.frame + 1} of {frames}
          </span>
          <input
            type="range"
            min={0}
            max={frames - 1}
            value={layer.frame}
            onInput={(event) => drawing.changeLayer({ frame: Number(event.currentTarget.value) })}
          />
        </label>
      )}
    </>
  );
};

const Shows = ({
  step,
  shows,
  choose,
}: {
  readonly step: StepInfo;
  readonly shows: Shown;
  readonly choose: (shows: Shown) => void;
}): JSX.Element | null => {
  if (hasFused(step.className, step.activation)) {
    const options = [
      { value: 'before', label: `before ${step.activation ?? ''}`, title: 'What the layer computes before its activation' },
      { value: 'output', label: 'after', title: 'What the layer gives' },
    ] as const;
    return <Radios name="Show" chosen={shows} options={options} choose={choose} />;
  }
  if (!hasWinners(step.className)) return null;
  const options = [
    { value: 'output', label: 'output', title: 'What the layer gives' },
    { value: 'winners', label: 'winners in its input', title: 'What the layer takes; the largest value of each window is outlined' },
  ] as const;
  return <Radios name="Show" chosen={shows} options={options} choose={choose} />;
};

const SORT_WORDS: Readonly<Record<TileChoices['sort'], string>> = {
  auto: 'automatic',
  index: 'index',
  strength: 'strength',
  variance: 'variance',
  dead: 'dead first',
};

const Sorting = ({ tiles, change }: { readonly tiles: TileChoices; readonly change: (sort: TileChoices['sort']) => void }): JSX.Element => (
  <Select
    name="Sort"
    title="Strength is the mean of |value|; dead first: the largest share of zeros. Automatic: by index, and by strength where not all maps are shown"
    chosen={tiles.sort}
    options={SORTS.map((value) => ({ value, label: SORT_WORDS[value] }))}
    choose={change}
  />
);

const FILTER_WORDS: Readonly<Record<FilterView, string>> = {
  color: 'in colour',
  norm: 'L2 over inputs',
  channel: 'one input channel',
  whole: 'all values',
};

/** How filters are drawn; only for layers whose tiles have filters. */
const FilterControls = ({ picture }: { readonly picture: Picture | undefined }): JSX.Element | null => {
  const { drawing, store } = usePanel();
  const { tiles, layer } = drawing;
  const filters = picture?.filters;
  const convolution = /Conv/.test(store.selectedStep.value?.className ?? '');
  if (!filters && !(convolution && tiles.filters === 'none')) return null;
  const offered = filters?.views ?? (['color'] as const);
  const options = [
    ...offered.map((value) => ({ value, label: filters ? FILTER_WORDS[value] : 'shown' })),
    { value: 'none', label: 'hidden' },
  ] as const;
  return (
    <>
      <Select
        name="Filters"
        title="In colour: red, green and blue inputs, on one scale around zero, which is middle gray"
        chosen={filters?.choice.view ?? 'none'}
        options={options}
        choose={(value) => drawing.changeTiles({ filters: value as TileChoices['filters'] })}
      />
      {filters?.choice.view === 'channel' && (
        <label class="field">
          <span class="caption">Input channel</span>
          <input
            type="number"
            min={0}
            max={filters.inputs - 1}
            value={layer.channel}
            onChange={(event) =>
              drawing.changeLayer({
                channel: Math.min(filters.inputs - 1, Math.max(0, Math.round(Number(event.currentTarget.value) || 0))),
              })
            }
          />
        </label>
      )}
    </>
  );
};

interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly title?: string;
}

interface ChoiceProps<T> {
  readonly name: string;
  readonly chosen: T;
  readonly options: readonly Option<T>[];
  readonly choose: (value: T) => void;
}

const Radios = <T extends string>({ name, chosen, options, choose }: ChoiceProps<T>): JSX.Element => (
  <div class="choice" role="radiogroup" aria-label={name}>
    <span class="caption">{name}</span>
    {options.map(({ value, label, title }) => (
      <button key={value} type="button" role="radio" aria-checked={chosen === value} title={title} onClick={() => choose(value)}>
        {label}
      </button>
    ))}
  </div>
);

const Select = <T extends string>({ name, title, chosen, options, choose }: ChoiceProps<T> & { readonly title: string }): JSX.Element => (
  <label class="field" title={title}>
    <span class="caption">{name}</span>
    <select value={chosen} onChange={(event) => choose(event.currentTarget.value as T)}>
      {options.map(({ value, label }) => (
        <option key={value} value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  </label>
);
