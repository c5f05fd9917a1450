import { ts } from 'ts-morph';

/** What a function is called: its own name, its class' for a constructor, else that of the variable or property it is assigned to. */
export const functionName = (node: ts.SignatureDeclaration): string | undefined => functionNameNode(node)?.text;

type Name = ts.Identifier | ts.StringLiteralLike | ts.PrivateIdentifier;

/** The token that names a function. */
export function functionNameNode(node: ts.SignatureDeclaration): Name | undefined {
  if (ts.isConstructorDeclaration(node)) return node.parent.name;
  if (node.name && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name) || ts.isPrivateIdentifier(node.name))) return node.name;
  const { parent } = node;
  const isNamed = parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent));
  if (isNamed) return ts.isIdentifier(parent.name) ? parent.name : undefined;
  const isAssigned = parent && ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left);
  return isAssigned ? (parent.left.name as ts.Identifier | ts.PrivateIdentifier) : undefined;
}
