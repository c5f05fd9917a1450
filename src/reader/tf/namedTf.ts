import type { ts } from 'ts-morph';
import { isIdentifier, isPropertyAccessExpression } from '../syntax/kinds';
import { Namespace, Unknown, type Value } from '../values/values';

const NAMES = /^_?(tf|tfjs|tensorflow)$/i;

/**
 * What is read under the name `tf` and is known no better is TensorFlow.js: a parameter, `this.tf`, what `getBackend()` gave. Nothing else has layers
 * under that name, and programs hand TensorFlow.js about like this where they leave its package to others.
 */
export function namedTensorFlow(expression: ts.Expression, value: Value): Value {
  if (value !== undefined && !(value instanceof Unknown)) return value;
  const name = isIdentifier(expression) || isPropertyAccessExpression(expression) ? lastName(expression) : undefined;
  return name !== undefined && NAMES.test(name) ? new Namespace(['tf']) : value;
}

const lastName = (node: ts.Identifier | ts.PropertyAccessExpression): string => (isIdentifier(node) ? node.text : node.name.text);
