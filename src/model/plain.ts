/** What a layer's options hold once they are read: JSON, with a marker where the source leaves a value open. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

export type PlainObject = { readonly [key: string]: Plain };

/** The marker of a value that the source leaves open: `{"$unknown": "numClasses", "reason": "parameter of createModel, called from no file of this project"}`. */
export interface UnknownPlain {
  readonly $unknown: string;
  readonly reason: string;
}

export const isUnknownPlain = (value: unknown): value is UnknownPlain & PlainObject =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '$unknown');
