import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { transformSync } from 'esbuild';
import { resolveFile } from './memoryWorkspace';

tf.env().set('IS_TEST', true);

/** What TensorFlow.js itself made of a program: the layers of a model in the order of their making, and its totals. */
export interface RealModel {
  readonly layers: readonly {
    readonly className: string;
    readonly outputShape: unknown;
    readonly params: number;
    readonly trainableParams: number;
  }[];
  readonly totalParams: number;
  readonly trainableParams: number;
}

/** Runs a program of the tests' own, given as TypeScript files, and returns the exports of `entry`. */
export function runProgram(files: { readonly [path: string]: string }, entry: string): Record<string, unknown> {
  const load = createRequire(__filename);
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const requireFile = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(path, module);
    const { code } = transformSync(files[path] ?? '', {
      loader: /sx$/.test(path) ? 'tsx' : 'ts',
      format: 'cjs',
      target: 'node20',
      jsx: 'transform',
      supported: { 'dynamic-import': false, decorators: false },
    });
    const body = new Script(`(function (module, exports, require) { ${code}\n})`, { filename: path }).runInThisContext() as (
      ...args: unknown[]
    ) => void;
    const requireFrom = (specifier: string): unknown => {
      // A package of the test's own, which the reader does not see into: `react`.
      if (Object.hasOwn(files, specifier)) return requireFile(specifier);
      if (!specifier.startsWith('.')) return load(specifier);
      const found = resolveFile(files, path, specifier);
      if (found === undefined) throw new Error(`no file ${specifier}`);
      return requireFile(found);
    };
    body(module, module.exports, requireFrom);
    return module.exports;
  };
  return requireFile(entry);
}

const sizeOf = (weights: readonly tf.LayerVariable[]): number =>
  weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);

export function describeReal(model: tf.LayersModel): RealModel {
  return {
    layers: [...model.layers]
      .sort((a, b) => a.id - b.id)
      .map((layer) => ({
        className: layer.getClassName(),
        outputShape: layer.inboundNodes.length > 1 ? layer.inboundNodes.map((node) => node.outputShapes[0]) : layer.outputShape,
        params: layer.countParams(),
        trainableParams: sizeOf(layer.trainableWeights),
      })),
    totalParams: model.countParams(),
    trainableParams: sizeOf(model.trainableWeights),
  };
}
