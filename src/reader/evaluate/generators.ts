import type { ts } from 'ts-morph';
import { iterate } from '../operations/iterate';
import type { Machine } from '../machine';
import type { Environment } from '../state/environment';
import { Arr, Obj } from '../state/heap';
import { ASYNC_ITERATOR, ITERATOR } from '../values/keys';
import { Native } from '../values/native';
import { Closure, GeneratorValue, PromiseValue, Unknown, type Value } from '../values/values';
import { evaluate } from './expressions';
import { runGenerator } from './functions';

/** A generator that yields more than this is left there. */
const MAX_YIELDS = 1_000;

/** The consumer has enough. */
export class Enough extends Error {}

/** All that a generator yields. One that never ends has more than that. */
export function collect(m: Machine, generator: GeneratorValue): Arr {
  const items = new Arr();
  consume(m, generator, (value) => {
    m.journal.touch(items);
    if (items.items.length >= MAX_YIELDS) {
      items.open ??= new Unknown(
        m.freshKey('yield'),
        '?',
        `${generator.closure.name} yields more than ${MAX_YIELDS.toLocaleString('en-US')} values`,
      );
      throw new Enough();
    }
    items.items.push(value instanceof PromiseValue ? value.inner : value);
  });
  return items;
}

/** Runs a generator's body and gives each value that it yields to `use`, which may end it by throwing `Enough`. */
export function consume(m: Machine, generator: GeneratorValue, use: (value: Value) => void): void {
  if (generator.isDone) return;
  generator.isDone = true;
  const depth = m.callStack.length;
  const { file } = m;
  const held = m.assumptions.all.length;
  try {
    runGenerator(
      m,
      generator,
      new Native('yield', (_self, [value]) => {
        // What the consumer does stands where the consumer is, not in the generator.
        const inside = { file: m.file, calls: m.callStack.splice(depth) };
        m.file = file;
        use(value);
        m.file = inside.file;
        m.callStack.push(...inside.calls);
        return undefined;
      }),
    );
  } catch (error) {
    if (!(error instanceof Enough) || m.assumptions.all.length !== held) throw error;
    m.callStack.length = depth;
    m.file = file;
  }
}

/** `yield value` and `yield* values`. */
export function yieldExpression(m: Machine, node: ts.YieldExpression, scope: Environment): Value {
  const value = node.expression ? evaluate(m, node.expression, scope) : undefined;
  const use = scope.find('%yield')?.own('%yield');
  if (!(use instanceof Native)) return undefined;
  const at = { path: m.file.fileName, start: node.pos, end: node.end };
  if (!node.asteriskToken) return use.run(undefined, [value], at);
  const items = iterate(m, materialise(m, value));
  for (const item of items ?? [new Unknown(m.freshKey('yield'), '?', 'it is not known what is yielded here')])
    use.run(undefined, [item], at);
  return undefined;
}

/** Generators, and objects with an iterator of their own, as arrays; all else as it is. */
export function materialise(m: Machine, value: Value): Value {
  if (value instanceof GeneratorValue) return collect(m, value);
  const own = value instanceof Obj ? generatorOf(m, value) : undefined;
  return own ? collect(m, own) : value;
}

/** The generator that an object's `[Symbol.iterator]` gives. */
export function generatorOf(m: Machine, value: Value): GeneratorValue | undefined {
  if (value instanceof GeneratorValue) return value;
  if (!(value instanceof Obj) || value.properties.has('%entries')) return undefined;
  const at = { path: m.file.fileName, start: 0, end: 0 };
  const iterator = [ITERATOR, ASYNC_ITERATOR].map((key) => m.interpreter.getMember(value, key, at)).find((one) => one instanceof Closure);
  const made = iterator && m.interpreter.call(iterator, value, [], at);
  return made instanceof GeneratorValue ? made : undefined;
}
