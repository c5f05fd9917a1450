import type { Program } from '../programs';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const program = (name: string, main: string, others: { readonly [path: string]: string }): Program => ({
  name,
  files: { '/main.ts': main.includes('@tensorflow') ? main : HEAD + main, ...others },
});

/** How programs are put together of files. */
export const MODULES: readonly Program[] = [
  program(
    'module.exports = class, exports.x =, require with destructuring',
    `
    const Net = require('./net');
    const { sizes, helpers: { dense } } = require('./tools');
    const width = require('./tools').width;
    export const create = () => new Net(sizes).build(dense, width());`,
    {
      '/net.js': `const tf = require('@tensorflow/tfjs');
      module.exports = class Net {
        constructor(sizes) { this.sizes = sizes; }
        build(dense, width) { const model = tf.sequential(); for (const units of this.sizes) model.add(dense(units * width, model.layers.length === 0)); return model; }
      };`,
      '/tools.cjs': `const { layers } = require('@tensorflow/tfjs');
      exports.sizes = [2, 3];
      exports.helpers = { dense: (units, first) => layers.dense(first ? { units, inputShape: [4] } : { units }) };
      exports.width = function () { return 2; };
      Object.defineProperty(exports, '__esModule', { value: true });`,
    },
  ),
  program(
    'export =, import x = require()',
    `
    import Net = require('./net');
    import tf = require('@tensorflow/tfjs');
    export const create = () => Net.build(tf.layers.dense({ units: Net.width, inputShape: [2] }));`,
    {
      '/net.cts': `import tf = require('@tensorflow/tfjs');
      class Net { static width = 6; static build(...layers: tf.layers.Layer[]) { return tf.sequential({ layers }); } }
      export = Net;`,
    },
  ),
  program(
    're-exports: star, star as, named, default as',
    `
    import { blocks, width, Head, tall as high } from './index';
    export const create = () => tf.sequential({ layers: [blocks.first(width), new Head(high).layer()] });`,
    {
      '/index.ts': `export * as blocks from './blocks';\nexport * from './sizes';\nexport { default as Head } from './head';`,
      '/blocks.mts': `import { layers } from '@tensorflow/tfjs';\nexport const first = (units: number) => layers.dense({ units, inputShape: [3] });`,
      '/sizes.ts': `const width = 7, height = 4;\nexport { width, height as tall };`,
      '/head.tsx': `import * as tf from '@tensorflow/tfjs';\nexport default class { constructor(private units: number) {} layer() { return tf.layers.dense({ units: this.units }); } }`,
    },
  ),
  program(
    'default exports of expressions and objects',
    `
    import config, { more } from './config';
    import build from './build';
    export const create = () => build({ ...config, ...more });`,
    {
      '/config.js': `export default { units: 4, inputShape: [2] };\nexport const more = { useBias: false };`,
      '/build.mjs': `import * as tf from '@tensorflow/tfjs';\nexport default ((options) => tf.sequential({ layers: [tf.layers.dense(options)] }));`,
    },
  ),
  program(
    'dynamic import, awaited and chained',
    `
    export async function create() {
      const { dense } = await import('./layers');
      const more = await import('./more').then((module) => module.default);
      const model = tf.sequential();
      model.add(dense(3, [2]));
      model.add(more());
      return model;
    }`,
    {
      '/layers.ts': `${HEAD}export const dense = (units: number, inputShape: number[]) => tf.layers.dense({ units, inputShape });`,
      '/more.ts': `${HEAD}export default () => tf.layers.dense({ units: 8 });`,
    },
  ),
  program(
    'live bindings, cycles and modules with state',
    `
    import { count, add } from './state';
    import { deep } from './a';
    export function create() { add(2); add(3); return tf.sequential({ layers: [tf.layers.dense({ units: count, inputShape: [deep()] })] }); }`,
    {
      '/state.ts': `export let count = 1;\nexport function add(n: number) { count += n; }`,
      '/a.ts': `import { b } from './b';\nexport const a = () => 4;\nexport const deep = () => b();`,
      '/b.ts': `import { a } from './a';\nexport const b = () => a() + 1;`,
    },
  ),
  program(
    'layer functions by name from the package, renamed and taken apart',
    `
    import { sequential, layers as L, input as makeInput, model as makeModel } from '@tensorflow/tfjs';
    const { dense, dropout: drop } = L;
    export function create() {
      const input = makeInput({ shape: [4] });
      const front = sequential({ layers: [dense({ units: 3, inputShape: [4] }), drop({ rate: 0.5 })] });
      return makeModel({ inputs: input, outputs: dense({ units: 2 }).apply(front.apply(input)) as never });
    }`,
    {},
  ),
  program(
    'a class from another file, extended here',
    `
    import { Base } from './base';
    class Net extends Base { units() { return super.units() + 1; } }
    export const create = () => new Net('x').build();`,
    {
      '/base.ts': `${HEAD}export abstract class Base {
        constructor(protected readonly name: string) {}
        units() { return this.name.length + 3; }
        build() { return tf.sequential({ name: this.name, layers: [tf.layers.dense({ units: this.units(), inputShape: [2] })] }); }
      }`,
    },
  ),
];
