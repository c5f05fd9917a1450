/**
 * Stand-ins: an unknown number is read with several values at once, in lockstep, and what comes out is compared. Small values are among them on
 * purpose (`Math.min(n, 10)` must not look like 10), odd and even ones (`n / 2`), and large ones (a 7×7 kernel must fit at times). Values that
 * make TensorFlow.js refuse drop out.
 */
const POOL = [1, 2, 3, 7, 16, 19, 38, 53, 74, 101, 146, 223] as const;

/** How many values stand in for each unknown. */
export const SAMPLES = POOL.length;

/** Multipliers coprime to the pool's size give each unknown an order of its own, so that two unknowns never run in step. */
const STEPS = [1, 5, 7, 11] as const;

/** The values of the `nth` unknown of a reading. */
export function standInsFor(nth: number): readonly number[] {
  const step = STEPS[nth % STEPS.length] ?? 1;
  const shift = Math.floor(nth / STEPS.length) * 5 + nth * 3;
  const wide = Math.floor(nth / (STEPS.length * SAMPLES));
  return POOL.map((_, k) => (POOL[(k * step + shift) % SAMPLES] ?? 1) + wide * 2);
}
