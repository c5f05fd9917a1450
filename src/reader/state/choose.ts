import { Num, sameNumeric, isNumeric } from '../values/num';
import { EagerTensor, sameSizes } from '../tf/tensors/eager';
import { Choice, Unknown, type Alternative, type Value } from '../values/values';

const MAX_ALTERNATIVES = 8;

/** True where two values are the same in every respect that the source could notice. */
export function sameValue(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Num || b instanceof Num) return isNumeric(a) && isNumeric(b) && sameNumeric(a, b);
  if (a instanceof Unknown && b instanceof Unknown) return a.key === b.key;
  if (a instanceof Choice && b instanceof Choice) {
    return (
      a.alternatives.length === b.alternatives.length && a.alternatives.every((one, i) => sameValue(one.value, b.alternatives[i]?.value))
    );
  }
  return false;
}

/** The value of several alternatives: one value where they agree, a choice where they differ, unknown where they are too many. */
export function choose(alternatives: readonly Alternative[]): Value {
  const flat: Alternative[] = [];
  for (const { literals, value } of alternatives) {
    const inner = value instanceof Choice ? value.alternatives.filter((one) => agrees(literals, one.literals)) : [];
    if (inner.length === 0) flat.push({ literals, value });
    else
      for (const one of inner)
        flat.push({ literals: [...literals, ...one.literals.filter((l) => !literals.some((m) => m.key === l.key))], value: one.value });
  }
  const first = flat[0];
  if (!first) return undefined;
  if (flat.every((one) => sameValue(one.value, first.value))) return first.value;
  const tensor = sameTensor(flat.map((one) => one.value));
  if (tensor) return tensor;
  if (flat.length > MAX_ALTERNATIVES) {
    const fewer = withFewerConditions(flat);
    if (fewer.length <= MAX_ALTERNATIVES) return choose(fewer);
    const keys = [...new Set(flat.flatMap((one) => one.literals.map((literal) => literal.text)))].slice(0, 3).join(', ');
    return new Unknown(
      `many:${flat.map((one) => one.literals.map((l) => `${l.key}=${String(l.value)}`).join('&')).join('|')}`,
      '?',
      `it depends on too many conditions (${keys}…)`,
    );
  }
  return new Choice(flat);
}

/** A value that can stand for others that are as good as the same to whoever uses them. */
export interface Mergeable {
  /** undefined where they differ too much. */
  mergedWith(others: readonly Value[]): Value;
}

/** One value for all of these, where there is one; undefined where there is none. */
export function mergedOf(values: readonly Value[]): Value {
  const [first, ...others] = values;
  return typeof first === 'object' && first !== null && 'mergedWith' in first ? first.mergedWith(others) : undefined;
}

/** Leaves out what is decided, one thing after the other, where the sides of it are as good as the same. */
function withFewerConditions(all: readonly Alternative[]): readonly Alternative[] {
  const decided = new Map<string, boolean>();
  for (const { literals } of all) for (const one of literals) decided.set(one.subject ?? one.key, one.tried ?? false);
  let left = all;
  // Counts that were only tried say least.
  for (const [subject] of [...decided].sort((a, b) => Number(b[1]) - Number(a[1]))) {
    if (left.length <= MAX_ALTERNATIVES) break;
    left = without(left, subject);
  }
  return left;
}

function without(all: readonly Alternative[], subject: string): readonly Alternative[] {
  const groups = new Map<string, Alternative[]>();
  for (const one of all) {
    const rest = one.literals.filter((literal) => (literal.subject ?? literal.key) !== subject);
    const key = rest.map((literal) => `${literal.key}=${String(literal.value)}`).join('&');
    groups.set(key, [...(groups.get(key) ?? []), { literals: rest, value: one.value }]);
  }
  const merged: Alternative[] = [];
  for (const group of groups.values()) {
    const [first, ...others] = group;
    if (!first) continue;
    const value = others.every((other) => sameValue(other.value, first.value)) ? first.value : mergedOf(group.map((one) => one.value));
    if (value === undefined && first.value !== undefined) return all;
    merged.push({ literals: first.literals, value });
  }
  const exclusive = merged.every((a, i) => merged.slice(i + 1).every((b) => !agrees(a.literals, b.literals)));
  return exclusive ? merged : all;
}

/** Tensors of the same sizes are one tensor for all that can be told of them, but no straight line of ops leads there. */
function sameTensor(values: readonly Value[]): EagerTensor | undefined {
  const [first, ...others] = values;
  if (!(first instanceof EagerTensor) || !others.every((one) => one instanceof EagerTensor && sameSizes(first, one))) return undefined;
  return first.from({ kind: 'other', why: 'a condition that is not known decides what is computed' });
}

const agrees = (a: Alternative['literals'], b: Alternative['literals']): boolean =>
  b.every((literal) => a.every((other) => other.key !== literal.key || other.value === literal.value));
