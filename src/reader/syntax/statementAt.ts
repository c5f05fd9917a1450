import { ts } from 'ts-morph';
import type { Span } from '../../model/span';
import { parse } from './parse';

/**
 * What a person who types at an offset is writing: the innermost statement, class member or item of a list around it, or what stands before it
 * where the offset is behind the last of them on its line. undefined where there is none, or the text does not parse at all.
 */
export function statementAt(path: string, text: string, offset: number): Span | undefined {
  const parsed = parse(path, text);
  if ('refused' in parsed) return undefined;
  const { file } = parsed;
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    const start = node.getStart(file);
    if (offset < start || offset > node.end) return;
    if (isPiece(node)) found = node;
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return found && { start: found.getStart(file), end: found.end };
}

/** A block is only what holds statements, and a function is more than anyone types at once. */
const isPiece = (node: ts.Node): boolean =>
  ts.isArrayLiteralExpression(node.parent) ||
  ts.isClassElement(node) ||
  (isStatement(node) && !ts.isBlock(node) && !ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node));

const isStatement = ({ kind }: ts.Node): boolean => kind >= ts.SyntaxKind.FirstStatement && kind <= ts.SyntaxKind.LastStatement;
