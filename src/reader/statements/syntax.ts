import type { Span } from '../../model/span';

/** What a statement gives as a value: a constant, a name of the source, a list, arithmetic. */
export type Term =
  | { readonly kind: 'constant'; readonly value: undefined | null | boolean | number | string }
  | { readonly kind: 'name'; readonly path: readonly string[] }
  /** `?`: a size that is left open without a name. */
  | { readonly kind: 'open' }
  | { readonly kind: 'list'; readonly items: readonly Term[] }
  | { readonly kind: 'negation'; readonly operand: Term }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Term; readonly right: Term };

export type Operator = '+' | '-' | '*' | '/' | '%';

export type ListTerm = Extract<Term, { readonly kind: 'list' }>;

/** `config.units = 64`: the value of what has this name. */
export interface ValueSyntax {
  readonly kind: 'value';
  /** `['config', 'units']`; `['dims', '0']`. */
  readonly path: readonly string[];
  readonly name: Span;
  readonly term: Term;
  readonly span: Span;
}

/** `[batch, 28, 28, 1]`, or `x: [batch, 28, 28, 1]`: the shape of what stands beside it, or of what has this name. */
export interface ShapeSyntax {
  readonly kind: 'shape';
  readonly path: readonly string[] | undefined;
  readonly name: Span | undefined;
  readonly term: ListTerm;
  readonly span: Span;
}

export type StatementSyntax = ValueSyntax | ShapeSyntax;

/** What is wrong with a statement, and what was expected. */
export interface SyntaxFault {
  readonly span: Span;
  readonly message: string;
  /** False where it may be somebody else's tag of the same name. */
  readonly isOurs: boolean;
}

/** A path as the source and the hovers write it: `config.units`, `dims[0]`. */
export const pathText = (path: readonly string[]): string =>
  path.map((part, i) => (i === 0 ? part : /^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
