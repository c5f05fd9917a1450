import type { Random } from './random';
import { waysToWrite, type Point, type Stroke } from './strokes';

/** Pixels a side. */
export const SIDE = 32;

type Segment = readonly [ax: number, ay: number, bx: number, by: number];
type Warp = (point: Point) => Point;

/** A digit in a hand of its own: 32×32 values of 0 (paper) to 1 (ink), row by row. */
export const drawDigit = (digit: number, random: Random): Float32Array => {
  const ways = waysToWrite[digit] ?? [];
  const strokes = ways[random.below(ways.length)] ?? [];
  const warp = handwriting(random);
  const segments = strokes.flatMap((stroke) => segmentsOf(bend(stroke, random), warp));
  return ink(segments, random.between(0.8, 1.7), random.between(0.85, 1));
};

/** One affine map a drawing: size, slant, turn and place. */
const handwriting = (random: Random): Warp => {
  const turn = random.between(-0.22, 0.22);
  const slant = random.between(-0.25, 0.25);
  const width = SIDE * random.between(0.55, 0.85);
  const height = SIDE * random.between(0.6, 0.86);
  const dx = SIDE / 2 + random.between(-2, 2);
  const dy = SIDE / 2 + random.between(-2, 2);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return ([x, y]) => {
    const u = (x - 0.5) * width - slant * (y - 0.5) * height;
    const v = (y - 0.5) * height;
    return [dx + u * cos - v * sin, dy + u * sin + v * cos];
  };
};

/** No two hands place a stroke's points alike. */
const bend = (stroke: Stroke, random: Random): Stroke => ({
  kind: stroke.kind,
  points: stroke.points.map(([x, y]): Point => [x + random.between(-0.035, 0.035), y + random.between(-0.035, 0.035)]),
});

const segmentsOf = (stroke: Stroke, warp: Warp): Segment[] => {
  const path = (stroke.kind === 'line' ? stroke.points : smooth(stroke.points, stroke.kind === 'loop')).map(warp);
  const segments: Segment[] = [];
  for (let k = 1; k < path.length; k++) {
    const [from, to] = [path[k - 1], path[k]];
    if (from && to) segments.push([from[0], from[1], to[0], to[1]]);
  }
  return segments;
};

/** Catmull-Rom through the points, six steps from each to the next. */
const smooth = (points: readonly Point[], closed: boolean): Point[] => {
  const last = points.length - 1;
  const at = (k: number): Point => {
    const index = closed ? (k + points.length) % points.length : Math.min(Math.max(k, 0), last);
    return points[index] ?? [0, 0];
  };
  const path: Point[] = [at(0)];
  for (let k = 0; k < (closed ? points.length : last); k++) {
    const [p, q, r, s] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    for (let step = 1; step <= 6; step++) path.push([between(p[0], q[0], r[0], s[0], step / 6), between(p[1], q[1], r[1], s[1], step / 6)]);
  }
  return path;
};

const between = (p: number, q: number, r: number, s: number, t: number): number =>
  0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);

/** Ink falls off over one pixel at a stroke's edge. `half` is half the stroke's width in pixels. */
const ink = (segments: readonly Segment[], half: number, darkest: number): Float32Array => {
  const picture = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      let nearest = Infinity;
      for (const segment of segments) nearest = Math.min(nearest, distance(x + 0.5, y + 0.5, segment));
      picture[y * SIDE + x] = darkest * Math.min(1, Math.max(0, half + 0.5 - nearest));
    }
  }
  return picture;
};

const distance = (x: number, y: number, [ax, ay, bx, by]: Segment): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
};
