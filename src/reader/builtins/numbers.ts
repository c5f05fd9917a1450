import type { Machine } from '../machine';
import { Native } from '../values/native';
import { combine, Num, textOf, type Numeric } from '../values/num';
import { Unknown, type Value } from '../values/values';
import { toNumeric } from '../operations/operators';
import { Arr, Obj } from '../state/heap';

export function numberMember(value: Numeric, key: string): Value {
  if (key !== 'toString' && key !== 'toFixed' && key !== 'toLocaleString') return undefined;
  return new Native(key, (_self, [digits]) => {
    if (value instanceof Num) return new Unknown(`text:${value.text}`, value.text, 'a text that depends on a number that is not known');
    if (key === 'toFixed') return value.toFixed(typeof digits === 'number' && digits >= 0 && digits <= 100 ? digits : 0);
    return typeof digits === 'number' && digits >= 2 && digits <= 36 && key === 'toString' ? value.toString(digits) : String(value);
  });
}

const FUNCTIONS: Readonly<Record<string, (...numbers: number[]) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  trunc: Math.trunc,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  pow: Math.pow,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  sign: Math.sign,
  max: Math.max,
  min: Math.min,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  tanh: Math.tanh,
  hypot: Math.hypot,
  fround: Math.fround,
  clz32: Math.clz32,
  imul: Math.imul,
  atan2: Math.atan2,
  expm1: Math.expm1,
};

const numeric = (m: Machine, name: string, compute: (...numbers: number[]) => number): Native =>
  new Native(name, (_self, args) => overAlternatives(m, name, args, [], compute));

/** Computes once for each alternative of its arguments. */
function overAlternatives(
  m: Machine,
  name: string,
  args: readonly Value[],
  done: readonly Numeric[],
  compute: (...numbers: number[]) => number,
): Value {
  const [next, ...rest] = args;
  if (args.length === 0) return combine(done, `${name}(${done.map(textOf).join(', ')})`, compute);
  return m.each(next, (value) => {
    const number = toNumeric(m, value);
    return number === undefined ? NaN : overAlternatives(m, name, rest, [...done, number], compute);
  });
}

/** The global `Math`. */
export function mathObject(m: Machine): Obj {
  const math = new Obj();
  for (const [name, compute] of Object.entries(FUNCTIONS)) math.properties.set(name, numeric(m, `Math.${name}`, compute));
  for (const name of ['PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2'] as const) math.properties.set(name, Math[name]);
  math.properties.set('random', new Native('random', () => new Unknown(m.freshKey('random'), 'Math.random()', 'a random number')));
  return math;
}

/** `parseInt(text, base)`. */
const inBase = (m: Machine, text: string, base: Value): Value =>
  typeof base === 'number' ? Number.parseInt(text, base) : new Unknown(m.freshKey('base'), 'parseInt(…)', 'the base is not known');

/** `Number`, `parseInt`, `parseFloat` and the tests on numbers. */
export function numberGlobals(m: Machine): ReadonlyMap<string, Value> {
  const convert = (name: string, read: (text: string) => number): Native =>
    new Native(name, (_self, [value, base]) =>
      m.each(value, (one) => {
        if (typeof one === 'string') return base === undefined || name !== 'parseInt' ? read(one) : inBase(m, one, m.settle(base));
        if (one instanceof Arr || one instanceof Obj) return NaN;
        const number = toNumeric(m, one);
        return number === undefined ? NaN : name === 'parseInt' ? combine([number], `parseInt(${textOf(number)})`, Math.trunc) : number;
      }),
    );
  const test = (name: string, ask: (n: number) => boolean): Native =>
    new Native(name, (_self, [value]) => {
      const one = m.settle(value);
      return typeof one === 'number'
        ? ask(one)
        : one instanceof Num || one instanceof Unknown
          ? new Unknown(m.freshKey('test'), `${name}(…)`, 'it depends on something unknown')
          : false;
    });
  /** The global tests make a number of what they are given. */
  const looseTest = (name: string, ask: (n: number) => boolean): Native =>
    new Native(name, (_self, [value]) => {
      const number = toNumeric(m, m.settle(value));
      return typeof number === 'number' || number === undefined
        ? ask(number ?? NaN)
        : new Unknown(m.freshKey('test'), `${name}(…)`, 'it depends on something unknown');
    });
  const members = new Map<string, Value>([
    ['isInteger', test('Number.isInteger', Number.isInteger)],
    ['isFinite', test('Number.isFinite', Number.isFinite)],
    ['isNaN', test('Number.isNaN', Number.isNaN)],
    ['parseFloat', convert('parseFloat', Number.parseFloat)],
    ['parseInt', convert('parseInt', (text) => Number.parseInt(text))],
    ['MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
    ['EPSILON', Number.EPSILON],
    ['POSITIVE_INFINITY', Infinity],
  ]);
  const number = convert('Number', Number);
  return new Map<string, Value>([
    ['Number', new Native('Number', number.run, members)],
    ['parseInt', convert('parseInt', (text) => Number.parseInt(text))],
    ['parseFloat', convert('parseFloat', Number.parseFloat)],
    ['isNaN', looseTest('isNaN', Number.isNaN)],
    ['isFinite', looseTest('isFinite', Number.isFinite)],
  ]);
}
