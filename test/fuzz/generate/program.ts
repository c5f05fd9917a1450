import { transformSync } from 'esbuild';
import { Random } from '../support/random';
import type { Files } from '../support/realRun';
import { customLayer } from './custom';
import { Graphs } from './graphs';
import { LayerMaker, type Sizes } from './layers';
import { Writer, type Declaration } from './writer';

export interface Generated {
  readonly files: Files;
  readonly entry: string;
}

const INPUTS: readonly Sizes[] = [
  [8],
  [5],
  [12],
  [1],
  [6, 4],
  [10, 3],
  [3, 2],
  [8, 8, 3],
  [12, 12, 1],
  [16, 10, 2],
  [7, 9, 4],
  [3, 6, 6, 2],
];

/** A program of one or several files that builds models when `entry` is run. The same seed gives the same program. */
export function generate(seed: number): Generated {
  const random = new Random(seed);
  const spice = random.pick([0, 0.05, 0.15, 0.3]);
  const layers = random.pick(['tf.layers', 'tf.layers', 'tf.layers', 'layers']);
  const w = new Writer(random, spice, { layers, plain: random.pick([0.9, 0.6, 0.4, 0.2]) });
  declareConstants(w);
  if (layers === 'layers')
    w.top.push({ name: 'layers', text: random.pick(['const { layers } = tf;', 'const layers = tf.layers;']), kind: 'value' });
  const maker = new LayerMaker(random, random.chance(0.2) ? 0.15 : 0);
  if (random.chance(0.25)) w.custom = customLayer(w);
  const graphs = new Graphs(w, maker);
  const body: string[] = [];
  const models = random.chance(0.8) ? 1 : 2;
  for (let i = 0; i < models; i++) {
    const { text, ok } = mainCode(w, graphs.model(random.pick(INPUTS)));
    body.push(text);
    if (!ok) break;
  }
  return assemble(w, body.join('\n'));
}

/** Numbers with names, for sizes to be told by. */
function declareConstants(w: Writer): void {
  const { random } = w;
  const add = (text: string, value: number): void => {
    w.values.topNumbers.push({ text, value });
    w.values.numbers.push({ text, value });
  };
  for (let i = random.int(0, 2); i > 0; i--) {
    const value = random.int(1, 8);
    add(
      w.declare('SIZE', (name) => `${random.pick(['const', 'const', 'let', 'var'])} ${name} = ${w.values.number(value)};`, 'value'),
      value,
    );
  }
  if (random.chance(0.3)) {
    const [a, b] = [random.int(1, 8), random.int(1, 6)];
    const name = w.declare(
      'CONFIG',
      (one) => `const ${one} = { units: ${w.values.number(a)}, conv: { filters: ${w.values.number(b)}, sizes: [${a}, ${b}] } };`,
      'value',
    );
    add(`${name}.units`, a);
    add(`${name}.conv.filters`, b);
    add(`${name}['conv'].sizes[1]`, b);
  }
  if (random.chance(0.1)) {
    const value = random.int(1, 8);
    add(`${w.declare('Size', (name) => `enum ${name} { Small = ${value}, Large }`, 'value')}.Small`, value);
  }
}

/** The code around a model: in a function, in a class, asynchronous, or straight. */
function mainCode(
  w: Writer,
  built: { readonly lines: readonly string[]; readonly result: string | undefined },
): { text: string; ok: boolean } {
  const { random } = w;
  const body = built.lines.join('\n  ');
  const result = built.result ?? 'undefined';
  const f = w.fresh('create');
  const text = random.pick([
    () => body,
    () => `function ${f}() {\n  ${body}\n  return ${result};\n}\n${f}();`,
    () => `const ${f} = () => {\n  ${body}\n  return ${result};\n};\nconst model${f} = ${f}();`,
    () => `async function ${f}() {\n  ${body}\n  return ${result};\n}\nvoid ${f}();`,
    () =>
      `async function ${f}() {\n  ${body}\n  return ${result};\n}\nasync function main${f}() {\n  const made = await ${f}();\n  await Promise.resolve(1);\n  return made;\n}\nmain${f}().then((made) => made);`,
    () => `const ${f} = Promise.resolve().then(() => {\n  ${body}\n  return ${result};\n});`,
    () =>
      `class C${f} {\n  model;\n  constructor() { this.model = this.build(); }\n  build() {\n  ${body}\n  return ${result};\n  }\n  static create() { return new C${f}(); }\n}\nconst made${f} = C${f}.create().model;`,
    () => `(() => {\n  ${body}\n})();`,
    () =>
      `const ${f} = (flag = true) => {\n  if (!flag) return null;\n  ${body}\n  return { model: ${result} };\n};\nconst { model: got${f} } = ${f}() ?? {};`,
    () => `const ${f} = tf.tidy(() => {\n  ${body}\n  return 1;\n});`,
  ])();
  return { text, ok: built.result !== undefined };
}

