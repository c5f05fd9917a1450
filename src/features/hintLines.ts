import { MAX_LABEL } from './hintText';
import type { Hint } from './inlayHints';

/**
 * The hints of one line, in source order, so short that an editor shows all of them whole: what is beyond its limit for a line it cuts. Counts are
 * left to the tooltips first, those of inner calls before those of outer ones; then whole hints, in the same order.
 */
export function fitLine(hints: readonly Hint[]): readonly Hint[] {
  const fitted = [...hints];
  const isTooLong = (): boolean => fitted.reduce((sum, { label }) => sum + label.length, 0) > MAX_LABEL;
  for (let i = 0; i < fitted.length && isTooLong(); i++) {
    const hint = fitted[i];
    if (hint) fitted[i] = { ...hint, label: hint.short };
  }
  while (fitted.length > 1 && isTooLong()) fitted.shift();
  return fitted;
}
