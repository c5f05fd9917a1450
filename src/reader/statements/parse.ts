import { ts } from 'ts-morph';
import { SyntaxKind } from '../syntax/kinds';
import type { Span } from '../../model/span';
import { clip } from '../values/values';
import type { ListTerm, Operator, StatementSyntax, SyntaxFault, Term } from './syntax';

/** Statements of one line, as far as they can be read, and what is wrong with the rest. */
export interface ParsedLine {
  readonly statements: readonly StatementSyntax[];
  readonly fault?: SyntaxFault;
}

const MAX_DEPTH = 20;
const MAX_ITEMS = 64;

/** Parses what follows `@shape` on its line. `tag` is blamed where nothing follows. */
export function parseLine(text: string, rest: Span, tag: Span): ParsedLine {
  const tokens = tokensOf(text, rest);
  const parser = new Parser(tokens, rest.end);
  const statements: StatementSyntax[] = [];
  try {
    if (!tokens[0]) throw new Fault(tag, 'expected `name = value`, or a shape: `[batch, 28, 28, 1]`');
    parser.statements(statements);
    return { statements };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const isOurs = statements.length > 0 || tokens.some(({ text: one }) => one === '=') || tokens[0]?.text === '[';
    return { statements, fault: { span: error.span, message: error.message, isOurs } };
  }
}

class Fault extends Error {
  constructor(
    readonly span: Span,
    message: string,
  ) {
    super(message);
  }
}

interface Token extends Span {
  readonly kind: ts.SyntaxKind;
  readonly text: string;
  /** A string's content, a number's digits. */
  readonly value: string;
}

function tokensOf(text: string, { start, end }: Span): readonly Token[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, text, undefined, start, end - start);
  const tokens: Token[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken && tokens.length < 500; kind = scanner.scan()) {
    tokens.push({
      kind,
      text: scanner.getTokenText(),
      value: scanner.getTokenValue(),
      start: scanner.getTokenStart(),
      end: scanner.getTokenEnd(),
    });
  }
  return tokens;
}

const isName = ({ kind }: Token): boolean =>
  kind === SyntaxKind.Identifier || kind === SyntaxKind.PrivateIdentifier || kind >= SyntaxKind.FirstKeyword;

const SUMS: ReadonlySet<string> = new Set<Operator>(['+', '-']);
const PRODUCTS: ReadonlySet<string> = new Set<Operator>(['*', '/', '%']);

class Parser {
  #at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  get #next(): Token | undefined {
    return this.tokens[this.#at];
  }

