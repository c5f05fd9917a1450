import { interpolateViridis } from 'd3-scale-chromatic';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Steps of a colour map; between two steps colours are mixed. */
export const STEPS = 256;

/** The maps, by their row in the table that the shaders read. */
export const MAP_ROWS = { sequential: 0, diverging: 1, gray: 2 } as const;
export type MapName = keyof typeof MAP_ROWS;

/** Values that are not finite have this colour, which no map contains. */
export const NAN_COLOR: Rgb = [255, 0, 144];

/** Outlines of marked cells have this colour, which no map contains either. */
export const MARK_COLOR: Rgb = [255, 70, 50];

/**
 * Diverging around zero, which is nearly black, so that what is strong stands out on either side as it does in viridis.
 * Lightness in Oklab grows in a straight line with the distance from zero, equally on both sides: blue is negative, amber positive.
 */
const diverging = (t: number): Rgb => {
  const strength = Math.abs(2 * t - 1);
  const hue = (t < 0.5 ? 250 : 70) * (Math.PI / 180);
  const lightness = 0.16 + 0.76 * strength;
  return bytes(inGamut(lightness, 0.125 * Math.sin(Math.PI * 0.88 * strength) ** 0.8, hue));
};

/** The most colourful linear sRGB of this lightness and hue that a screen can show, `chroma` at most; lightness is kept exactly. */
const inGamut = (lightness: number, chroma: number, hue: number): Rgb => {
  const at = (amount: number): Rgb => oklab(lightness, amount * Math.cos(hue), amount * Math.sin(hue));
  const shown = (color: Rgb): boolean => color.every((part) => part >= -1e-4 && part <= 1 + 1e-4);
  if (shown(at(chroma))) return at(chroma);
  let [low, high] = [0, chroma];
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2;
    if (shown(at(middle))) low = middle;
    else high = middle;
  }
  return at(low);
};

/** Oklab to linear sRGB, 0 to 1 where a screen can show it. */
const oklab = (lightness: number, a: number, b: number): Rgb => {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
};

const bytes = (linear: Rgb): Rgb => [byte(linear[0]), byte(linear[1]), byte(linear[2])];

const byte = (linear: number): number => {
  const clipped = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055));
};

const parseHex = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

const maps: Readonly<Record<MapName, (t: number) => Rgb>> = {
  sequential: (t) => parseHex(interpolateViridis(t)),
  diverging,
  gray: (t) => [Math.round(255 * t), Math.round(255 * t), Math.round(255 * t)],
};

const names = Object.keys(MAP_ROWS) as MapName[];

/** RGBA bytes of all maps, one row a map, `STEPS` texels a row. */
export const colorTable = (): Uint8Array<ArrayBuffer> => {
  const table = new Uint8Array(names.length * STEPS * 4);
  for (const name of names) {
    for (let step = 0; step < STEPS; step++) table.set([...maps[name](step / (STEPS - 1)), 255], (MAP_ROWS[name] * STEPS + step) * 4);
  }
  return table;
};

/** A map's colour at `t` (0 to 1), mixed between two steps as the shaders mix it; not rounded. */
export const colorAt = (table: Uint8Array, name: MapName, t: number): Rgb => {
  const place = Math.min(1, Math.max(0, t)) * (STEPS - 1);
  const step = Math.min(STEPS - 2, Math.floor(place));
  const part = place - step;
  const mix = (channel: number): number => {
    const at = (MAP_ROWS[name] * STEPS + step) * 4 + channel;
    return (table[at] ?? 0) * (1 - part) + (table[at + 4] ?? 0) * part;
  };
  return [mix(0), mix(1), mix(2)];
};
