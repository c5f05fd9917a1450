import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { root } from '../../scripts/lib/environment.mjs';

/*
 * Pictures as they must be, in test/golden. `UPDATE_GOLDENS=1` writes them anew: look at each before it is committed. A picture that differs
 * is left beside its golden as NAME.actual.png, with NAME.diff.png, in which differing pixels are red.
 */

/** How far a picture may be from its golden. */
export interface Tolerance {
  /** A pixel differs where one of its colours is further off than this, of 255: what antialiasing does to an edge is less. */
  readonly off: number;
  /** Share of pixels that may differ, 0 to 1. */
  readonly share: number;
  /** Mean distance of all colours of all pixels, of 255. */
  readonly mean: number;
}

const TOLERANCE: Tolerance = { off: 24, share: 0.002, mean: 0.4 };

export const GOLDENS = join(root, 'test', 'golden');

export interface Difference {
  readonly share: number;
  readonly mean: number;
  /** The largest distance of a colour, of 255. */
  readonly most: number;
  /** What differs, red on a faint copy. */
  readonly picture: PNG;
}

/** Compares two pictures of one size, pixel by pixel. */
export const difference = (actual: PNG, golden: PNG, off: number): Difference => {
  const picture = new PNG({ width: golden.width, height: golden.height });
  let [differing, sum, most] = [0, 0, 0];
  for (let at = 0; at < golden.data.length; at += 4) {
    let furthest = 0;
    for (let channel = 0; channel < 4; channel++) {
      const distance = Math.abs((actual.data[at + channel] ?? 0) - (golden.data[at + channel] ?? 0));
      sum += distance;
      furthest = Math.max(furthest, distance);
    }
    most = Math.max(most, furthest);
    if (furthest > off) differing++;
    const faint = 128 + (golden.data[at + 1] ?? 0) / 2;
    picture.data.set(furthest > off ? [255, 0, 0, 255] : [faint, faint, faint, 255], at);
  }
  const pixels = golden.width * golden.height;
  return { share: differing / pixels, mean: sum / (4 * pixels), most, picture };
};

interface Matching {
  readonly tolerance?: Tolerance;
  readonly folder?: string;
  /** Writes the golden instead. */
  readonly update?: boolean;
  /** Milliseconds for which pictures are taken until one is right. */
  readonly patience?: number;
}

const PATIENCE = 15_000;
const BETWEEN = 500;

/**
 * Holds a picture against its golden, and throws where it is another one. What is not painted yet, or is just fading, is waited for.
 * @param name a file's name without `.png`
 * @param take takes the picture, a PNG
 */
export const matchGolden = async (name: string, take: () => Promise<Buffer>, options: Matching = {}): Promise<void> => {
  const { patience = PATIENCE, update = Boolean(process.env['UPDATE_GOLDENS']) } = options;
  for (const deadline = Date.now() + patience; ;) {
    try {
      return await matchOnce(name, await take(), { ...options, update });
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await after(BETWEEN);
    }
  }
};

const matchOnce = async (name: string, shot: Buffer, options: Matching): Promise<void> => {
  const { tolerance = TOLERANCE, folder = GOLDENS, update = false } = options;
  const file = (kind: string): string => join(folder, `${name}${kind}.png`);
  await Promise.all([rm(file('.actual'), { force: true }), rm(file('.diff'), { force: true })]);
  if (update) {
    await mkdir(folder, { recursive: true });
    return writeFile(file(''), shot);
  }
  const refuse = async (why: string): Promise<never> => {
    await mkdir(folder, { recursive: true });
    await writeFile(file('.actual'), shot);
    throw new Error(`${file('.actual')} is not as ${name}.png is: ${why} Where it is as it should be, run again with UPDATE_GOLDENS=1.`);
  };
  const bytes = await readFile(file('')).catch(() => undefined);
  if (!bytes) return refuse('there is no such picture yet.');
  const [actual, golden] = [PNG.sync.read(shot), PNG.sync.read(bytes)];
  if (actual.width !== golden.width || actual.height !== golden.height)
    return refuse(`it is ${actual.width}×${actual.height}, not ${golden.width}×${golden.height}.`);
  const { share, mean, most, picture } = difference(actual, golden, tolerance.off);
  if (share <= tolerance.share && mean <= tolerance.mean) return;
  await writeFile(file('.diff'), PNG.sync.write(picture));
  return refuse(
    `${(100 * share).toFixed(2)} % of its pixels differ (${(100 * tolerance.share).toFixed(2)} % may), by ${mean.toFixed(2)} of 255 in the mean (${tolerance.mean} may), at most by ${most}.`,
  );
};
