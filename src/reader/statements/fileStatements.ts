import type { ts } from 'ts-morph';
import type { Given, GivenValue, Problem } from '../../model/reading';
import type { Span } from '../../model/span';
import { TAG, taggedLines, type TaggedLine } from './comments';
import { parseLine } from './parse';
import { mentions, scopesAt, type Scope } from './scopes';
import { pathText, type ListTerm, type StatementSyntax, type Term } from './syntax';
import { targetOf } from './targets';

/** What a comment states, and where. */
export interface Statement {
  readonly file: ts.SourceFile;
  /** `numClasses = 10`, as it is written. */
  readonly span: Span;
  readonly term: Term;
  /** True where the term is a shape, not a value. */
  readonly isShape: boolean;
  /** Set where it was given beside the source: no comment is to blame where the source tells otherwise. */
  readonly isGiven?: true;
}

/** A statement about a name: it holds in the innermost function, class or file around it in which the name is written. */
export interface NameStatement extends Statement {
  /** `config.units`. */
  readonly text: string;
  readonly path: readonly string[];
  readonly scope: Scope;
}

export interface ShapeStatement extends Statement {
  readonly term: ListTerm;
}

/** The statements of one file. */
export interface FileStatements {
  readonly names: ReadonlyMap<string, readonly NameStatement[]>;
  /** Those about members, by the name that their path starts with. */
  readonly members: ReadonlyMap<string, readonly NameStatement[]>;
  /** Shapes by the expression that has them. */
  readonly expressions: ReadonlyMap<ts.Node, ShapeStatement>;
  readonly problems: readonly Problem[];
}

/**
 * Finds the statements of a file, and adds what is `given` beside it; undefined where there are none, which a look at the text tells for nearly
 * all. A comment wins over what is given.
 */
export function statementsOf(file: ts.SourceFile, given: readonly Given[] = []): FileStatements | undefined {
  const lines = file.text.includes(TAG) ? taggedLines(file, TAG) : [];
  if (lines.length === 0 && given.length === 0) return undefined;
  const found = new Collector(file);
  for (const one of given) found.addGiven(one);
  for (const line of lines) found.addLine(line);
  return found;
}

/** Reads a name as statements write it; undefined where no statement can be about it. */
function pathOf(name: string): readonly string[] | undefined {
  const line = `${name} = 1`;
  const { statements, fault } = parseLine(line, { start: 0, end: line.length }, { start: 0, end: 0 });
  const [only, ...more] = statements;
  return fault || more.length > 0 || only?.kind !== 'value' ? undefined : only.path;
}

const MAX_NAME = 200;

/** True for a name that a statement can be about: `numClasses`, `config.units`, `dims[0]`. */
export const isStatable = (name: string): boolean => name.length <= MAX_NAME && pathOf(name) !== undefined;

const termOf = (value: GivenValue): Term =>
  typeof value === 'object'
    ? { kind: 'list', items: value.map((item) => ({ kind: 'constant', value: item })) }
    : { kind: 'constant', value };

class Collector implements FileStatements {
  readonly names = new Map<string, NameStatement[]>();
  readonly members = new Map<string, NameStatement[]>();
  readonly expressions = new Map<ts.Node, ShapeStatement>();
  readonly problems: Problem[] = [];

  constructor(private readonly file: ts.SourceFile) {}

  addLine(line: TaggedLine): void {
    const { statements, fault } = parseLine(this.file.text, line.rest, line.tag);
    if (fault) this.#problem(fault.span, fault.message, fault.isOurs ? 'warning' : 'hint');
    for (const statement of statements) this.#add(line, statement);
  }

  /** A statement that stands nowhere in the file: it holds in all of it, and says nothing where the name is not written. */
  addGiven({ name, value }: Given): void {
    const path = isStatable(name) ? pathOf(name) : undefined;
    if (!path || !mentions(this.file, path)) return;
    const span = { start: 0, end: 0 };
    this.#keep({ file: this.file, span, term: termOf(value), isShape: false, isGiven: true, text: pathText(path), path, scope: this.file });
  }

  #add(line: TaggedLine, syntax: StatementSyntax): void {
    if (syntax.path) this.#addName(line, syntax, syntax.path, syntax.name ?? syntax.span);
    else if (syntax.kind === 'shape') {
      const target = targetOf(this.file, line);
      if (target.kind === 'none') this.#problem(syntax.span, target.message, 'warning');
      else if (target.kind === 'name') this.#addName(line, syntax, target.path, syntax.span);
      else this.expressions.set(target.node, { file: this.file, span: syntax.span, term: syntax.term, isShape: true });
    }
  }

  #addName(line: TaggedLine, { term, span, kind }: StatementSyntax, path: readonly string[], name: Span): void {
    const text = pathText(path);
    const scope = scopesAt(this.file, line).find((one) => mentions(one, path));
    if (!scope) {
      this.#problem(name, `nothing here is called ${text}: expected the name of a parameter, a variable, a field or an import`, 'warning');
      return;
    }
    this.#keep({ file: this.file, span, term, isShape: kind === 'shape', text, path, scope });
  }

  #keep(statement: NameStatement): void {
    const { text, path } = statement;
    this.names.set(text, [...(this.names.get(text) ?? []), statement]);
    const [root] = path;
    if (root !== undefined && path.length > 1) this.members.set(root, [...(this.members.get(root) ?? []), statement]);
  }

  #problem(span: Span, message: string, severity: Problem['severity']): void {
    this.problems.push({ span, severity, code: 'shape-statement', message });
  }
}

/** The innermost statement about a name that holds at a node. */
export function statementAt(file: FileStatements, text: string, node: ts.Node): NameStatement | undefined {
  let best: NameStatement | undefined;
  for (const one of file.names.get(text) ?? []) {
    if (one.scope.pos > node.pos || node.end > one.scope.end) continue;
    if (!best || one.scope.end - one.scope.pos <= best.scope.end - best.scope.pos) best = one;
  }
  return best;
}
