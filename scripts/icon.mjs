// @ts-check
// Draws images/icon.png: a stack of three layers seen at an angle, the top one an activation map. Run with `node scripts/icon.mjs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { root } from './lib/environment.mjs';

const SIZE = 128;
/** Samples per pixel and axis, averaged for smooth edges. */
const SAMPLES = 4;
const TILES = 4;

/** @typedef {readonly [number, number, number]} Colour */
/** @type {Colour} */ const background = [22, 28, 45];
/** Low to high activation. @type {readonly Colour[]} */
const ramp = [
  [59, 28, 110],
  [154, 44, 117],
  [231, 92, 72],
  [252, 190, 80],
];
/** Lower layers, bottom first: centre's y in pixels, colour. @type {readonly (readonly [number, Colour])[]} */
const lower = [
  [88, [38, 92, 140]],
  [67, [42, 150, 160]],
];
const TOP = 46;
/** A blob off the centre, so that it reads as a picture and not as a chessboard. @param {number} u @param {number} v */
const activation = (u, v) => Math.exp(-((u - 1.2) ** 2 + (v - 1.8) ** 2) / 2.4);

/** Position within a rhombus of half width 50 and half height 27: both 0-1 inside. @param {number} x @param {number} y @param {number} centre */
const within = (x, y, centre) => {
  const across = (x - SIZE / 2) / 50;
  const down = (y - centre) / 27;
  return { u: (across + down + 1) / 2, v: (down - across + 1) / 2 };
};

/** @param {number} x @param {number} y @returns {Colour | undefined} the colour there, undefined outside the rounded square */
const colourAt = (x, y) => {
  const corner = (/** @type {number} */ value) => Math.max(Math.abs(value - SIZE / 2) - (SIZE / 2 - 24), 0);
  if (Math.hypot(corner(x), corner(y)) > 24) return undefined;
  const top = within(x, y, TOP);
  if (inside(top)) return topColour(top.u * TILES, top.v * TILES);
  for (const [centre, colour] of [...lower].reverse()) if (inside(within(x, y, centre))) return colour;
  return background;
};

/** @param {{ u: number, v: number }} at */
const inside = ({ u, v }) => u >= 0 && u < 1 && v >= 0 && v < 1;

/** @param {number} u @param {number} v position in tiles @returns {Colour} */
const topColour = (u, v) => {
  const gap = 0.06;
  if (u % 1 < gap || u % 1 > 1 - gap || v % 1 < gap || v % 1 > 1 - gap) return background;
  return ramp[Math.min(ramp.length - 1, Math.floor(activation(Math.floor(u), Math.floor(v)) * ramp.length))] ?? background;
};

const png = new PNG({ width: SIZE, height: SIZE });
for (let pixel = 0; pixel < SIZE * SIZE; pixel += 1) {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = (pixel % SIZE) + ((sample % SAMPLES) + 0.5) / SAMPLES;
    const y = Math.floor(pixel / SIZE) + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
    const colour = colourAt(x, y);
    if (!colour) continue;
    covered += 1;
    colour.forEach((value, channel) => (sum[channel] = (sum[channel] ?? 0) + value));
  }
  sum.forEach((value, channel) => (png.data[pixel * 4 + channel] = covered ? Math.round(value / covered) : 0));
  png.data[pixel * 4 + 3] = Math.round((covered * 255) / (SAMPLES * SAMPLES));
}
mkdirSync(join(root, 'images'), { recursive: true });
writeFileSync(join(root, 'images', 'icon.png'), PNG.sync.write(png));
