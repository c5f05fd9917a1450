import type { ts } from 'ts-morph';
import type { Problem } from '../../model/reading';
import type { Span } from '../../model/span';
import { shapeLines, TAG, type ShapeLine } from './comments';
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

/** Finds the statements of a file; undefined where there are none, which a look at the text tells for nearly all. */
export function statementsOf(file: ts.SourceFile): FileStatements | undefined {
  if (!file.text.includes(TAG)) return undefined;
  const lines = shapeLines(file);
  if (lines.length === 0) return undefined;
  const found = new Collector(file);
  for (const line of lines) found.addLine(line);
  return found;
}

class Collector implements FileStatements {
  readonly names = new Map<string, NameStatement[]>();
  readonly members = new Map<string, NameStatement[]>();
  readonly expressions = new Map<ts.Node, ShapeStatement>();
  readonly problems: Problem[] = [];

  constructor(private readonly file: ts.SourceFile) {}

  addLine(line: ShapeLine): void {
    const { statements, fault } = parseLine(this.file.text, line.rest, line.tag);
    if (fault) this.#problem(fault.span, fault.message, fault.isOurs ? 'warning' : 'hint');
    for (const statement of statements) this.#add(line, statement);
  }

  #add(line: ShapeLine, syntax: StatementSyntax): void {
    if (syntax.path) this.#addName(line, syntax, syntax.path, syntax.name ?? syntax.span);
    else if (syntax.kind === 'shape') {
      const target = targetOf(this.file, line);
      if (target.kind === 'none') this.#problem(syntax.span, target.message, 'warning');
      else if (target.kind === 'name') this.#addName(line, syntax, target.path, syntax.span);
      else this.expressions.set(target.node, { file: this.file, span: syntax.span, term: syntax.term, isShape: true });
    }
  }

  #addName(line: ShapeLine, { term, span, kind }: StatementSyntax, path: readonly string[], name: Span): void {
    const text = pathText(path);
    const scope = scopesAt(this.file, line).find((one) => mentions(one, path));
    if (!scope) {
      this.#problem(name, `nothing here is called ${text}: expected the name of a parameter, a variable, a field or an import`, 'warning');
      return;
    }
    const statement = { file: this.file, span, term, isShape: kind === 'shape', text, path, scope };
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
