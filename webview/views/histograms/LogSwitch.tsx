import type { JSX } from 'preact';
import { usePanel } from '../context';

/** Whether bars stand for counts or for their logarithms, in all histograms. */
export const LogSwitch = (): JSX.Element => {
  const { logarithmic } = usePanel().distributions;
  return (
    <div class="choice" role="radiogroup" aria-label="Counts">
      <span class="caption">Counts</span>
      {[false, true].map((one) => (
        <button
          key={String(one)}
          type="button"
          role="radio"
          aria-checked={logarithmic.value === one}
          title={one ? 'Bars as long as the logarithm of their counts: rare values are seen beside many' : 'Bars as long as their counts'}
          onClick={() => (logarithmic.value = one)}
        >
          {one ? 'log' : 'linear'}
        </button>
      ))}
    </div>
  );
};
