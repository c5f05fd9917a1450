import type { JSX } from 'preact';
import type { Source } from '../../state/sources';
import { usePanel } from '../context';
import { exampleText } from './words';

const SIZES = [1, 2, 4, 8, 16] as const;

/** How many examples run at once, and which of them is shown. */
export const BatchChoice = ({ source }: { readonly source: Source | undefined }): JSX.Element => {
  const { store, inputs } = usePanel();
  const batch = store.batch.value;
  return (
    <span class="batch">
      <label class="check">
        batch
        <select
          class="select"
          aria-label="Examples in the batch"
          value={String(batch)}
          onChange={({ currentTarget }) => inputs.setBatch(SIZES.find((size) => String(size) === currentTarget.value) ?? 1)}
        >
          {SIZES.map((size) => (
            <option key={size} value={String(size)}>
              {size}
            </option>
          ))}
        </select>
      </label>
      {batch > 1 && (
        <select
          class="select"
          aria-label="Example that is shown"
          value={String(store.example.value)}
          onChange={({ currentTarget }) => inputs.setExample(Number(currentTarget.value))}
        >
          {Array.from({ length: batch }, (_, example) => (
            <option key={example} value={String(example)}>
              {exampleText(source, example)}
            </option>
          ))}
        </select>
      )}
    </span>
  );
};
