/**
 * Numbers that depend on nothing but what they are for: a stream is named by a seed and a text, and its n-th number can be had
 * without the ones before it. So fresh weights are the same on every backend, in any order, and stay the same when other layers change.
 */

/** 32-bit FNV-1a of a text, started from `seed`. */
const hashText = (text: string, seed: number): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193) >>> 0;
  return mix(hash);
};

/** A bijection of 32-bit integers in which each bit of the input moves each bit of the output with a chance near one half. */
const mix = (value: number): number => {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
};

export interface Stream {
  /** The n-th number, uniform in (0, 1), both ends excluded. */
  at(index: number): number;
}

export const streamOf = (seed: number, ...names: readonly string[]): Stream => {
  // Lengths keep ("ab", "c") and ("a", "bc") apart.
  const text = names.map((name) => `${name.length}:${name}`).join('/');
  const first = hashText(text, seed | 0);
  const second = hashText(text, Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995);
  return { at: (index) => (mix(mix(index ^ first) + second) + 0.5) / 2 ** 32 };
};
