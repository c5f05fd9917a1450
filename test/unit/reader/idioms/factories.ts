import type { Program } from '../programs';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const program = (name: string, main: string): Program => ({
  name,
  files: { '/main.ts': main.includes('@tensorflow') ? main : HEAD + main },
});

/** Layers whose factories are looked up. */
export const FACTORIES: readonly Program[] = [
  program(
    'by keys in brackets, and under other names',
    `
    const { layers } = tf;
    const L = tf['layers'];
    const { dense, ['dropout']: drop, ...others } = tf.layers as any;
    const make = tf.layers.dense;
    const kind = 'reLU' as const;
    export const create = () => tf.sequential({ layers: [
      tf['layers']['dense']({ units: 3, inputShape: [2] }), L.dense({ units: 4 }), dense({ units: 5 }), drop({ rate: 0.5 }), make({ units: 6 }), layers[kind](), (0, tf.layers.dense)({ units: 7 }), (others ?? {}) && tf.layers!.dense!({ units: 8 }),
    ] });`,
  ),
  program(
    'by computed names, in loops and from tables',
    `
    const specs = [{ type: 'conv', rank: 2, filters: 3 }, { type: 'maxPooling', rank: 2 }, { type: 'globalAveragePooling', rank: 2 }] as const;
    const rnn = { short: 'gru', long: 'lstm' } as const;
    export function create() {
      const input = tf.input({ shape: [9, 9, 1] });
      let x: any = input;
      for (const { type, rank, ...options } of specs) x = (tf.layers as any)[type + rank + 'd']({ ...options, ...(type === 'conv' && { kernelSize: 2 }) }).apply(x);
      x = tf.layers.reshape({ targetShape: [1, 3] }).apply(x);
      for (const name of Object.values(rnn)) x = tf.layers[name]({ units: 4, returnSequences: true }).apply(x);
      for (const [factory, args] of [['dense', { units: 2 }], ['dropout', { rate: 0.1 }]] as const) x = (tf.layers[factory] as any)(args).apply(x);
      return tf.model({ inputs: input, outputs: x });
    }`,
  ),
  program(
    'by a switch of functions and a registry',
    `
    const registry = new Map<string, (options: any) => tf.layers.Layer>([['fc', tf.layers.dense], ['drop', (options) => tf.layers.dropout(options)]]);
    const build = (plan: [string, object][]) => plan.map(([name, options]) => registry.get(name)!(options));
    function pick(name: 'a' | 'b') { switch (name) { case 'a': return tf.layers.dense; default: return tf.layers.dense.bind(tf.layers); } }
    export const create = () => tf.sequential({ layers: [...build([['fc', { units: 3, inputShape: [2] }], ['drop', { rate: 0.2 }]]), pick('a')({ units: 4 }), pick('b')({ units: 5 })] });`,
  ),
];
