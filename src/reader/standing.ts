import { ts } from 'ts-morph';
import type { Span } from '../model/span';
import type { ReadResult } from './read';
import { doesParse } from './report/syntax';
import type { RootRun } from './rootRuns';
import { BUDGET_TAG } from './statements/budgets';
import { TAG } from './statements/comments';
import { bystanders } from './syntax/bystanders';
import { parse } from './syntax/parse';
import { factsOf, type StatementFacts } from './syntax/statementFacts';

/** What is remembered of a text that was read, to tell of the next one whether it reads alike. */
export interface Standing {
  readonly path: string;
  readonly text: string;
  /** Other files hold what this one exports. */
  readonly isShared: boolean;
  readonly callers: readonly string[];
  readonly statements: readonly Remembered[];
  /** What reading it took, and what of that each of its entry points. */
  readonly steps: number;
  readonly rootRuns: readonly RootRun[];
}

interface Remembered {
  readonly statement: ts.Statement;
  readonly facts: StatementFacts;
  readonly span: Span;
  readonly inside: Span | undefined;
}

/** In larger files the number of entry points and of steps depends on the text's length. */
const MAX_LENGTH = 200_000;

/** undefined where too much depends on the whole text: it does not parse, it is not a module, or not all of it was read. */
export function standingOf(path: string, text: string, callers: readonly string[], result: ReadResult): Standing | undefined {
  const { reading, modules, steps, rootRuns } = result;
  if (reading.limits.length > 0 || reading.isBroken === true || text.length > MAX_LENGTH) return undefined;
  const parsed = parse(path, text);
  // In a page, offsets of the text and of the tree are not the same; a script shares its names with other scripts.
  if ('refused' in parsed || parsed.file.text !== text || !ts.isExternalModule(parsed.file)) return undefined;
  const { file } = parsed;
  const statements = file.statements.map((statement) => ({
    statement,
    facts: factsOf(statement),
    span: { start: statement.pos, end: statement.end },
    inside: insideOf(file, statement),
  }));
  return { path, text, isShared: modules > 1, callers, statements, steps, rootRuns };
}

export const hasCallers = (before: Standing, callers: readonly string[]): boolean => isSameList(before.callers, callers);

export const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, k) => one === b[k]);

/**
 * True where a text must read as the one before it did, its places moved: one statement differs, within the body of a function or class that cannot
 * matter to any model, it says to the rest of the file what it said before, and no line came or went.
 */
export function stillStands(before: Standing, text: string, callers: readonly string[]): boolean {
  if (text.length > MAX_LENGTH || !hasCallers(before, callers)) return false;
  const parsed = parse(before.path, text);
  if ('refused' in parsed || parsed.file.text !== text || !ts.isExternalModule(parsed.file) || !doesParse(parsed.file)) return false;
  const { file } = parsed;
  const { statements } = file;
  if (statements.length !== before.statements.length) return false;
  const changed = statements.flatMap((statement, k) => (statement === before.statements[k]?.statement ? [] : [k]));
  const [at, ...others] = changed;
  if (at === undefined) return text === before.text;
  const then = before.statements[at];
  const now = statements[at];
  if (!then || !now || others.length > 0) return false;
  return differsInside(before, then, file, now) && saysTheSame(then.facts, factsOf(now)) && bystanders(file, before.isShared)(now);
}

/** All around the body is as it was, letter by letter, and the body has as many lines and no comment that states anything. */
function differsInside(before: Standing, then: Remembered, file: ts.SourceFile, now: ts.Statement): boolean {
  const inside = insideOf(file, now);
  if (!inside || !then.inside || now.kind !== then.statement.kind) return false;
  const [old, young] = [before.text.slice(then.inside.start, then.inside.end), file.text.slice(inside.start, inside.end)];
  const isSame =
    before.text.slice(then.span.start, then.inside.start) === file.text.slice(now.pos, inside.start) &&
    before.text.slice(then.inside.end, then.span.end) === file.text.slice(inside.end, now.end);
  return isSame && lineCount(old) === lineCount(young) && ![old, young].some((body) => STATING.test(body));
}

/** Comments that state, limit or silence something. */
const STATING = new RegExp(`${TAG}|${BUDGET_TAG}|layerscope`, 'i');

const lineCount = (text: string): number => text.match(/\r\n|[\r\n\u2028\u2029]/g)?.length ?? 0;

function saysTheSame(a: StatementFacts, b: StatementFacts): boolean {
  const makes = (facts: StatementFacts): boolean => facts.factoryCalls.length > 0 || facts.namedCalls.length > 0;
  return (
    !makes(a) &&
    !makes(b) &&
    a.isDoor === b.isDoor &&
    a.names.size === b.names.size &&
    [...a.names].every(([name, count]) => b.names.get(name) === count) &&
    isSameSet(a.references, b.references) &&
    isSameSet(a.declares, b.declares) &&
    isSameSet(a.assigns, b.assigns) &&
    isSameSet(a.takenFactories, b.takenFactories)
  );
}

export const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

/** What of a statement does not run when the file does: a function's body, the members of a class that are no statics. */
export function insideOf(file: ts.SourceFile, statement: ts.Statement): Span | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.body && blockOf(file, statement.body);
  if (ts.isClassDeclaration(statement))
    return statement.members.every(runsLater) && statement.name ? { start: statement.members.pos, end: statement.members.end } : undefined;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declared, ...others] = statement.declarationList.declarations;
  const made = declared?.initializer;
  if (!made || others.length > 0 || !ts.isIdentifier(declared.name)) return undefined;
  return ts.isArrowFunction(made) || ts.isFunctionExpression(made) ? blockOf(file, made.body) : undefined;
}

const blockOf = (file: ts.SourceFile, body: ts.ConciseBody): Span =>
  ts.isBlock(body) ? { start: body.getStart(file) + 1, end: body.end - 1 } : { start: body.getStart(file), end: body.end };

const isDecorated = (node: ts.Node): boolean => ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;

/** A member that does nothing until the class is used. */
function runsLater(member: ts.ClassElement): boolean {
  if (ts.isClassStaticBlockDeclaration(member) || (member.name && ts.isComputedPropertyName(member.name))) return false;
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const isStatic = modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const parameters = ts.isFunctionLike(member) ? member.parameters : [];
  return ![member, ...parameters].some(isDecorated) && !(isStatic && ts.isPropertyDeclaration(member));
}
