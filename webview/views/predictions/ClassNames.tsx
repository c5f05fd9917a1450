import type { JSX } from 'preact';
import { usePanel } from '../context';
import { namesTrouble } from './words';

/** Where the classes' names come from, and the way to choose a file of them. */
export const ClassNames = ({ values }: { readonly values: number }): JSX.Element => {
  const { predictions } = usePanel();
  const file = predictions.names.value;
  const trouble = predictions.trouble.value ?? (file && namesTrouble(file.file, file.names.length, values));
  return (
    <div class="class-names">
      <button
        class="link"
        type="button"
        title="A file with the classes' names in their order: one a line, or JSON"
        onClick={() => predictions.choose()}
      >
        {file ? file.file : 'Class names…'}
      </button>
      {trouble !== undefined && (
        <p class="class-names-trouble" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
};
