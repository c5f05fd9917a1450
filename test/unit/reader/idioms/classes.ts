import type { Program } from '../programs';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const program = (name: string, main: string): Program => ({ name, files: { '/main.ts': HEAD + main } });

/** How people write classes around models. */
export const CLASSES: readonly Program[] = [
  program(
    'constructor parameter properties with defaults',
    `
    class Net {
      constructor(private readonly inputs = 4, public hidden: number = inputs * 2, protected classes = 3) {}
      build() { return tf.sequential({ layers: [tf.layers.dense({ units: this.hidden, inputShape: [this.inputs] }), tf.layers.dense({ units: this.classes })] }); }
    }
    export const create = () => new Net(5).build();`,
  ),
  program(
    'destructured constructor parameters',
    `
    class Net {
      readonly units: number;
      readonly depth: number;
      constructor({ units = 6, depth }: { units?: number; depth: number } = { depth: 2 }) { this.units = units; this.depth = depth; }
      build() {
        const model = tf.sequential();
        for (let i = 0; i < this.depth; i++) model.add(tf.layers.dense({ units: this.units + i, ...(i === 0 && { inputShape: [3] }) }));
        return model;
      }
    }
    export const create = () => new Net().build();`,
  ),
  program(
    'Object.assign(this, config)',
    `
    class Net {
      units = 2; bias = true;
      constructor(config: { units?: number; bias?: boolean }) { Object.assign(this, { units: 5 }, config); }
      build() { return tf.sequential({ layers: [tf.layers.dense({ units: this.units, useBias: this.bias, inputShape: [3] })] }); }
    }
    export const create = () => new Net({ bias: false }).build();`,
  ),
  program(
    'getters and setters, used before set',
    `
    class Net {
      #width?: number;
      get width() { return this.#width ?? 4; }
      set width(value: number) { this.#width = value * 2; }
      layer(first = false) { return tf.layers.dense({ units: this.width, ...(first ? { inputShape: [3] } : {}) }); }
    }
    export function create() {
      const net = new Net(), model = tf.sequential();
      model.add(net.layer(true));
      net.width = 5;
      model.add(net.layer());
      net.width += 1;
      model.add(net.layer());
      return model;
    }`,
  ),
  program(
    'statics: blocks, private fields, factories, inheritance',
    `
    class Base {
      static #made = 0;
      static sizes: number[] = [];
      static { this.sizes.push(3, 4); Base.sizes.push(5); }
      static make() { Base.#made++; return new this(); }
      static get made() { return Base.#made; }
      units() { return 7; }
      build() { return tf.sequential({ layers: Base.sizes.map((units, i) => tf.layers.dense({ units: units + this.units(), ...(i ? {} : { inputShape: [2] }) })) }); }
    }
    class Wide extends Base { units() { return super.units() * 2 + Base.made; } }
    export const create = () => Wide.make().build();`,
  ),
  program(
    'abstract bases and overrides',
    `
    abstract class Builder {
      protected abstract head(): tf.layers.Layer;
      protected abstract readonly width: number;
      protected body(): tf.layers.Layer[] { return [tf.layers.dense({ units: this.width, inputShape: [2] })]; }
      make() { return tf.sequential({ layers: [...this.body(), this.head()] }); }
    }
    class Regressor extends Builder {
      protected readonly width = 6;
      protected head() { return tf.layers.dense({ units: 1 }); }
      protected override body() { return [...super.body(), tf.layers.dropout({ rate: 0.1 }), tf.layers.dense({ units: this.width / 2 })]; }
    }
    export const create = () => new Regressor().make();`,
  ),
  program(
    'a field set in another method',
    `
    class Trainer {
      model?: tf.Sequential;
      build() { this.model = tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [4] })] }); }
      extend() { this.model!.add(tf.layers.dense({ units: 2 })); return this.model!; }
    }
    export function create() { const trainer = new Trainer(); trainer.build(); return trainer.extend(); }`,
  ),
  program(
    'fields assigned in async methods and callbacks',
    `
    class Trainer {
      private model: tf.Sequential | null = null;
      private units = 0;
      async init() { this.units = await Promise.resolve(6); await this.load(); return this; }
      private async load() { await new Promise<void>((resolve) => { this.model = tf.sequential(); resolve(); }); }
      finish() { this.model!.add(tf.layers.dense({ units: this.units, inputShape: [2] })); return this.model!; }
    }
    export const create = async () => (await new Trainer().init()).finish();`,
  ),
  program(
    'arrow function fields and bound methods',
    `
    class Net {
      units = 3;
      dense = (extra: number) => tf.layers.dense({ units: this.units + extra });
      first() { return tf.layers.dense({ units: this.units, inputShape: [this.units] }); }
      build() { const { dense } = this; const first = this.first.bind(this); return tf.sequential({ layers: [first(), dense(1), ...[2, 3].map(this.dense)] }); }
    }
    export const create = () => new Net().build();`,
  ),
  program(
    'mixins, and classes made in functions',
    `
    type Constructor = new (...args: any[]) => { units: number };
    const Doubling = <T extends Constructor>(Base: T) => class extends Base { get doubled() { return this.units * 2; } };
    const Deep = <T extends Constructor>(Base: T) => class extends Base { depth = 2; };
    class Plain { constructor(public units: number) {} }
    const Net = Deep(Doubling(Plain));
    export function create() {
      const net = new Net(3), model = tf.sequential();
      for (let i = 0; i < net.depth; i++) model.add(tf.layers.dense({ units: net.doubled + i, ...(i ? {} : { inputShape: [net.units] }) }));
      return model;
    }`,
  ),
  program(
    'a singleton',
    `
    class Models {
      private static instance: Models | null = null;
      private cache = new Map<string, tf.LayersModel>();
      private constructor(readonly units: number) {}
      static get() { return (Models.instance ??= new Models(4)); }
      model(name: string): tf.LayersModel {
        if (!this.cache.has(name)) this.cache.set(name, tf.sequential({ layers: [tf.layers.dense({ units: this.units + name.length, inputShape: [2] })] }));
        return this.cache.get(name)!;
      }
    }
    export const create = () => { Models.get().model('abc'); return Models.get().model('abc'); };`,
  ),
  program(
    'prototype methods and function constructors',
    `
    function Net(this: any, units: number) { this.units = units; this.model = tf.sequential(); }
    Net.prototype.layer = function (options: object) { this.model.add(tf.layers.dense({ units: this.units, ...options })); return this; };
    Net.prototype.build = function () { return this.layer({ inputShape: [3] }).layer({}).model; };
    function Wide(this: any) { (Net as any).call(this, 9); }
    Wide.prototype = Object.create(Net.prototype);
    Wide.prototype.constructor = Wide;
    export const create = () => new (Wide as any)().build();`,
  ),
  program(
    'prototype objects, and methods added to a class from outside',
    `
    class Net { units = 4; [name: string]: any }
    Net.prototype.first = function () { return tf.layers.dense({ units: this.units, inputShape: [2] }); };
    Object.assign(Net.prototype, { second() { return tf.layers.dense({ units: (this as any).units + 1 }); } });
    (Net as any).third = () => tf.layers.dense({ units: 8 });
    function Old(this: any) {}
    Old.prototype = { last() { return tf.layers.dense({ units: 1 }); } };
    export const create = () => tf.sequential({ layers: [new Net().first(), new Net().second(), (Net as any).third(), new (Old as any)().last()] });`,
  ),
  program(
    'object literals with methods and this',
    `
    const builder = {
      units: 3,
      layers: [] as tf.layers.Layer[],
      add(scale: number) { this.layers.push(tf.layers.dense({ units: this.units * scale, ...(this.layers.length ? {} : { inputShape: [this.size] }) })); return this; },
      get size() { return this.units + 1; },
      build: function () { return tf.sequential({ layers: this.layers }); },
    };
    export const create = () => builder.add(1).add(2).add(3).build();`,
  ),
  program(
    'an inherited constructor and super with arguments',
    `
    class A { readonly sizes: number[]; constructor(...sizes: number[]) { this.sizes = sizes; } }
    class B extends A {}
    class C extends B { extra: number; constructor(first: number, ...rest: number[]) { super(first * 2, ...rest); this.extra = this.sizes.length; } }
    export function create() {
      const { sizes, extra } = new C(2, 3, 5), model = tf.sequential();
      sizes.forEach((units, i) => model.add(tf.layers.dense({ units, ...(i ? {} : { inputShape: [extra] }) })));
      return model;
    }`,
  ),
  program(
    'options objects spread along',
    `
    interface Options { units: number; activation?: 'relu'; name?: string; bias?: boolean }
    const DEFAULTS = { units: 4, activation: 'relu' as const };
    class Block {
      readonly options: Options;
      constructor(options: Partial<Options> = {}) { this.options = { ...DEFAULTS, ...options }; }
      with(more: Partial<Options>) { return new Block({ ...this.options, ...more }); }
      layers(inputShape?: number[]) { const { bias = true, ...rest } = this.options; return [tf.layers.dense({ ...rest, useBias: bias, ...(inputShape && { inputShape }) })]; }
    }
    export const create = () => { const block = new Block({ name: 'a' }); return tf.sequential({ layers: [...block.layers([2]), ...block.with({ name: 'b', units: 7, bias: false }).layers(), ...block.with({ name: undefined }).layers()] }); };`,
  ),
  program(
    'instanceof, in, typeof and Symbol keys',
    `
    const KIND = Symbol('kind');
    class Conv { [KIND] = 'conv'; constructor(public filters: number) {} }
    class Dense { [KIND] = 'dense'; constructor(public units: number) {} }
    const specs = [new Conv(3), new Dense(4), new Dense(2)];
    export function create() {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [6, 6, 1] })] });
      for (const spec of specs) {
        if (spec instanceof Conv) { model.add(tf.layers.conv2d({ filters: spec.filters, kernelSize: 3 })); model.add(tf.layers.flatten()); }
        else if ('units' in spec && typeof spec.units === 'number' && spec[KIND] === 'dense') model.add(tf.layers.dense({ units: spec.units }));
      }
      return model;
    }`,
  ),
  program(
    'toString, JSON and computed members',
    `
    class Size { constructor(readonly n: number) {} toString() { return \`n\${this.n}\`; } valueOf() { return this.n; } ['twice']() { return this.n * 2; } static ['of'](n: number) { return new Size(n); } }
    const name = 'twice' as const;
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: Size.of(3)[name](), inputShape: [+Size.of(2)], name: \`\${Size.of(4)}\` })] });`,
  ),
];
