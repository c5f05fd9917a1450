import { encodeConstant, type Machine } from '../machine';
import type { Literal } from '../state/assumptions';
import { isNumeric, Num, sameNumeric, textOf, type Numeric } from '../values/num';
import { boundedKey } from '../values/keys';
import { Choice, Unknown, clip, type Value } from '../values/values';

/** An unknown truth value that knows what follows from either side. */
export class Condition extends Unknown {
  constructor(
    key: string,
    name: string,
    reason: string,
    readonly ifTrue: readonly Literal[],
    readonly ifFalse: readonly Literal[],
  ) {
    super(key, name, reason);
  }
}

/** The two sides of a value whose truth is not known; a boolean where it is. Choices are settled by the caller. */
export type Decision = boolean | { readonly ifTrue: readonly Literal[]; readonly ifFalse: readonly Literal[] };

export function decide(m: Machine, value: Value): Decision {
  if (value instanceof Condition) return underAssumptions(m, value.ifTrue, value.ifFalse);
  if (value instanceof Unknown) return underAssumptions(m, ...sidesOf(`truth:${value.key}`, value.name, `!${value.name}`));
  if (value instanceof Num) return underAssumptions(m, ...sidesOf(`truth:${identity(value)}`, value.text, `!(${value.text})`));
  if (value instanceof Choice) return true;
  return Boolean(value);
}

const sidesOf = (key: string, yes: string, no: string): [readonly Literal[], readonly Literal[]] => [
  [{ key, value: true, text: yes }],
  [{ key, value: false, text: no }],
];

function underAssumptions(m: Machine, ifTrue: readonly Literal[], ifFalse: readonly Literal[]): Decision {
  const yes = m.assumptions.allows(ifTrue);
  const no = m.assumptions.allows(ifFalse);
  if (yes && !no) return true;
  if (no && !yes) return false;
  return { ifTrue, ifFalse };
}

const identity = (value: Numeric): string =>
  value instanceof Num ? boundedKey(`${[...value.dependsOn].join(',')}:${value.text}`) : String(value);

export function negate(value: Value): Value {
  if (value instanceof Condition) return new Condition(`!${value.key}`, `!(${value.name})`, value.reason, value.ifFalse, value.ifTrue);
  if (value instanceof Unknown) {
    const [yes, no] = sidesOf(`truth:${value.key}`, value.name, `!${value.name}`);
    return new Condition(`!${value.key}`, `!${value.name}`, value.reason, no, yes);
  }
  if (value instanceof Num) {
    const [yes, no] = sidesOf(`truth:${identity(value)}`, value.text, `!(${value.text})`);
    return new Condition(`!${identity(value)}`, `!(${value.text})`, '', no, yes);
  }
  return !value;
}

const isConstant = (value: Value): value is string | number | boolean | null | undefined =>
  value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value);

/** `a === b`, or `a == b` where `loose`. */
export function equals(m: Machine, a: Value, b: Value, loose: boolean): Value {
  if (isConstant(a) && isConstant(b)) return loose ? looseEquals(a, b) : a === b;
  if (a instanceof Unknown && b instanceof Unknown) return a.key === b.key ? true : opaque(a, b);
  if (a instanceof Unknown && isConstant(b)) return isValue(a, b);
  if (b instanceof Unknown && isConstant(a)) return isValue(b, a);
  if (isNumeric(a) && isNumeric(b)) return sameNumeric(a, b) ? true : compareCondition(a, '===', b);
  if (a instanceof Unknown || b instanceof Unknown) return new Unknown(m.freshKey('eq'), '?', 'compared with something that is not known');
  return a === b;
}

/** `==` of constants: null and undefined equal each other only, the rest is compared as JavaScript would for what people compare. */
const looseEquals = (a: unknown, b: unknown): boolean => {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined];
  return noA || noB ? noA && noB : Object.is(a, b) || String(a) === String(b);
};

function opaque(a: Unknown, b: Unknown): Value {
  const name = clip(`${a.name} === ${b.name}`);
  const [yes, no] = sidesOf(`eq:${a.key}:${b.key}`, name, clip(`${a.name} !== ${b.name}`));
  return new Condition(`eq:${a.key}:${b.key}`, name, a.reason, yes, no);
}

function isValue(unknown: Unknown, constant: string | number | boolean | null | undefined): Condition {
  const shown = constant === undefined ? 'undefined' : encodeConstant(constant);
  const key = `eq:${unknown.key}:${shown}`;
  const yes: Literal[] = [
    { key, value: true, subject: unknown.key, text: clip(`${unknown.name} === ${shown}`) },
    { key: `is:${unknown.key}`, value: shown, subject: unknown.key, text: '' },
  ];
  return new Condition(key, clip(`${unknown.name} === ${shown}`), unknown.reason, yes, [
    { key, value: false, subject: unknown.key, text: clip(`${unknown.name} !== ${shown}`) },
  ]);
}

/** A comparison of numbers that depends on unknowns; each question has one key, however it is asked. */
export function compareCondition(a: Numeric, operator: '===' | '<' | '<=' | '>' | '>=', b: Numeric): Condition {
  if (operator === '>') return compareCondition(b, '<', a);
  if (operator === '>=') return flip(compareCondition(a, '<', b));
  if (operator === '<=') return flip(compareCondition(b, '<', a));
  const name = clip(`${textOf(a)} ${operator} ${textOf(b)}`);
  const key = `cmp:${identity(a)}${operator}${identity(b)}`;
  const opposite = operator === '===' ? '!==' : '>=';
  const [yes, no] = sidesOf(key, name, clip(`${textOf(a)} ${opposite} ${textOf(b)}`));
  return new Condition(key, name, 'it depends on a number that is not known', yes, no);
}

const flip = (condition: Condition): Condition =>
  new Condition(`!${condition.key}`, condition.name, condition.reason, condition.ifFalse, condition.ifTrue);
