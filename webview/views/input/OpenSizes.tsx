import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FeedInfo } from '../../engine/contract/input';
import { usePanel } from '../context';

/** A side of a picture, or a sequence's length, beyond this is a slip of the finger. */
const LARGEST = 8192;

/** Sizes that the source leaves open: shown, and to be changed. */
export const OpenSizes = ({ feed }: { readonly feed: FeedInfo }): JSX.Element | null => {
  const { inputs } = usePanel();
  const sizes = feed.open.map((axis) => feed.shape[axis] ?? 1);
  if (sizes.length === 0) return null;
  const change = (at: number, size: number): void =>
    inputs.setSizes(
      feed,
      sizes.map((before, k) => (k === at ? size : before)),
    );
  return (
    <span class="sizes" title="The source leaves these sizes open.">
      open {sizes.length === 1 ? 'size' : 'sizes'}
      {feed.open.map((axis, k) => (
        <Size key={axis} name={nameOf(feed, axis)} size={sizes[k] ?? 1} change={(size) => change(k, size)} />
      ))}
    </span>
  );
};

const nameOf = ({ shape, picture }: FeedInfo, axis: number): string => {
  const spatial = picture?.channelsFirst === true ? axis - 1 : axis;
  if (shape.length === 4 && (spatial === 1 || spatial === 2)) return spatial === 1 ? 'Height' : 'Width';
  return shape.length === 3 && axis === 1 ? 'Length' : `Size of axis ${axis}`;
};

interface SizeProps {
  readonly name: string;
  readonly size: number;
  readonly change: (size: number) => void;
}

const Size = ({ name, size, change }: SizeProps): JSX.Element => {
  const [text, setText] = useState(String(size));
  useEffect(() => setText(String(size)), [size]);
  const typed = Number(text);
  const isSize = Number.isInteger(typed) && typed >= 1 && typed <= LARGEST;
  const take = (): void => {
    if (isSize && typed !== size) change(typed);
    else setText(String(size));
  };
  return (
    <input
      class="text size"
      type="text"
      inputMode="numeric"
      aria-label={`${name}, 1 to ${LARGEST}`}
      title={name}
      aria-invalid={!isSize}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      onBlur={take}
    />
  );
};
