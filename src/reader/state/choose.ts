import { Num, sameNumeric, isNumeric } from '../values/num';
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
  if (flat.length > MAX_ALTERNATIVES) {
    const keys = [...new Set(flat.flatMap((one) => one.literals.map((literal) => literal.text)))].slice(0, 3).join(', ');
    return new Unknown(
      `many:${flat.map((one) => one.literals.map((l) => `${l.key}=${String(l.value)}`).join('&')).join('|')}`,
      '?',
      `it depends on too many conditions (${keys}…)`,
    );
  }
  return new Choice(flat);
}

const agrees = (a: Alternative['literals'], b: Alternative['literals']): boolean =>
  b.every((literal) => a.every((other) => other.key !== literal.key || other.value === literal.value));
