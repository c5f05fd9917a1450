import { applyLayer } from '../../layers/apply';
import { isRefused } from '../../layers/spec';
import type { Machine } from '../machine';
import { binary, nameOf, toNumeric } from '../operations/operators';
import { sameValue } from '../state/choose';
import type { Environment } from '../state/environment';
import { Arr } from '../state/heap';
import { Application, LayerValue, TensorValue, type Origin } from '../tf/entities';
import { dependencies, OptionRecord } from '../tf/options';
import { specOf } from '../tf/specs';
import { combine, isNumeric, Num } from '../values/num';
import { SAMPLES } from '../values/standIns';
import { Unknown, type Value } from '../values/values';
import type { ts } from 'ts-morph';
import { SyntaxKind } from '../syntax/kinds';
import { statementAt, type Statement } from './fileStatements';
import { pathText, type ListTerm, type Operator, type Term } from './syntax';

const OPERATORS: Readonly<Record<Operator, ts.SyntaxKind>> = {
  '+': SyntaxKind.PlusToken,
  '-': SyntaxKind.MinusToken,
  '*': SyntaxKind.AsteriskToken,
  '/': SyntaxKind.SlashToken,
  '%': SyntaxKind.PercentToken,
};

/** Names that stand for the batch where the source itself has no value of that name. */
const BATCH = /^(batch|batchSize|N|B)$/;

const NOTHING = Symbol('a statement without a value');
export type Stated = Value | typeof NOTHING;
export const isStated = (value: Stated): value is Value => value !== NOTHING;

/** What a statement comes to where the source's `scope` is in force: a value, or a tensor of the shape that it states. */
export function valueOf(m: Machine, statement: Statement, scope: Environment, node: ts.Node): Stated {
  const { open, values } = m.statements;
  if (open.has(statement)) return NOTHING;
  open.add(statement);
  try {
    const made = statement.isShape ? tensorFor(m, statement, scope, node) : termValue(m, statement, statement.term, scope, node);
    if (made === undefined && statement.isShape) return NOTHING;
    const last = values.get(statement);
    if (values.has(statement) && alike(last, made)) return last;
    values.set(statement, made);
    return made;
  } finally {
    open.delete(statement);
  }
}

/** One value, as far as the source can tell: a list that nobody has changed, a tensor of the same sizes. */
function alike(a: Value, b: Value): boolean {
  if (a instanceof Arr && b instanceof Arr)
    return !a.open && !a.versions && a.items.length === b.items.length && a.items.every((item, i) => alike(item, b.items[i]));
  if (a instanceof TensorValue && b instanceof TensorValue) {
    const [left, right] = [a, b].map(({ application }) => JSON.stringify(application.outcomes));
    return left === right;
  }
  return sameValue(a, b);
}

/** The sizes of a shape: null where it is open, a number that depends on unknowns where a name of the source is. */
export function sizesOf(m: Machine, statement: Statement, term: ListTerm, scope: Environment, node: ts.Node): readonly Value[] {
  return term.items.map((item, axis) => {
    const isOpen = item.kind === 'open' || (item.kind === 'constant' && item.value === null);
    if (isOpen && axis === 0) return null;
    if (item.kind === 'open') return m.numberOf(new Unknown(`${keyOf(statement)}:${axis}`, '?', `left open by ${placeOf(statement)}`));
    const value = termValue(m, statement, item, scope, node);
    if (item.kind === 'name' && BATCH.test(item.path.join('.')) && !isNumeric(value)) return null;
    return value instanceof Unknown ? m.numberOf(value) : value;
  });
}

function termValue(m: Machine, statement: Statement, term: Term, scope: Environment, node: ts.Node): Value {
  switch (term.kind) {
    case 'constant':
      return term.value;
    case 'open':
      return null;
    case 'list':
      return new Arr(term.items.map((item) => termValue(m, statement, item, scope, node)));
    case 'name':
      return nameValue(m, statement, term.path, scope, node);
    case 'negation': {
      const number = toNumeric(m, termValue(m, statement, term.operand, scope, node));
      return number === undefined ? NaN : combine([number], `-${nameOf(number)}`, (x) => -x);
    }
    case 'operation': {
      const [left, right] = [term.left, term.right].map((side) => termValue(m, statement, side, scope, node));
      return m.each(left, (a) => m.each(right, (b) => binary(m, OPERATORS[term.operator], a, b)));
    }
  }
}

/** A name in a statement: a value of the source, one that another statement gives, else an unknown under that name. */
function nameValue(m: Machine, statement: Statement, path: readonly string[], scope: Environment, node: ts.Node): Value {
  const text = pathText(path);
  const file = m.statements.files.get(statement.file);
  const other = file && statementAt(file, text, node);
  const found = sourceValue(m, path, scope);
  if (found !== undefined && !(found instanceof Unknown || found instanceof Num)) return found;
  const stated = other && other !== statement ? valueOf(m, other, scope, node) : NOTHING;
  if (isStated(stated)) return stated;
  return found ?? new Unknown(`${keyOf(statement)}:${text}`, text, `a name that only ${placeOf(statement)} has`);
}

function sourceValue(m: Machine, [root = '', ...rest]: readonly string[], scope: Environment): Value {
  const name = root === 'this' ? '%this' : root;
  let value = m.settle(scope.find(name)?.own(name));
  for (const key of rest) {
    if (value === undefined || value === null) return undefined;
    value = m.settle(m.interpreter.getMember(value, key, { path: m.file.fileName, start: 0, end: 0 }));
  }
  return value;
}

/** A tensor of a stated shape: an input of its own. undefined where TensorFlow.js has no input of that shape. */
function tensorFor(m: Machine, statement: Statement, scope: Environment, node: ts.Node): Value {
  const { term } = statement;
  if (term.kind !== 'list') return undefined;
  const sizes = sizesOf(m, statement, term, scope, node);
  if (sizes.length === 0 || !sizes.every((size) => size === null || isNumeric(size))) return undefined;
  const options = new OptionRecord(new Map([['batchShape', sizes as readonly (null | number | Num)[]]]), undefined);
  const dependsOn = dependencies(options);
  const input = new LayerValue('input', options, originOf(m, statement), []);
  const outcomes = Array.from({ length: dependsOn.size > 0 ? SAMPLES : 1 }, (_, k) => applyLayer(specOf(input, k), []));
  if (outcomes.every(isRefused)) return undefined;
  const application = new Application(input, [], outcomes, undefined, dependsOn, []);
  input.builtBy = application;
  return new TensorValue(application, 0);
}

const originOf = (m: Machine, { file, span }: Statement): Origin => ({
  path: file.fileName,
  name: span,
  call: span,
  callPath: [],
  literals: [],
  root: m.root,
});

const keyOf = ({ file, span }: Statement): string => `stated:${file.fileName}:${span.start}`;

/** 1-based. */
export const lineOf = (file: ts.SourceFile, offset: number): number => file.getLineAndCharacterOfPosition(offset).line + 1;

const placeOf = ({ file, span }: Statement): string => `the comment at line ${lineOf(file, span.start)}`;
