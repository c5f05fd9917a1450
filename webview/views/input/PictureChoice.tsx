import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { FeedInfo } from '../../engine/contract/input';
import { rangeText, VALUE_RANGES } from '../../engine/inputs/picture';
import type { Source } from '../../state/sources';
import { usePanel } from '../context';

/** Opens a picture's file. Dropping one onto the panel, or pasting one, does the same. */
export const PictureButton = ({ feed, pressed }: { readonly feed: FeedInfo; readonly pressed: boolean }): JSX.Element => {
  const { inputs } = usePanel();
  const file = useRef<HTMLInputElement>(null);
  const take = (): void => {
    const chosen = file.current?.files?.[0];
    if (chosen) void inputs.choosePicture(feed.name, chosen, chosen.name);
    // The same file can be chosen again after it has changed.
    if (file.current) file.current.value = '';
  };
  return (
    <>
      <button
        class="button"
        type="button"
        aria-pressed={pressed}
        title="Open a picture, drop one onto the panel, or paste one"
        onClick={() => file.current?.click()}
      >
        Picture…
      </button>
      <input
        ref={file}
        class="file"
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/bmp"
        aria-label={`Picture for ${feed.name}`}
        tabIndex={-1}
        hidden
        onChange={take}
      />
    </>
  );
};

/** How the picture becomes values. */
export const PictureSettings = ({ feed, source }: { readonly feed: FeedInfo; readonly source: Source }): JSX.Element | null => {
  const { inputs } = usePanel();
  if (source.kind !== 'picture') return null;
  const { channels } = feed.picture ?? { channels: 3 };
  return (
    <>
      <select
        class="select"
        aria-label="Part of the picture"
        value={source.fit}
        onChange={({ currentTarget }) => inputs.choose(feed.name, { ...source, fit: currentTarget.value === 'fit' ? 'fit' : 'crop' })}
      >
        <option value="crop">middle cut out</option>
        <option value="fit">all, black beside it</option>
      </select>
      <select
        class="select"
        aria-label="Range of values"
        value={source.range}
        onChange={({ currentTarget }) => {
          const range = VALUE_RANGES.find((one) => one === currentTarget.value) ?? '0-1';
          inputs.choose(feed.name, { ...source, range });
        }}
      >
        {VALUE_RANGES.map((range) => (
          <option key={range} value={range}>
            {rangeText(range, channels)}
          </option>
        ))}
      </select>
      <label class="check">
        <input
          type="checkbox"
          checked={source.inverted}
          onChange={({ currentTarget }) => inputs.choose(feed.name, { ...source, inverted: currentTarget.checked })}
        />
        inverted
      </label>
    </>
  );
};
