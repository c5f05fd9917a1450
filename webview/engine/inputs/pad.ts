/** A place on a drawing pad, in its pixels from the left and from the top; need not be whole. */
export interface PadPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Draws a line of ink between two points into a square of values, paper 0 and ink 1, as round as its pixels allow: a pixel whose centre is half a
 * pixel inside the line's edge is full, half a pixel outside it is empty. What was drawn before stays.
 * @param values [side, side], changed in place
 * @param radius half the line's width, pixels
 */
export const drawInk = (values: Float32Array, side: number, from: PadPoint, to: PadPoint, radius: number): void => {
  const reach = radius + 1;
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(side - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(side - 1, Math.ceil(Math.max(from.x, to.x) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const ink = Math.min(1, Math.max(0, radius + 0.5 - distance({ x: x + 0.5, y: y + 0.5 }, from, to)));
      values[y * side + x] = Math.max(values[y * side + x] ?? 0, ink);
    }
  }
};

/** From a point to the nearest point of a segment. */
const distance = (point: PadPoint, from: PadPoint, to: PadPoint): number => {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
};

/** The width of a pen that suits a pad: the shipped digits' strokes are about a tenth of their drawing. */
export const penRadius = (side: number): number => Math.max(0.6, side / 24);
