import type { JSX } from 'preact';
import { usePanel } from '../context';
import { identityText } from './words';

/** Shows the layer as if its gamma and beta handed the input on, and that the output then is the input. One click takes it back. */
export const Identity = (): JSX.Element => {
  const { identity, handsOn } = usePanel().normalization;
  const { value, error } = handsOn.state.value;
  const on = identity.value;
  return (
    <div class={on ? 'identity on' : 'identity'}>
      <button
        class="button"
        type="button"
        aria-pressed={on}
        title="gamma = √(σ² + ε) and beta = μ: with these the layer is the identity. The layer itself keeps its own."
        onClick={() => (identity.value = !on)}
      >
        {on ? 'Back to the layer’s own γ and β' : 'Identity setting'}
      </button>
      {on && (
        <p class="identity-text" role="status">
          Shown with γ = √(σ² + ε) and β = μ, here only. {error ?? (value ? identityText(value) : '')}
        </p>
      )}
    </div>
  );
};
