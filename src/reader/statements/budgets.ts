import type { ts } from 'ts-morph';
import { isSourceFile, SyntaxKind } from '../syntax/kinds';
import type { BudgetComment, BudgetMeasure, BudgetTerm } from '../../model/reading';
import type { Span } from '../../model/span';
import { clip } from '../values/values';
import { taggedLines, type TaggedLine } from './comments';
import { hasCodeBefore, lastCodeBefore, nodeEndingAt } from './scopes';

export const BUDGET_TAG = '@budget';

/** The budgets that a file's comments set; a file without the word pays for one text search. */
export function budgetsOf(file: ts.SourceFile): readonly BudgetComment[] {
  if (!file.text.includes(BUDGET_TAG)) return [];
  return taggedLines(file, BUDGET_TAG).map((line) => {
    const about = aboutOf(file, line);
    return { tag: line.tag, ...(about && { about }), ...parseBudget(file.text, line.rest, line.tag) };
  });
}

/** What begins on the comment's line before it, else what begins below it: the outermost that does. */
function aboutOf(file: ts.SourceFile, line: TaggedLine): Span | undefined {
  const isBeside = hasCodeBefore(file, line);
  const first = isBeside ? nodeEndingAt(file, lastCodeBefore(file, line)) : line.token;
  const lineStart = file.text.lastIndexOf('\n', line.comment.start - 1) + 1;
  let about: ts.Node | undefined;
  for (let node = first; node && !isSourceFile(node); node = node.parent) {
    const start = node.getStart(file);
    if (isBeside ? start < lineStart : start !== line.token.getStart(file)) break;
    // A list of statements that begins with the one that is meant goes on with others.
    if (node.kind !== SyntaxKind.SyntaxList) about = node;
  }
  return about && about.kind !== SyntaxKind.EndOfFileToken ? { start: about.getStart(file), end: about.end } : undefined;
}

const COUNT_UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
]);
const BYTE_UNITS: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
]);
const MEASURES: ReadonlySet<string> = new Set<BudgetMeasure>(['params', 'macs', 'memory']);

const TERM = /^([A-Za-z]+)\s*(<=|<)\s*(\d[\d_]*(?:\.\d+)?)\s*([A-Za-z]*)(?=[\s,;]|$)/;
const EXPECTED = 'expected `params<5M`, `macs<1G` or `memory<100MB`';
const LONGEST_LINE = 400;

/** Reads what follows `@budget`: terms with spaces or commas between them; a remark may follow in parentheses or after a dash. */
export function parseBudget(text: string, rest: Span, tag: Span): Pick<BudgetComment, 'terms' | 'fault'> {
  const terms: BudgetTerm[] = [];
  if (rest.end - rest.start > LONGEST_LINE)
    return { terms, fault: { span: tag, message: `a budget has at most ${LONGEST_LINE} characters`, isOurs: true } };
  const line = text.slice(rest.start, rest.end);
  const isOurs = /[<>=]|\b(params|macs|memory)\b/i.test(line);
  let at = 0;
  for (;;) {
    at += /^[\s,;]*/.exec(line.slice(at))?.[0].length ?? 0;
    const left = line.slice(at);
    if (left === '' || (terms.length > 0 && /^(\(|-|–|—|\/\/)/.test(left))) break;
    const match = TERM.exec(left);
    const start = rest.start + at;
    const word = /^\S+/.exec(left)?.[0] ?? '';
    const span = { start, end: start + (match?.[0].length ?? word.length) };
    const term = match ? termOf(match, span) : `${EXPECTED}, not \`${clip(word)}\``;
    if (typeof term === 'string') return { terms, fault: { span, message: term, isOurs } };
    terms.push(term);
    at += match?.[0].length ?? 0;
  }
  return terms.length > 0 ? { terms } : { terms, fault: { span: tag, message: `${EXPECTED} after @budget`, isOurs } };
}

/** The term of a match, or what is wrong with it. */
function termOf([, word = '', comparison, digits = '', unit = '']: RegExpExecArray, span: Span): BudgetTerm | string {
  const measure = word.toLowerCase();
  if (!isMeasure(measure)) return `${EXPECTED}: there is no measure \`${clip(word)}\``;
  const units = measure === 'memory' ? BYTE_UNITS : COUNT_UNITS;
  const factor = units.get(unit.toLowerCase());
  if (factor === undefined)
    return measure === 'memory'
      ? 'memory is measured in B, kB, MB or GB'
      : `${measure} is a count: a number, or one with k, M or G behind it`;
  return { span, measure, orEqual: comparison === '<=', limit: Number(digits.replaceAll('_', '')) * factor };
}

const isMeasure = (word: string): word is BudgetMeasure => MEASURES.has(word);
