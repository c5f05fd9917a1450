import type { JSX } from 'preact';
import { usePanel } from './context';
import { fallbackText } from './words';

/** What became of the graphics device, and which layers it did not compute. */
export const DeviceNotices = (): JSX.Element => {
  const { store } = usePanel();
  const lost = store.lost.value;
  const elsewhere = fallbackText([...store.rows.value.values()]);
  return (
    <>
      {lost !== undefined && (
        <p class="notice warn" data-lost>
          {lost}
        </p>
      )}
      {elsewhere !== undefined && (
        <p class="notice" data-fallback>
          {elsewhere}
        </p>
      )}
    </>
  );
};