  #is(text: string): boolean {
    return this.#next?.text === text;
  }

  #take(text: string): boolean {
    const hit = this.#is(text);
    if (hit) this.#at++;
    return hit;
  }

  /** From an offset to the end of what was taken so far. */
  #since(start: number): Span {
    return { start, end: this.tokens[this.#at - 1]?.end ?? start };
  }

  #fail(message: string, start: number): never {
    const offending = this.#next;
    throw new Fault(offending ? { start: offending.start, end: offending.end } : this.#since(start), message);
  }

  statements(into: StatementSyntax[]): void {
    const start = this.#next?.start ?? this.end;
    if (this.#is('[')) {
      // Words may follow a shape: `@shape [4] of the bias`.
      const term = this.#list(start, 0);
      into.push({ kind: 'shape', path: undefined, name: undefined, term, span: this.#since(start) });
      return;
    }
    do into.push(this.#named());
    while (this.#take(','));
    const after = this.#next;
    if (after && (isName(after) || after.kind === SyntaxKind.NumericLiteral))
      this.#fail(`expected the end, or a comma and the next \`name = value\`, not \`${clip(after.text)}\``, after.start);
  }

  #named(): StatementSyntax {
    const start = this.#next?.start ?? this.end;
    const path = this.#path('expected `name = value`, or a shape: `[batch, 28, 28, 1]`');
    const name = this.#since(start);
    if (this.#take(':')) {
      if (!this.#is('[')) this.#fail('expected a shape after the colon: `[batch, 28, 28, 1]`', start);
      const term = this.#list(start, 0);
      return { kind: 'shape', path, name, term, span: this.#since(start) };
    }
    if (!this.#take('=')) this.#fail('expected `=` and a value, or `:` and a shape, after the name', start);
    if (!this.#next) this.#fail('expected a value after `=`: a number, a text, true, false, or a list of them', start);
    const term = this.#sum(start, 0);
    return { kind: 'value', path, name, term, span: this.#since(start) };
  }

  /** `config.units`, `this.#units`, `dims[0]`, `table['a']`. */
  #path(expected: string): string[] {
    const first = this.#next;
    if (!first || !isName(first)) this.#fail(expected, this.end);
    this.#at++;
    const path = [first.text];
    for (;;) {
      const start = this.#next?.start ?? this.end;
      if (this.#take('.') || this.#take('?.')) {
        const part = this.#next;
        if (!part || !isName(part)) this.#fail('expected a name after the dot', start);
        path.push(part.text);
        this.#at++;
      } else if (this.#take('[')) {
        const part = this.#next;
        const isKey = part && (part.kind === SyntaxKind.NumericLiteral || part.kind === SyntaxKind.StringLiteral);
        if (!isKey) this.#fail('expected an index or a key in quotes', start);
        path.push(part.value);
        this.#at++;
        if (!this.#take(']')) this.#fail('expected `]`', start);
      } else return path;
    }
  }

  #list(start: number, depth: number): ListTerm {
    this.#at++;
    const items: Term[] = [];
    while (!this.#is(']')) {
      if (!this.#next) throw new Fault(this.#since(start), 'expected `]` at the end of the list');
      items.push(this.#sum(start, depth + 1));
      if (items.length > MAX_ITEMS) this.#fail(`expected at most ${MAX_ITEMS} entries`, start);
      if (!this.#take(',') && !this.#is(']')) {
        if (!this.#next) throw new Fault(this.#since(start), 'expected `]` at the end of the list');
        this.#fail('expected a comma or `]`', start);
      }
    }
    this.#at++;
    return { kind: 'list', items };
  }

  #sum(start: number, depth: number): Term {
    return this.#operations(SUMS, start, () => this.#operations(PRODUCTS, start, () => this.#single(start, depth)));
  }

  #operations(operators: ReadonlySet<string>, start: number, operand: () => Term): Term {
    let left = operand();
    for (let next = this.#next; next && operators.has(next.text); next = this.#next) {
      this.#at++;
      if (!this.#next) throw new Fault(this.#since(start), `expected a number after \`${next.text}\``);
      left = { kind: 'operation', operator: next.text as Operator, left, right: operand() };
    }
    return left;
  }

  #single(start: number, depth: number): Term {
    const token = this.#next;
    if (!token || depth > MAX_DEPTH) this.#fail('expected a value', start);
    if (token.text === '[') return this.#list(token.start, depth);
    if (token.text === '(') return this.#group(token.start, depth);
    if (token.text === '?') return this.#constant({ kind: 'open' });
    if (token.kind === SyntaxKind.NumericLiteral) return this.#constant({ kind: 'constant', value: Number(token.value) });
    const isText = token.kind === SyntaxKind.StringLiteral || token.kind === SyntaxKind.NoSubstitutionTemplateLiteral;
    if (isText) return this.#constant({ kind: 'constant', value: token.value });
    if (this.#take('-')) return { kind: 'negation', operand: this.#single(start, depth + 1) };
    if (CONSTANTS.has(token.text)) return this.#constant({ kind: 'constant', value: CONSTANTS.get(token.text) });
    if (!isName(token)) this.#fail('expected a value: a number, a text, true, false, a name, or a list of them', start);
    return { kind: 'name', path: this.#path('') };
  }

  #constant(term: Term): Term {
    this.#at++;
    return term;
  }

  #group(start: number, depth: number): Term {
    this.#at++;
    const inner = this.#sum(start, depth + 1);
    if (!this.#take(')')) this.#fail('expected `)`', start);
    return inner;
  }
}

const CONSTANTS = new Map<string, undefined | null | boolean>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);
