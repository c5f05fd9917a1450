import { ts } from 'ts-morph';

/** What a function is called: its own name, its class' for a constructor, else that of the variable or property it is assigned to. */
export function functionName(node: ts.SignatureDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return node.parent.name?.text;
  if (node.name && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name) || ts.isPrivateIdentifier(node.name)))
    return node.name.text;
  const { parent } = node;
  const isNamed = parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent));
  if (isNamed) return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  return parent && ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left) ? parent.left.name.text : undefined;
}
