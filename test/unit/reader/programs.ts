/** Small programs, each of which exports `create`, a function without arguments that returns a model. Several files: `/main.ts` is the entry. */
export interface Program {
  readonly name: string;
  readonly files: { readonly [path: string]: string };
}

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const program = (name: string, main: string, others: { readonly [path: string]: string } = {}): Program => ({
  name,
  files: { '/main.ts': HEAD + main, ...others },
});

export const PROGRAMS: readonly Program[] = [
  program(
    'sequential, added one by one',
    `
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.conv2d({ inputShape: [12, 12, 3], filters: 4, kernelSize: 3, activation: 'relu' }));
      model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
      model.add(tf.layers.flatten());
      model.add(tf.layers.dense({ units: 5 }));
      return model;
    }`,
  ),
  program(
    'sequential, given a list',
    `
    export const create = () => tf.sequential({ name: 'listed', layers: [
      tf.layers.dense({ units: 8, inputShape: [4] }), tf.layers.dropout({ rate: 0.5 }), tf.layers.dense({ units: 2, useBias: false }),
    ] });`,
  ),
  program(
    'sequential with an InputLayer',
    `
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.inputLayer({ inputShape: [7] }));
      model.add(tf.layers.dense({ units: 3 }));
      return model;
    }`,
  ),
  program(
    'functional with two branches',
    `
    export function create() {
      const input = tf.input({ shape: [8, 8, 2] });
      const left = tf.layers.conv2d({ filters: 3, kernelSize: 1, padding: 'same' }).apply(input);
      const right = tf.layers.conv2d({ filters: 5, kernelSize: [3, 1], padding: 'same' }).apply(input) as tf.SymbolicTensor;
      const both = tf.layers.concatenate({ axis: -1 }).apply([left as tf.SymbolicTensor, right]);
      return tf.model({ inputs: input, outputs: tf.layers.globalAveragePooling2d({}).apply(both) as tf.SymbolicTensor });
    }`,
  ),
  program(
    'arithmetic, templates and conditions',
    `
    const BASE = 2 ** 3;
    const wide: boolean = BASE > 4;
    export function create() {
      const model = tf.sequential();
      const units = wide ? BASE * 2 + 1 : BASE / 2;
      model.add(tf.layers.dense({ units, inputShape: [Math.floor(BASE / 3)], name: \`fc_\${units % 5}\` }));
      if (units === 17 && !false) model.add(tf.layers.dense({ units: Math.max(3, Math.min(9, units)) }));
      else model.add(tf.layers.dense({ units: 99 }));
      switch (model.layers.length) {
        case 1: model.add(tf.layers.dense({ units: 98 })); break;
        case 2: model.add(tf.layers.dense({ units: 6 })); break;
        default: model.add(tf.layers.dense({ units: 97 }));
      }
      return model;
    }`,
  ),
  program(
    'loops of every kind',
    `
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 2, inputShape: [3] }));
      for (let i = 1; i <= 3; i++) { if (i === 2) continue; model.add(tf.layers.dense({ units: i * 2 })); }
      for (const units of [4, 5]) model.add(tf.layers.dense({ units }));
      for (const key in { a: 1, b: 2 }) model.add(tf.layers.dense({ units: key.length + 6 }));
      let n = 3;
      while (n > 0) { n--; if (n === 1) break; model.add(tf.layers.dense({ units: n + 10 })); }
      do { n += 2; } while (n < 6);
      model.add(tf.layers.dense({ units: n }));
      outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (a === 2) break outer; model.add(tf.layers.dense({ units: a + b })); }
      return model;
    }`,
  ),
  program(
    'array methods',
    `
    export function create() {
      const sizes = [6, 4, 2];
      const layers = sizes.map((units, i) => tf.layers.dense({ units: units + i, ...(i === 0 ? { inputShape: [5] } : {}) }));
      const model = tf.sequential({ layers });
      sizes.filter((size) => size > 3).forEach((units) => model.add(tf.layers.dense({ units })));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      model.add(tf.layers.dense({ units: total }));
      [...sizes].reverse().slice(1).concat([7]).forEach((units) => model.add(tf.layers.dense({ units })));
      model.add(tf.layers.dense({ units: sizes.indexOf(4) + sizes.includes(2 as never) as unknown as number + 1 }));
      return model;
    }`,
  ),
  program(
    'functions, defaults, rest, destructuring, closures',
    `
    interface Options { units?: number; rate?: number; extra?: { bias: boolean } }
    function block({ units = 4, rate = 0.1, extra: { bias } = { bias: true } }: Options = {}) {
      return [tf.layers.dense({ units, useBias: bias }), tf.layers.dropout({ rate })];
    }
    const stack = (model: tf.Sequential, ...blocks: tf.layers.Layer[][]) => { for (const one of blocks) for (const layer of one) model.add(layer); };
    function counter(start: number) { let n = start; return () => n++; }
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [3] })] });
      const next = counter(5);
      stack(model, block(), block({ units: 7, extra: { bias: false } }), block({ units: next() }), block({ units: next() }));
      const [first, , third = 9] = [2, 3];
      const { a, ...rest } = { a: 1, b: 11, c: 12 };
      model.add(tf.layers.dense({ units: first + a }));
      model.add(tf.layers.dense({ units: third }));
      model.add(tf.layers.dense({ units: rest.b + Object.keys(rest).length }));
      return model;
    }`,
  ),
  program(
    'objects, spread, optional chaining, nullish',
    `
    const defaults = { activation: 'relu' as const, units: 3 };
    const config: { head?: { units: number }, tail?: { units: number } } = { head: { units: 6 } };
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.dense({ ...defaults, inputShape: [2] }));
      model.add(tf.layers.dense({ ...defaults, units: config.head?.units ?? 1 }));
      model.add(tf.layers.dense({ ...defaults, units: config.tail?.units ?? 8 }));
      const key = 'units';
      model.add(tf.layers.dense({ [key]: 5 }));
      model.add(tf.layers.dense(Object.assign({}, defaults, { units: 9 })));
      return model;
    }`,
  ),
  program(
    'classes, inheritance, getters, statics, private fields',
    `
    class Builder {
      static WIDTH = 4;
      #depth = 2;
      protected layers: tf.layers.Layer[] = [];
      constructor(private readonly inputs: number) {}
      get width() { return Builder.WIDTH * 2; }
      hidden() { for (let i = 0; i < this.#depth; i++) this.layers.push(tf.layers.dense({ units: this.width + i, ...(this.layers.length ? {} : { inputShape: [this.inputs] }) })); return this; }
      build() { return tf.sequential({ layers: this.layers }); }
    }
    class Classifier extends Builder {
      constructor(inputs: number, readonly classes = 3) { super(inputs); }
      override hidden() { super.hidden(); this.layers.push(tf.layers.dropout({ rate: 0.2 })); return this; }
      head() { this.layers.push(tf.layers.dense({ units: this.classes, activation: 'softmax' })); return this; }
    }
    export const create = () => new Classifier(6).hidden().head().build();`,
  ),
  program(
    'imports of other files',
    `
    import conv, { FILTERS as widths, pool } from './blocks';
    import * as heads from './heads';
    export function create() {
      const input = tf.input({ shape: [16, 16, 1] });
      let x = input as tf.SymbolicTensor;
      for (const filters of widths) x = pool(conv(x, filters));
      return tf.model({ inputs: input, outputs: heads.classify(x, 4) });
    }`,
    {
      '/blocks.ts': `${HEAD}
      export const FILTERS = [2, 4];
      export default function conv(x: tf.SymbolicTensor, filters: number) { return tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(x) as tf.SymbolicTensor; }
      export const pool = (x: tf.SymbolicTensor) => tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;`,
      '/heads.ts': `export { classify } from './classify';`,
      '/classify.ts': `import { layers, SymbolicTensor } from '@tensorflow/tfjs';
      export function classify(x: SymbolicTensor, units: number) { return layers.dense({ units }).apply(layers.flatten().apply(x)) as SymbolicTensor; }`,
    },
  ),
  program(
    'CommonJS',
    `
    const helper = require('./helper');
    export const create = () => helper.make(5);`,
    {
      '/helper.ts': `const tf = require('@tensorflow/tfjs');
      module.exports = { make: (units) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] }) };`,
    },
  ),
  program(
    'shapes that the program asks for',
    `
    export function create() {
      const input = tf.input({ shape: [10, 4] });
      const x = tf.layers.lstm({ units: 6, returnSequences: true }).apply(input) as tf.SymbolicTensor;
      const y = tf.layers.dense({ units: x.shape[2]! * 2 + x.shape.length }).apply(x) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: y });
    }`,
  ),
  program(
    'a residual block in a helper',
    `
    function residual(x: tf.SymbolicTensor, filters: number, stride: number): tf.SymbolicTensor {
      const a = tf.layers.conv2d({ filters, kernelSize: 3, strides: stride, padding: 'same', useBias: false }).apply(x);
      const b = tf.layers.batchNormalization().apply(a) as tf.SymbolicTensor;
      const shortcut = stride === 1 && x.shape[3] === filters ? x : tf.layers.conv2d({ filters, kernelSize: 1, strides: stride }).apply(x) as tf.SymbolicTensor;
      return tf.layers.reLU().apply(tf.layers.add().apply([b, shortcut])) as tf.SymbolicTensor;
    }
    export function create() {
      const input = tf.input({ shape: [8, 8, 4] });
      let x: tf.SymbolicTensor = input;
      for (const [filters, repeat] of [[4, 2], [8, 2]] as const) for (let i = 0; i < repeat; i++) x = residual(x, filters, i === 0 && filters > 4 ? 2 : 1);
      return tf.model({ inputs: input, outputs: x });
    }`,
  ),
  program(
    'shared layers and two inputs',
    `
    export function create() {
      const a = tf.input({ shape: [5] }), b = tf.input({ shape: [5] });
      const shared = tf.layers.dense({ units: 3 });
      const merged = tf.layers.multiply().apply([shared.apply(a), shared.apply(b)] as tf.SymbolicTensor[]) as tf.SymbolicTensor;
      return tf.model({ inputs: [a, b], outputs: [merged, tf.layers.dense({ units: 2 }).apply(merged) as tf.SymbolicTensor] });
    }`,
  ),
  program(
    'nested and truncated models',
    `
    const encoder = () => tf.sequential({ layers: [tf.layers.dense({ units: 6, inputShape: [8], name: 'wide' }), tf.layers.dense({ units: 3, name: 'code' })] });
    export function create() {
      const whole = encoder();
      const front = tf.model({ inputs: whole.inputs, outputs: whole.getLayer('wide').output as tf.SymbolicTensor });
      const input = tf.input({ shape: [8] });
      const x = front.apply(input) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor });
    }`,
  ),
  program(
    'frozen layers',
    `
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 6, inputShape: [8] }), tf.layers.dense({ units: 3, trainable: false }), tf.layers.dense({ units: 2 })] });
      model.layers[0]!.trainable = false;
      return model;
    }`,
  ),
  program(
    'wrappers and cells',
    `
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.bidirectional({ layer: tf.layers.gru({ units: 3, returnSequences: true }) as never, inputShape: [4, 2], mergeMode: 'concat' }));
      model.add(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 5 }) }));
      model.add(tf.layers.rnn({ cell: [tf.layers.lstmCell({ units: 2 }), tf.layers.gruCell({ units: 4 })] }));
      return model;
    }`,
  ),
  program(
    'a custom layer',
    `
    class Scale extends tf.layers.Layer {
      static className = 'Scale';
      private kernel?: tf.LayerVariable;
      constructor(private readonly config: { factor: number; name?: string }) { super(config as never); }
      override build(inputShape: tf.Shape) {
        this.kernel = this.addWeight('kernel', [inputShape[inputShape.length - 1]!, this.config.factor], 'float32', tf.initializers.ones());
        super.build(inputShape);
      }
      override computeOutputShape(inputShape: tf.Shape): tf.Shape { return [...inputShape.slice(0, -1), inputShape[inputShape.length - 1]! * this.config.factor]; }
      override call(inputs: tf.Tensor | tf.Tensor[]) { const x = Array.isArray(inputs) ? inputs[0]! : inputs; return tf.tile(x, [1, this.config.factor]); }
    }
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] }), new Scale({ factor: 4 }), tf.layers.dense({ units: 2 })] });`,
  ),
  program(
    'maps, sets and strings',
    `
    const table = new Map<string, number>([['small', 3], ['large', 9]]);
    table.set('huge', 12);
    export function create() {
      const model = tf.sequential();
      let inputShape: [number] | undefined = [new Set([1, 2, 2, 3]).size];
      for (const [name, units] of table) { model.add(tf.layers.dense({ units: units + name.length, name: name.toUpperCase(), ...(inputShape ? { inputShape } : {}) })); inputShape = undefined; }
      model.add(tf.layers.dense({ units: '4,5'.split(',').map(Number).reduce((a, b) => a * b) + Number.parseInt('7px') }));
      return model;
    }`,
  ),
  program(
    'awaited and chained',
    `
    const later = async (units: number) => tf.layers.dense({ units, inputShape: [2] });
    export function create() {
      const model = tf.sequential();
      try { if (model.layers.length > 0) throw new Error('never'); model.add(tf.layers.dense({ units: 2, inputShape: [2] })); }
      catch { model.add(tf.layers.dense({ units: 50 })); }
      finally { model.add(tf.layers.dense({ units: 3 })); }
      void later;
      return model;
    }`,
  ),
  program(
    'labels, enums, recursion',
    `
    enum Size { Small = 2, Medium = 4, Large }
    const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: Size.Large, inputShape: [Size.Small] }), tf.layers.dense({ units: fib(7) })] });`,
  ),
  program(
    'enums, namespaces and symbols',
    `
    enum Size { Small = 4, Large = Small * 4, Next }
    namespace Sizes { export const units = 6; export function make() { return tf.layers.dense({ units }); } }
    namespace Sizes.Inner { export const rate = 3; }
    const [first, second] = [Symbol('units'), Symbol('units')];
    const sizes = { [first]: 3, [second]: 5, ['u' + 'n']: 2 };
    export function create() {
      return tf.sequential({ layers: [
        tf.layers.dense({ units: Size.Large, inputShape: [Size.Next] }), Sizes.make(), tf.layers.dense({ units: Sizes.Inner.rate }),
        tf.layers.dense({ units: sizes[first] + 10 * (sizes[second] as number) + (sizes as any).un }),
      ] });
    }`,
  ),
  program(
    'generators',
    `
    function* sizes(count: number): Generator<number> {
      yield 3;
      for (let i = 0; i < count; i++) yield 4 + i;
      if (count > 1) yield* [7, 8];
    }
    class Spec { *[Symbol.iterator]() { yield { units: 2 }; yield { units: 9 }; } }
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.inputLayer({ inputShape: [2] }));
      for (const units of sizes(2)) model.add(tf.layers.dense({ units }));
      const [head, ...rest] = [...sizes(0), 5];
      model.add(tf.layers.dense({ units: head! + rest.length }));
      for (const { units } of new Spec()) model.add(tf.layers.dense({ units }));
      return model;
    }`,
  ),
  program(
    'what objects and numbers bring along',
    `
    const made = Object.create({ units: 3, twice() { return this.units * 2; } });
    const defined: any = Object.defineProperty({}, 'units', { value: 12 });
    Object.defineProperty(defined, 'half', { get() { return this.units / 2; } });
    const key = {};
    const weak = new WeakMap<object, number>([[key, 11]]);
    const scaled = function (this: { units: number }, by: number) { return this.units * by; };
    const copy = structuredClone({ deep: { units: 4 } });
    export function create() {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: made.units + made.twice(), inputShape: [3] }));
      model.add(tf.layers.dense({ units: defined.units + defined.half }));
      model.add(tf.layers.dense({ units: weak.get(key)! }));
      model.add(tf.layers.dense({ units: scaled.call({ units: 2 }, 3) + scaled.bind({ units: 5 })(2) }));
      model.add(tf.layers.dense({ units: copy.deep.units + JSON.parse('{"units": [1, 2]}').units[1] }));
      model.add(tf.layers.dense({ units: parseInt('f', 16) + parseInt('0x10') + ['1', '2'].map(Number)[1]! }));
      return model;
    }`,
  ),
  program(
    'layers frozen through the models that have them',
    `
    export function create() {
      const input = tf.input({ shape: [4] });
      const normal = tf.layers.batchNormalization().apply(tf.layers.dense({ units: 3 }).apply(input)) as tf.SymbolicTensor;
      const base = tf.model({ inputs: input, outputs: normal });
      base.trainable = false;
      const rnn = tf.layers.lstm({ units: 2, inputShape: [3, 1] });
      const head = tf.layers.dense({ units: 5 }).apply(base.outputs[0]) as tf.SymbolicTensor;
      const model = tf.model({ inputs: base.inputs, outputs: tf.layers.dense({ units: 2, trainable: false }).apply(head) as tf.SymbolicTensor });
      const other = tf.sequential({ layers: [rnn] });
      other.layers.forEach((layer) => { layer.trainable = false; });
      other.layers[0]!.trainable = true;
      model.layers[3]!.trainable = false;
      return model;
    }`,
  ),
  program(
    'the order of layers where ways part',
    `
    export function create() {
      const input = tf.input({ shape: [6] });
      const shared = tf.layers.dense({ units: 4 });
      const left = shared.apply(input) as tf.SymbolicTensor;
      const right = shared.apply(tf.layers.dropout({ rate: 0.1 }).apply(input)) as tf.SymbolicTensor;
      const long = tf.layers.dense({ units: 4 }).apply(tf.layers.dense({ units: 7 }).apply(input)) as tf.SymbolicTensor;
      const model = tf.model({ inputs: input, outputs: tf.layers.add().apply([left, right, long]) as tf.SymbolicTensor });
      model.layers.forEach((layer, i) => { layer.trainable = i > 2; });
      return model;
    }`,
  ),
  program(
    'a function expression that calls itself, this among the parameters, copies',
    `
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] })] });
      const list = [tf.layers.dense({ units: 3 }), tf.layers.dense({ units: 4 })];
      (function go(i: number): void { if (i === list.length) return; model.add(list[i]!); go(i + 1); })(0);
      const count = function (this: unknown, ...all: number[]) { return all.length; };
      model.add(tf.layers.dense({ units: count(1, 1, 1) }));
      model.add(tf.layers.dense(structuredClone({ units: 6 })));
      model.add(tf.layers.dense(JSON.parse('{ "units": 7, "useBias": false }')));
      return model;
    }`,
  ),
  program(
    'a helper that is handed on by an index file',
    `
    import { head } from './lib/index';
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [3] }), head({ units: 2 })] });`,
    {
      '/lib/index.ts': "export * from './head';",
      '/lib/head.ts': `${HEAD}export const head = (options = {}) => tf.layers.dense(options as never);`,
    },
  ),
];
