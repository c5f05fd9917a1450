import type { ts } from 'ts-morph';
import {
  isAsExpression,
  isElementAccessExpression,
  isNonNullExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isTemplateExpression,
  SyntaxKind,
} from '../syntax/kinds';
import { Thrown, type Machine } from '../machine';
import type { Environment } from '../state/environment';
import { Arr, Obj } from '../state/heap';
import { callNamespace, newNamespace } from '../tf/namespace';
import { LayerValue, ModelValue } from '../tf/entities';
import { namedTensorFlow } from '../tf/namedTf';
import { isTraining, noteTrainingOfUnknown } from '../tf/training';
import { noteApplication, noteModelMade } from '../tf/uses';
import { Native, type CallPlace } from '../values/native';
import { ClassValue, Closure, Namespace, Unknown, clip, type Value } from '../values/values';
import { callArrayMethodOnUnknown, isCollectionMethod } from '../builtins/unknownCollections';
import { construct, superConstruct } from './classes';
import { evaluate, OPEN_FACTORY, placeOf, throughOptional } from './expressions';
import { callClosure } from './functions';
import { materialise } from './generators';
import { iterate } from '../operations/iterate';
import { getMember } from './members';
import { toText } from '../operations/operators';

/** Calls anything that can be called. */
export function call(m: Machine, callee: Value, self: Value, args: readonly Value[], at: CallPlace): Value {
  return m.each(callee, (one) => {
    m.tick();
    if (one instanceof Closure) return callClosure(m, one, one.boundThis ?? self, args, at);
    if (one instanceof Native) return one.run(self, args, at);
    if (one instanceof Namespace) return callNamespace(m, one, args, at);
    if (one instanceof ClassValue) return construct(m, one, args, at);
    return unknownCall(m, one, args, at);
  });
}

/** A function that cannot be read may keep what it is given, change it, and call it back. */
function unknownCall(m: Machine, callee: Value, args: readonly Value[], at: CallPlace): Unknown {
  const text = clip(m.modules.get(at.path)?.file?.text.slice(at.start, at.end) ?? '');
  const reason = callee instanceof Unknown ? callee.reason : 'what is called here is not known';
  const harmless = callee instanceof Unknown && HARMLESS.test(callee.name);
  if (!harmless)
    for (const arg of args)
      escape(
        m,
        arg,
        new Unknown(
          m.freshKey('escaped'),
          '?',
          `it was handed to ${clip(callee instanceof Unknown ? callee.name : text)}, which is not read`,
        ),
      );
  for (const arg of args) mayCallBack(m, arg, at);
  return new Unknown(m.freshKey('call'), callee instanceof Unknown ? clip(`${callee.name}(${shownArguments(args)})`) : text, reason);
}

/** Constants that a call is given, by which people tell it from others: `mode.includes("lstm")`. */
const shownArguments = (args: readonly Value[]): string =>
  args.every((arg) => typeof arg === 'string' || typeof arg === 'number') ? args.map((arg) => JSON.stringify(arg)).join(', ') : '';

/** A function handed to code that is not read runs never, once, or often: whatever it changes is unknown from here on. */
function mayCallBack(m: Machine, value: Value, at: CallPlace): void {
  const callbacks = value instanceof Obj ? [...value.properties.values()] : [value];
  for (const callback of callbacks) {
    if (!(callback instanceof Closure)) continue;
    const args = callback.node.parameters.map((_, i) => new Unknown(m.freshKey('callback'), `argument ${i + 1}`, `given to a callback`));
    const why = new Unknown(m.freshKey('callback'), '?', `${callback.name} changes it, and it is not known when that runs`);
    m.rehearse(() => callClosure(m, callback, callback.boundThis, args, at), why);
  }
}

/** Known not to change what they are given. */
const HARMLESS = /^(console|tfvis|Math|JSON|performance|document|window|process|logger|log|assert|expect|React|set[A-Z]\w*)\b/;

function escape(m: Machine, value: Value, why: Unknown): void {
  if (value instanceof Arr || value instanceof Obj) {
    if (value.open) return;
    m.journal.touch(value);
    value.open = why;
  }
}

/** A method that is not read may change what it belongs to. */
function mayChangeItself(m: Machine, target: Value, key: string): void {
  escape(m, target, new Unknown(m.freshKey('method'), '?', `its ${clip(key)}() is called, which is not read`));
  if (target instanceof Arr) target.items = [];
}

/** The arguments of a call, spread out. */
export function evaluateArguments(m: Machine, nodes: readonly ts.Expression[] | undefined, scope: Environment): readonly Value[] {
  const args: Value[] = [];
  for (const node of nodes ?? []) {
    if (!isSpreadElement(node)) {
      args.push(evaluate(m, node, scope));
      continue;
    }
    const spread = materialise(m, evaluate(m, node.expression, scope));
    const items = iterate(m, spread);
    if (items) args.push(...items);
    else
      for (let i = 0; i < 8; i++)
        args.push(
          spread instanceof Unknown
            ? spread.member(String(i))
            : new Unknown(m.freshKey('spread'), '?', 'it is not known what is spread here'),
        );
  }
  return args;
}

export function evaluateCall(m: Machine, node: ts.CallExpression, scope: Environment): Value {
  const value = valueOfCall(m, node, scope);
  noteModelMade(m, node.expression, value);
  return value;
}

