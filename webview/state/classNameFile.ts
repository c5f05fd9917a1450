const MOST_NAMES = 100_000;
const MOST_NAME = 200;

/**
 * Names of classes, in the order of a model's outputs: a text with one a line, a JSON list of texts, or a JSON object from indices to a name
 * or to a list that ends with one, as Keras writes ImageNet's. Throws a sentence for people.
 */
export const readClassNames = (file: string, text: string): readonly string[] => {
  const plain = text.replace(/^\uFEFF/, '').trim();
  const names = /^[[{]/.test(plain) ? fromJson(file, plain) : plain.split(/\r?\n/).map((line) => line.trim());
  if (plain === '' || names.length === 0) throw new Error(`${file} holds no names.`);
  if (names.length > MOST_NAMES) throw new Error(`${file} holds more than ${MOST_NAMES.toLocaleString('en-US')} names.`);
  return names.map((name) => name.slice(0, MOST_NAME));
};

const fromJson = (file: string, text: string): string[] => {
  const json = parsed(file, text);
  const list = Array.isArray(json) ? (json as unknown[]) : fromIndices(json);
  const names = list?.map((name) => (Array.isArray(name) ? (name as unknown[]).at(-1) : name));
  if (!names?.every((name) => typeof name === 'string')) throw new Error(`${file} is JSON, but no list of names.`);
  return names;
};

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${file} begins like JSON and is none: it is cut off, or not a list of names.`);
  }
};

/** The values of `{"0": …, "1": …}` in their order; undefined where an index is left out. */
const fromIndices = (json: unknown): unknown[] | undefined => {
  if (typeof json !== 'object' || json === null) return undefined;
  const entries = new Map(Object.entries(json));
  const list = Array.from({ length: entries.size }, (_, k) => entries.get(String(k)));
  return list.includes(undefined) ? undefined : list;
};
