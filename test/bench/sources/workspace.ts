import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MODEL_SECTIONS } from './models';
import { ORDINARY_SECTIONS } from './ordinary';
import { Random } from './random';

export interface MadeWorkspace {
  readonly folder: string;
  /** A file that builds a model whose sizes are those of a caller in another file, and that caller. */
  readonly model: string;
  readonly caller: string;
}

/** Sources in one folder. */
const IN_A_FOLDER = 200;

/** Changed whenever what is made changes, so that an older folder is not taken for it. */
const VERSION = 3;

/**
 * A folder with so many source files in one tsconfig, some of which mention TensorFlow.js. It lies among the system's temporary files and is made once
 * for a seed; its files are ordinary application code that import two others each: one of their own folder, and the first of another.
 */
export function madeWorkspace(files: number, withModels: number, seed: number): MadeWorkspace {
  const folder = join(tmpdir(), `layerscope-bench-${VERSION}-${files}-${withModels}-${seed}`);
  const made = { folder, model: join(folder, 'src/nets/net.ts'), caller: join(folder, 'src/area1/train.ts') };
  const mark = join(folder, 'complete');
  if (existsSync(mark)) return made;
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, made, files, withModels, new Random(seed));
  writeFileSync(mark, '');
  return made;
}

function writeFiles(folder: string, { model, caller }: MadeWorkspace, files: number, withModels: number, random: Random): void {
  for (let area = 0; area * IN_A_FOLDER < files; area++) mkdirSync(join(folder, `src/area${area}`), { recursive: true });
  mkdirSync(join(folder, 'src/nets'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('node_modules/@tensorflow'), join(folder, 'node_modules/@tensorflow'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG, null, 2));
  writeFileSync(model, NET);
  writeFileSync(caller, CALLER);
  const ordinary = files - 2;
  const every = Math.floor(ordinary / (withModels - 2));
  for (let n = 0; n < ordinary; n++) writeFileSync(placeOf(folder, n), sourceOf(n, ordinary, n % every === every - 1, random));
}

const placeOf = (folder: string, n: number): string => join(folder, `src/area${Math.floor(n / IN_A_FOLDER)}/module${n}.ts`);

function sourceOf(n: number, count: number, isModel: boolean, random: Random): string {
  const section = random.pick(isModel ? MODEL_SECTIONS : ORDINARY_SECTIONS)(random, n);
  const here = Math.floor(n / IN_A_FOLDER);
  const first = here * IN_A_FOLDER;
  // Chains of imports stay short: TypeScript follows them by recursion.
  const others = n === first ? [] : [random.whole(first, n - 1), random.whole(0, Math.floor((count - 1) / IN_A_FOLDER)) * IN_A_FOLDER];
  const imports = [...new Set(others)].map((other) => {
    const there = Math.floor(other / IN_A_FOLDER);
    return `import * as other${other} from '${there === here ? '.' : `../area${there}`}/module${other}';\n`;
  });
  // A helper section that uses tensors makes a file one that mentions TensorFlow.js: only the wanted number of those is made.
  const body = !isModel && section.includes('tf.') ? ORDINARY_SECTIONS[0]!(random, n) : section;
  const head = isModel ? "import * as tf from '@tensorflow/tfjs';\n" : '';
  return `${head}${imports.join('')}${body}\nexport const uses${n} = [${others.map((other) => `typeof other${other}`).join(', ')}];\n`;
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    lib: ['ES2023', 'DOM'],
    types: [],
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['src'],
};

const NET = `import * as tf from '@tensorflow/tfjs';

export function createNet(numFeatures: number, numClasses: number): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 64, inputShape: [numFeatures], activation: 'relu' }));
  model.add(tf.layers.dropout({ rate: 0.2 }));
  model.add(tf.layers.dense({ units: numClasses, activation: 'softmax' }));
  return model;
}
`;

const CALLER = `import { createNet } from '../nets/net';

export const net = createNet(12, 7);
`;