function valueOfCall(m: Machine, node: ts.CallExpression, scope: Environment): Value {
  const { expression } = node;
  if (expression.kind === SyntaxKind.SuperKeyword) return superCall(m, node, scope);
  const member = memberOf(m, expression, scope);
  if (!member) {
    const callee = evaluate(m, expression, scope);
    if (throughOptional(node, callee)) return undefined;
    const args = evaluateArguments(m, node.arguments, scope);
    const place = calledAt(m, node, expression);
    if (callee instanceof Unknown) noteOpenFactory(m, callee, place);
    return call(m, callee, undefined, args, place);
  }
  if (member.isSkipped) return undefined;
  const place = calledAt(m, node, expression);
  return m.each(member.target, (target) => {
    const args = evaluateArguments(m, node.arguments, scope);
    if (target instanceof Unknown && member.key !== undefined && isCollectionMethod(member.key) && args[0] instanceof Closure) {
      return callArrayMethodOnUnknown(m, target, member.key, args, place);
    }
    const run = (): Value => {
      const callee = member.key === undefined ? member.callee : getMember(m, target, member.key, place);
      if (throughOptional(node, callee)) return undefined;
      if (callee === undefined) mayChangeItself(m, target, member.key ?? '?');
      if (target instanceof LayerValue || target instanceof ModelValue) noteApplication(m, expression, target, member.key);
      if (target instanceof Unknown && isTraining(member.key)) noteTrainingOfUnknown(m, member.key, args, place);
      return call(m, callee, target, args, place);
    };
    return target instanceof Arr || target instanceof ModelValue ? m.eachVersion(target as Arr, run) : run();
  });
}

interface Member {
  readonly target: Value;
  readonly key: string | undefined;
  readonly callee: Value;
  readonly isSkipped: boolean;
}

/** `target.key` or `target[key]` of a call; undefined where the callee is no member. */
function memberOf(m: Machine, callee: ts.Expression, scope: Environment): Member | undefined {
  let expression = callee;
  while (isParenthesizedExpression(expression) || isNonNullExpression(expression) || isAsExpression(expression))
    expression = expression.expression;
  if (isPropertyAccessExpression(expression)) {
    if (expression.expression.kind === SyntaxKind.SuperKeyword) {
      return { target: scope.find('%this')?.own('%this'), key: undefined, callee: evaluate(m, expression, scope), isSkipped: false };
    }
    const target = namedTensorFlow(expression.expression, evaluate(m, expression.expression, scope));
    return { target, key: expression.name.text, callee: undefined, isSkipped: throughOptional(expression, target) };
  }
  if (!isElementAccessExpression(expression)) return undefined;
  const target = evaluate(m, expression.expression, scope);
  const key = evaluate(m, expression.argumentExpression, scope);
  const name = toText(key);
  if (name !== undefined) return { target, key: name, callee: undefined, isSkipped: throughOptional(expression, target) };
  return undefined;
}

const calledAt = (m: Machine, node: ts.CallExpression, expression: ts.Expression): CallPlace => ({
  path: m.file.fileName,
  start: node.getStart(m.file),
  end: node.end,
  name: nameSpan(m, expression),
});

/** The token that names what is called: `conv2d` in `tf.layers.conv2d`. */
function nameSpan(m: Machine, expression: ts.Expression): { readonly start: number; readonly end: number } {
  const token = isPropertyAccessExpression(expression)
    ? expression.name
    : isElementAccessExpression(expression)
      ? expression.argumentExpression
      : expression;
  return { start: token.getStart(m.file), end: token.end };
}

export function evaluateNew(m: Machine, node: ts.NewExpression, scope: Environment): Value {
  const callee = evaluate(m, node.expression, scope);
  const args = evaluateArguments(m, node.arguments, scope);
  const start = node.getStart(m.file);
  const at: CallPlace = { ...placeOf(m, node), name: { start, end: start + 'new'.length } };
  return m.each(callee, (one) => {
    if (one instanceof ClassValue || one instanceof Closure) return construct(m, one, args, at);
    if (one instanceof Native) return (one.construct ?? ((given) => one.run(undefined, given, at)))(args, at);
    if (one instanceof Namespace) return newNamespace(m, one, args, at);
    return unknownCall(m, one, args, at);
  });
}

function superCall(m: Machine, node: ts.CallExpression, scope: Environment): Value {
  const args = evaluateArguments(m, node.arguments, scope);
  const self = scope.find('%this')?.own('%this');
  const home = scope.find('%home')?.own('%home');
  if (!(self instanceof Obj) || !(home instanceof ClassValue)) throw new Thrown(undefined);
  superConstruct(m, home, self, args, placeOf(m, node));
  return undefined;
}

/** A template with a tag before it: the tag is called with the texts and the values. */
export function taggedTemplate(m: Machine, node: ts.TaggedTemplateExpression, scope: Environment): Value {
  const tag = evaluate(m, node.tag, scope);
  const { template } = node;
  const spans = isTemplateExpression(template) ? template.templateSpans : [];
  const texts = new Arr([isTemplateExpression(template) ? template.head.text : template.text, ...spans.map(({ literal }) => literal.text)]);
  const values = spans.map(({ expression }) => evaluate(m, expression, scope));
  m.templates.add(texts);
  return call(m, tag, undefined, [texts, ...values], placeOf(m, node));
}

/** A layer is made here, and it is not known which. */
function noteOpenFactory(m: Machine, callee: Unknown, at: CallPlace): void {
  if (callee.key.startsWith(OPEN_FACTORY))
    m.openFactories.set(`${at.path}:${at.start}`, { at, reason: `${callee.name}: ${callee.reason}` });
}
