/** Names that a file has at most, and letters of each that are kept. */
const MOST_NAMES = 100_000;
const LONGEST = 80;

/**
 * Names of classes in the order of their indices, from a file's text: a JSON list of names, a JSON object from index to name (or to a list
 * that ends in the name, as ImageNet's has it) or from name to index, or one name a line. Throws a sentence for people where it is none of these.
 */
export const readClassNames = (text: string): readonly string[] => {
  const names = /^\s*[[{]/.test(text) ? fromJson(text) : fromLines(text);
  if (names.length === 0) throw new Error('The file holds no names.');
  if (names.length > MOST_NAMES)
    throw new Error(`The file holds ${names.length.toLocaleString('en-US')} names; that is no list of classes.`);
  return names.map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name));
};

const fromLines = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const fromJson = (text: string): string[] => {
  const value = parsed(text);
  if (Array.isArray(value)) return value.map(nameIn);
  const entries = Object.entries(value);
  if (entries.every(([, index]) => Number.isInteger(index))) return inOrder(entries.map(([name, index]) => [Number(index), name]));
  return inOrder(entries.map(([index, name]) => [Number(index), nameIn(name)]));
};

const parsed = (text: string): object => {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new Error('The file begins like JSON, but is none.');
  }
};

const nameIn = (value: unknown): string => {
  const name: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof name !== 'string') throw new Error('The file’s JSON holds something that is no name.');
  return name;
};

/** Names by their indices, which must be 0, 1, 2 and so on, each once. */
const inOrder = (entries: readonly (readonly [number, string])[]): string[] => {
  const names = [...entries].sort(([a], [b]) => a - b);
  if (names.some(([index], k) => index !== k)) throw new Error('The indices in the file are not 0, 1, 2 and so on.');
  return names.map(([, name]) => name);
};
