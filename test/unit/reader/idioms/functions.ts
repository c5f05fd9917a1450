import type { Program } from '../programs';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const program = (name: string, main: string): Program => ({ name, files: { '/main.ts': HEAD + main } });

/** Generators, closures, loops and the smaller things of the language. */
export const FUNCTIONS: readonly Program[] = [
  program(
    'generators that yield layers',
    `
    function* layers(sizes: number[]) {
      let inputShape: number[] | undefined = [3];
      for (const units of sizes) { yield tf.layers.dense({ units, ...(inputShape && { inputShape }) }); inputShape = undefined; }
      yield* [tf.layers.dropout({ rate: 0.5 }), tf.layers.dense({ units: 1 })];
    }
    export function create() {
      const model = tf.sequential();
      for (const layer of layers([5, 4])) model.add(layer);
      for (const layer of [...layers([7, 2])].slice(1)) model.add(layer);
      function* until(count: number) { while (model.layers.length < count) yield tf.layers.dense({ units: model.layers.length }); }
      for (const layer of until(10)) model.add(layer);
      return model;
    }`,
  ),
  program(
    'generators as methods and iterators, and ones without an end',
    `
    class Sizes { constructor(private readonly top: number) {} *[Symbol.iterator]() { for (let n = this.top; n > 0; n -= 2) yield n; } *pairs() { yield [1, 2] as const; yield [3, 4] as const; } }
    function* counter() { let n = 5; try { while (true) yield n++; } finally { n = 0; } }
    export function create() {
      const sizes = new Sizes(6), model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      for (const units of sizes) model.add(tf.layers.dense({ units }));
      for (const [a, b] of sizes.pairs()) model.add(tf.layers.dense({ units: a * b }));
      for (const n of counter()) { if (n > 7) break; if (model.layers.length < 7) model.add(tf.layers.dense({ units: n })); }
      const [first, second] = [...sizes];
      model.add(tf.layers.dense({ units: first! * second! }));
      return model;
    }`,
  ),
  program(
    'entries, keys and labelled loops',
    `
    const table = { small: 3, large: 9 };
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      for (const [i, units] of [4, 5].entries()) model.add(tf.layers.dense({ units: units + i }));
      for (const [name, units] of Object.entries(table)) model.add(tf.layers.dense({ units, name }));
      for (const i of [7, 8, 9].keys()) model.add(tf.layers.dense({ units: i + 1 }));
      rows: for (let i = 0; i < 4; i++) {
        for (let j = 0; ; j++) { if (j > i) continue rows; if (i === 3) break rows; if (i * j === 2) model.add(tf.layers.dense({ units: 10 + i + j })); }
      }
      return model;
    }`,
  ),
  program(
    'closures in arrays and tables of builders',
    `
    type Build = (units: number) => tf.layers.Layer;
    const builders: Record<string, Build> = { plain: (units) => tf.layers.dense({ units }), bare(units) { return tf.layers.dense({ units, useBias: false }); } };
    const steps: ((model: tf.Sequential) => void)[] = [];
    for (let i = 0; i < 3; i++) steps.push((model) => model.add(builders[i % 2 ? 'bare' : 'plain']!(i + 4)));
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      steps.forEach((step) => step(model));
      return model;
    }`,
  ),
  program(
    'optional chaining, nullish and logical assignment',
    `
    interface Options { units?: number | null; make?: (units: number) => tf.layers.Layer; nested?: { sizes?: number[] } }
    function layersOf(options?: Options) {
      const settings: Options = { ...options };
      settings.units ??= 4;
      settings.units ||= 9;
      settings.make &&= settings.make;
      const made = settings.make?.(settings.units) ?? tf.layers.dense({ units: settings.units });
      return [made, tf.layers.dense({ units: options?.nested?.sizes?.[0] || options?.nested?.sizes?.length || 2 })];
    }
    export const create = () => tf.sequential({ layers: [
      tf.layers.inputLayer({ inputShape: [3] }),
      ...layersOf(), ...layersOf({ units: 0 }), ...layersOf({ make: (units) => tf.layers.dense({ units: units * 2, useBias: false }), nested: { sizes: [6] } }), ...layersOf({ nested: { sizes: [] } }),
    ] });`,
  ),
  program(
    'tagged templates, comma, void, exponent, bit operators',
    `
    const sum = (texts: TemplateStringsArray, ...values: number[]) => values.reduce((a, b) => a + b, texts.length);
    const parse = (texts: TemplateStringsArray) => texts.raw.join('').split('x').map(Number);
    export function create() {
      const model = tf.sequential();
      let n = (void 0, 2);
      n **= 3; n >>= 1; n |= 1; n ^= 2; n <<= 1; n >>>= 1; n &= 15;
      const [rows, columns] = parse\`3x4\`;
      model.add(tf.layers.dense({ units: sum\`a\${n}b\${1}\`, inputShape: [rows! * columns!] }));
      return model;
    }`,
  ),
  program(
    'enums: const, computed, text, merged',
    `
    const enum Kind { Dense = 'dense', Drop = 'dropout' }
    enum Size { A = 1 << 1, B = A * 3, C = B + 'xy'.length, D = C + 1 }
    enum Size { E = 40 }
    const plan: [Kind, number][] = [[Kind.Dense, Size.B], [Kind.Drop, 0.5], [Kind.Dense, Size.D], [Kind.Dense, Size.E]];
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [Size.A] })] });
      for (const [kind, value] of plan) {
        switch (kind) { case Kind.Dense: model.add(tf.layers.dense({ units: value, name: \`\${Size[value] ?? 'x'}\` })); break; case Kind.Drop: model.add(tf.layers.dropout({ rate: value })); }
      }
      return model;
    }`,
  ),
  program(
    'namespaces',
    `
    namespace Blocks {
      export const width = 4;
      const hidden = 2;
      export function dense(extra: number) { return tf.layers.dense({ units: width * hidden + extra }); }
      export namespace Heads { export const classify = (classes: number) => tf.layers.dense({ units: classes + width }); }
    }
    namespace Blocks { export const late = (): number => width + 1; }
    import Heads = Blocks.Heads;
    export const create = () => tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] }), Blocks.dense(1), Heads.classify(3), tf.layers.dense({ units: Blocks.late() })] });`,
  ),
  program(
    'satisfies, as, non-null, overloads, declare, type-only code',
    `
    declare const never: number;
    interface Config { units: number }
    type Sized<T> = T & { inputShape: number[] };
    const config = { units: 5, inputShape: [2] } as const satisfies { units: number; inputShape: readonly number[] };
    function layer(units: number): tf.layers.Layer;
    function layer(config: Config): tf.layers.Layer;
    function layer(given: number | Config): tf.layers.Layer { return tf.layers.dense({ units: typeof given === 'number' ? given : given.units }); }
    export function create(): tf.Sequential {
      const model = tf.sequential()!;
      (model as tf.Sequential).add(tf.layers.dense(config as unknown as Sized<Config>));
      model!.add(layer(3));
      (<tf.Sequential>model).add(layer({ units: 4 }));
      return model;
    }`,
  ),
  program(
    'decorators change nothing',
    `
    const logged = (value: any, _context: unknown) => value;
    const named = (_name: string) => (_value: any, _context: unknown) => {};
    @named('net')
    class Net {
      @logged build() { return tf.sequential({ layers: [tf.layers.dense({ units: this.units, inputShape: [2] })] }); }
      units = 5;
    }
    export const create = () => new Net().build();`,
  ),
  program(
    'recursion over a tree, memo tables, reduceRight, flatMap',
    `
    interface Tree { units: number; next?: Tree[] }
    const tree: Tree = { units: 2, next: [{ units: 3, next: [{ units: 5 }] }, { units: 4 }] };
    const flatten = ({ units, next = [] }: Tree): number[] => [units, ...next.flatMap(flatten)];
    const memo: Record<number, number> = {};
    const fib = (n: number): number => (memo[n] ??= n < 2 ? 1 : fib(n - 1) + fib(n - 2));
    const compose = (...steps: ((x: tf.SymbolicTensor) => tf.SymbolicTensor)[]) => (x: tf.SymbolicTensor) => steps.reduceRight((value, step) => step(value), x);
    const dense = (units: number) => (x: tf.SymbolicTensor) => tf.layers.dense({ units }).apply(x) as tf.SymbolicTensor;
    export function create() {
      const input = tf.input({ shape: [fib(5)] });
      return tf.model({ inputs: input, outputs: compose(...flatten(tree).map(dense))(input) });
    }`,
  ),
  program(
    'getters on objects, delete, freeze, fromEntries, structured copies',
    `
    const sizes = Object.freeze({ get first() { return 3; }, second: 4 });
    const copy = { ...sizes } as Record<string, number>;
    delete copy['second'];
    const doubled = Object.fromEntries(Object.entries(sizes).map(([key, value]) => [key, value * 2])) as Record<string, number>;
    const deep = JSON.parse(JSON.stringify({ list: [1, { n: 5 }] }));
    const cloned = structuredClone({ units: 7 });
    export const create = () => tf.sequential({ layers: [
      tf.layers.dense({ units: Object.keys(copy).length + sizes.first, inputShape: [deep.list[1].n] }), tf.layers.dense({ units: doubled['second']! }), tf.layers.dense({ units: cloned.units }),
    ] });`,
  ),
  program(
    'errors: throw, catch with binding, finally, optional catch',
    `
    class SizeError extends Error { constructor(readonly size: number) { super('too large'); this.name = 'SizeError'; } }
    function checked(size: number) { if (size > 5) throw new SizeError(size); return size; }
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      for (const size of [3, 9]) {
        try { model.add(tf.layers.dense({ units: checked(size) })); }
        catch (error) { if (error instanceof SizeError) model.add(tf.layers.dense({ units: error.size - 5 })); }
        finally { model.add(tf.layers.dropout({ rate: 0.1 })); }
      }
      return model;
    }`,
  ),
  program(
    'promises: then, all, async loops, async arrows in arrays',
    `
    const load = async (units: number) => { await null; return units; };
    export async function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      const [a, b] = await Promise.all([load(3), load(4)]);
      for (const units of [a, b]) model.add(tf.layers.dense({ units: await load(units + 1) }));
      for await (const units of [load(6), load(7)]) model.add(tf.layers.dense({ units }));
      await load(8).then((units) => model.add(tf.layers.dense({ units }))).catch(() => {}).finally(() => {});
      const made = await Promise.all([2, 1].map(async (units) => tf.layers.dense({ units: await load(units) })));
      made.forEach((layer) => model.add(layer));
      return model;
    }`,
  ),
  program(
    'currying, default arguments that use others, arguments, new.target, getters of length',
    `
    const dense = (units: number) => (options: object = {}) => tf.layers.dense({ units, ...options });
    function pick(a: number, b = a * 2, c = () => a + b) { return [arguments.length, b, c()]; }
    function Made(this: any) { this.byNew = new.target !== undefined; }
    export function create() {
      const [count, b, c] = pick(2) as [number, number, number];
      return tf.sequential({ layers: [dense(count)({ inputShape: [b] }), dense(c)(), dense(new (Made as any)().byNew ? 8 : 9)()] });
    }`,
  ),
  program(
    'destructuring: swaps, nested defaults, computed keys, in loops and catch',
    `
    export function create() {
      let a = 2, b = 5;
      [a, b] = [b, a];
      const key = 'units';
      const { [key]: units = 3, deep: { list: [, second = 7] = [] } = {} } = { deep: { list: [1] } } as any;
      const model = tf.sequential({ layers: [tf.layers.dense({ units: a, inputShape: [b] })] });
      for (const { size, rate = 0.2 } of [{ size: 4 }, { size: 6, rate: 0.5 }]) { model.add(tf.layers.dense({ units: size })); model.add(tf.layers.dropout({ rate })); }
      ({ a, b } = { a: units, b: second });
      for ([a, b] of [[a, b]]) model.add(tf.layers.dense({ units: a + b }));
      return model;
    }`,
  ),
];
