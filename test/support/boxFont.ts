/**
 * A font in which every character is the same box, and a space is a gap as wide: with it a page looks alike on every machine, whatever fonts that has.
 * The tables are those of the OpenType specification 1.9, in their alphabetical order; numbers are big-endian, lengths in 1/1000 em.
 */

const ADVANCE = 520;
const ASCENT = 780;
const DESCENT = 220;
/** A letter's box: left, bottom, right, top. */
const BOX = [60, 0, 460, 520] as const;

const u16 = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => Buffer.from([(value >> 8) & 255, value & 255])));
const u32 = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => u16(value >>> 16, value)));

/** One contour of four points on the curve, all coordinates as differences in 16 bits. */
const box = (): Buffer => {
  const [left, bottom, right, top] = BOX;
  const [width, height] = [right - left, top - bottom];
  const outline = [u16(1, left, bottom, right, top, 3, 0), Buffer.from([1, 1, 1, 1])];
  return Buffer.concat([...outline, u16(left, 0, width, 0), u16(bottom, height, 0, -height)]);
};

/** Characters to glyphs, many to one (format 13): spaces to glyph 2, all others to glyph 1. Glyph 0 would say that the font lacks them. */
const characters = (): Buffer => {
  const groups = [
    [0x20, 0x20, 2],
    [0x21, 0x9f, 1],
    [0xa0, 0xa0, 2],
    [0xa1, 0x10ffff, 1],
  ];
  const body = Buffer.concat(groups.map((group) => u32(...group)));
  return Buffer.concat([u16(0, 1, 3, 10), u32(12), u16(13, 0), u32(16 + body.length, 0, groups.length), body]);
};

const tables = (): Readonly<Record<string, Buffer>> => {
  const glyph = box();
  const [left, bottom, right, top] = BOX;
  const name = Buffer.from('Boxes', 'utf16le').swap16();
  const names = [1, 2, 4, 6];
  return {
    'OS/2': Buffer.concat([
      u16(4, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0),
      Buffer.alloc(10),
      u32(1, 0, 0, 0),
      Buffer.from('NONE'),
      u16(64, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
      u32(1, 0),
      u16(top, top, 0, 0x20, 1),
    ]),
    cmap: characters(),
    glyf: glyph,
    head: Buffer.concat([
      u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
      u16(3, 1000),
      Buffer.alloc(16),
      u16(left, bottom, right, top, 0, 8, 2, 1, 0),
    ]),
    hhea: Buffer.concat([u32(0x00010000), u16(ASCENT, -DESCENT, 0, ADVANCE, left, ADVANCE - right, right, 1, 0, 0, 0, 0, 0, 0, 0, 3)]),
    hmtx: u16(ADVANCE, 0, ADVANCE, left, ADVANCE, 0),
    loca: u32(0, 0, glyph.length, glyph.length),
    maxp: Buffer.concat([u32(0x00010000), u16(3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: Buffer.concat([u16(0, names.length, 6 + 12 * names.length), ...names.map((id) => u16(3, 1, 0x409, id, name.length, 0)), name]),
    post: u32(0x00030000, 0, 0, 1, 0, 0, 0, 0),
  };
};

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

const sumOf = (bytes: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
};

/** The font as a file: a directory of tables, then the tables. */
export const boxFont = (): Buffer => {
  const all = Object.entries(tables());
  let offset = 12 + 16 * all.length;
  const entries = all.map(([tag, bytes]) => {
    const entry = Buffer.concat([Buffer.from(tag), u32(sumOf(padded(bytes)), offset, bytes.length)]);
    offset += padded(bytes).length;
    return entry;
  });
  const power = Math.floor(Math.log2(all.length));
  const head = Buffer.concat([u32(0x00010000), u16(all.length, 16 * 2 ** power, power, 16 * all.length - 16 * 2 ** power)]);
  const file = Buffer.concat([head, ...entries, ...all.map(([, bytes]) => padded(bytes))]);
  // The sum of the whole file is fixed by a field of its head.
  const at = file.indexOf('head');
  file.writeUInt32BE((0xb1b0afba - sumOf(file)) >>> 0, file.readUInt32BE(at + 8) + 8);
  return file;
};
