/** Pixels a side of a shipped digit. */
export const DIGIT_SIDE = 32;

/** Sides of square one-channel pictures that a shipped digit fits, as it is or without its margin. */
const SIDES: readonly number[] = [32, 28];

/** Pixels a side of the shipped digit that an input takes; undefined where it takes none. @param shape batch first, of either axis order */
export const digitSide = (shape: readonly number[], channelsFirst: boolean): number | undefined => {
  if (shape.length !== 4) return undefined;
  const [, a, b, c] = shape;
  const [height, width, channels] = channelsFirst ? [b, c, a] : [a, b, c];
  return channels === 1 && height === width && SIDES.includes(height ?? 0) ? height : undefined;
};

/** Ink is 1, paper 0. A smaller picture is the part of the drawing that has the ink in its middle. */
export const digitValues = (digits: Uint8Array, digit: number, side: number): Float32Array<ArrayBuffer> => {
  const drawing = digits.subarray(digit * DIGIT_SIDE * DIGIT_SIDE, (digit + 1) * DIGIT_SIDE * DIGIT_SIDE);
  const inked = [...drawing.keys()].filter((at) => (drawing[at] ?? 0) > 0);
  const top = margin(
    inked.map((at) => Math.floor(at / DIGIT_SIDE)),
    side,
  );
  const left = margin(
    inked.map((at) => at % DIGIT_SIDE),
    side,
  );
  return Float32Array.from(
    { length: side * side },
    (_, k) => (drawing[(Math.floor(k / side) + top) * DIGIT_SIDE + (k % side) + left] ?? 0) / 255,
  );
};

/** How many rows (or columns) are left out before the picture begins. */
const margin = (places: readonly number[], side: number): number => {
  const middle = (Math.min(...places) + Math.max(...places) + 1) / 2;
  return Math.min(DIGIT_SIDE - side, Math.max(0, Math.round(middle - side / 2)));
};
