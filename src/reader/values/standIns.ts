/**
 * Stand-ins: an unknown number is read with several values at once, in lockstep, and what comes out is compared. Small values are among them on
 * purpose (`Math.min(n, 10)` must not look like 10), odd and even ones (`n / 2`), and large ones (a 7×7 kernel must fit at times). Values that
 * make TensorFlow.js refuse drop out.
 */
const POOL = [1, 2, 3, 7, 16, 19, 38, 53, 74, 101, 146, 223] as const;

/** How many values stand in for each unknown. */
export const SAMPLES = POOL.length;

/** The values of the `nth` unknown of a reading, in an order of its own, so that no two unknowns run in step. */
export function standInsFor(nth: number): readonly number[] {
  const values: number[] = [...POOL];
  let seed = (nth + 1) * 0x9e3779b9;
  for (let i = values.length - 1; i > 0; i--) {
    seed = mix(seed);
    const j = seed % (i + 1);
    [values[i], values[j]] = [values[j] ?? 1, values[i] ?? 1];
  }
  return values;
}

/** One step of a small pseudo-random generator (murmur3's finaliser): the same orders in every reading. */
function mix(seed: number): number {
  let x = seed >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
