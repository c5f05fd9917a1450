import { ts } from 'ts-morph';

/** The parameters that arguments are given to: TypeScript's `this` is a type, not one of them. */
export const parametersOf = (node: ts.FunctionLikeDeclaration): readonly ts.ParameterDeclaration[] =>
  node.parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');
