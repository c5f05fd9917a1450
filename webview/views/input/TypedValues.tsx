import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { FeedInfo } from '../../engine/contract/input';
import { readTypedValues } from '../../engine/inputs/typed';
import { exampleSize, type Source } from '../../state/sources';
import { usePanel } from '../context';

/** A field for an input's values, with commas between them. What is typed is fed in with the Enter key, or when the field is left. */
export const TypedValues = ({
  feed,
  source,
  close,
}: {
  readonly feed: FeedInfo;
  readonly source: Source;
  readonly close: () => void;
}): JSX.Element => {
  const { inputs } = usePanel();
  const [text, setText] = useState(source.kind === 'typed' ? source.text : '');
  const hint = useId();
  const size = exampleSize(feed);
  const typed = readTypedValues(text, size, feed.indicesBelow);
  const refusal = 'refusal' in typed && text.trim() !== '' ? typed.refusal : undefined;
  const take = (): void => {
    const same = source.kind === 'typed' && source.text === text;
    if ('values' in typed && !same) inputs.choose(feed.name, { kind: 'typed', text });
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take();
    if (event.key === 'Escape') close();
  };
  return (
    <div class="typed">
      <input
        class="text"
        type="text"
        spellcheck={false}
        aria-label={`Values of ${feed.name}`}
        aria-describedby={hint}
        aria-invalid={refusal !== undefined}
        placeholder={size === 1 ? 'one value' : `${size.toLocaleString('en-US')} values: 0.1, 0.2, …`}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={key}
        onBlur={take}
      />
      <span id={hint} class="hint" role="status">
        {refusal ?? 'Enter runs the model with them.'}
      </span>
    </div>
  );
};