const TF = "import * as tf from '@tensorflow/tfjs';\n";

/** Puts the declarations and the code into one file, or into several that import each other. */
function assemble(w: Writer, main: string): Generated {
  const { random } = w;
  const list = (declarations: readonly Declaration[]): string => declarations.map((one) => one.text).join('\n');
  const layout = random.chance(0.6) || w.top.length === 0 ? 'one' : random.pick(['two', 'three', 'index', 'commonjs', 'star', 'default']);
  const names = (declarations: readonly Declaration[]): string => declarations.map((one) => one.name).join(', ');
  const values = w.top.filter((one) => one.kind === 'value');
  const functions = w.top.filter((one) => one.kind === 'function');
  const exported = (declarations: readonly Declaration[]): string => `export { ${names(declarations)} };\n`;
  switch (layout) {
    case 'two':
      return {
        files: {
          '/main.ts': `${TF}import { ${names(w.top)} } from './parts';\n${main}\n`,
          '/parts.ts': `${TF}${list(w.top)}\n${exported(w.top)}`,
        },
        entry: '/main.ts',
      };
    case 'three': {
      // A value may need a function that stands before it: only what comes before the first function is surely free of them.
      const first = w.top.findIndex((one) => one.kind === 'function');
      const [early, late] = [w.top.slice(0, Math.max(first, 0)), w.top.slice(Math.max(first, 0))];
      return {
        files: {
          '/main.ts':
            `${TF}import { ${names(early)} } from './lib/config.js';\nimport { ${names(late)} } from './lib/parts';\n${main}\n`.replaceAll(
              'config.js',
              'config',
            ),
          '/lib/config.ts': `${TF}${list(early)}\n${exported(early)}`,
          '/lib/parts.ts': `${TF}import { ${names(early)} } from './config';\n${list(late)}\n${exported(late)}`,
        },
        entry: '/main.ts',
      };
    }
    case 'index':
      return {
        files: {
          '/main.ts': `${TF}import { ${names(w.top)} } from './lib';\n${main}\n`,
          '/lib/index.ts': random.pick([`export * from './parts';\n`, `export { ${names(w.top)} } from './parts';\n`]),
          '/lib/parts.ts': `${TF}${list(w.top)}\n${exported(w.top)}`,
        },
        entry: '/main.ts',
      };
    case 'star': {
      const aliases = w.top.map((one) => `const { ${one.name} } = parts;`).join('\n');
      return {
        files: {
          '/main.ts': `${TF}import * as parts from './parts';\n${aliases}\n${main}\n`,
          '/parts.ts': `${TF}${list(w.top)}\n${exported(w.top)}`,
        },
        entry: '/main.ts',
      };
    }
    case 'default':
      return {
        files: {
          '/main.ts': `${TF}import parts, { ${names(functions)} } from './parts';\n${values.map((one) => `const { ${one.name} } = parts;`).join('\n')}\n${main}\n`,
          '/parts.ts': `${TF}${list(w.top)}\n${exported(functions)}export default { ${names(values)} };\n`,
        },
        entry: '/main.ts',
      };
    case 'commonjs': {
      const plain = (text: string): string => transformSync(text, { loader: 'ts', target: 'es2022' }).code;
      return {
        files: {
          '/main.js': `const tf = require('@tensorflow/tfjs');\nconst { ${names(w.top)} } = require('./parts');\n${plain(main)}`,
          '/parts.js': `const tf = require('@tensorflow/tfjs');\n${plain(list(w.top))}module.exports = { ${names(w.top)} };\n`,
        },
        entry: '/main.js',
      };
    }
    default:
      return { files: { '/main.ts': `${TF}${list(w.top)}\n${main}\n` }, entry: '/main.ts' };
  }
}
