/** A weights file is not what it should be; the message is a sentence for people, and nothing was changed. */
export class NotWeights extends Error {
  override readonly name = 'NotWeights';
}

export const refuse = (sentence: string): never => {
  throw new NotWeights(sentence);
};

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of an object, and nothing that it inherits; undefined where `value` is no object. */
export const field = (value: unknown, name: string): unknown => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined);

/** A value as a message shows it: short, on one line. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
