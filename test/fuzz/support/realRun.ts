import { posix } from 'node:path';
import { Script } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { transformSync } from 'esbuild';
import { freshNames } from '../../../src/layers/names';
import { instrument, MADE, MARK, TICK, type Place } from './instrument';

tf.env().set('IS_TEST', true);

export type Files = { readonly [path: string]: string };

/** One application of a layer: shapes batch first; several tensors give a list of shapes. */
export interface RealInstance {
  readonly layer: number;
  readonly className: string;
  readonly outputShape: unknown;
  readonly params: number | undefined;
  readonly trainableParams: number | undefined;
}

export interface RealModel {
  readonly totalParams: number;
  readonly trainableParams: number;
  readonly outputShapes: unknown;
}

/** What TensorFlow.js did when the program ran. Keys are `path#start-end` of the calls that made layers and models. */
export interface RealRun {
  readonly layers: ReadonlyMap<string, readonly RealInstance[]>;
  readonly models: ReadonlyMap<string, readonly (RealModel | undefined)[]>;
  /** What ended the program early: TensorFlow.js' own refusals have `byTf`. */
  readonly thrown?: { readonly message: string; readonly byTf: boolean; readonly at: Place | undefined };
  /** True where the runner ended the program: what it made until then counts, what it would have made is not known. */
  readonly cut: boolean;
  /** True where TensorFlow.js refused something and the program went on. */
  readonly caught: boolean;
  /** Bodies of functions that never ran. */
  readonly asleep: readonly Place[];
  readonly exports: { readonly [name: string]: unknown };
}

/** Ends a run that takes too long or too much. */
class Cut extends Error {}

const MAX_TICKS = 200_000;
const MAX_WEIGHT = 2_000_000;
const MAX_MS = 5_000;

export const placeKey = (at: { readonly path: string; readonly start: number; readonly end: number }): string =>
  `${at.path}#${at.start}-${at.end}`;

/** The recorder of one run. */
class Recorder {
  readonly places: Place[] = [];
  /** Which of the places are functions. */
  readonly functions = new Set<number>();
  readonly layers = new Map<tf.layers.Layer, Place | undefined>();
  readonly models = new Map<tf.LayersModel, Place | undefined>();
  readonly entered = new Set<number>();
  at: Place | undefined;
  cut = false;
  caught = false;
  /** Set when the run is over: what is asked of its objects afterwards is not counted. */
  isOver = false;
  #ticks = 0;

  readonly mark = (id: number, value: unknown): unknown => {
    this.at = this.places[id];
    return value;
  };

  readonly made = (id: number, value: unknown): unknown => {
    this.keep(value, this.places[id]);
    return value;
  };

  readonly tick = (what: boolean | 'keep' | 'back' = false, of?: number | Place): Place | undefined => {
    if (what === 'keep') return this.at;
    if (what === 'back') return void (this.at = of as Place | undefined);
    this.caught ||= what;
    if (typeof of === 'number') this.entered.add(of);
    if (!this.isOver && (this.cut || ++this.#ticks > MAX_TICKS)) this.stop();
    return undefined;
  };

  stop(): never {
    this.cut = true;
    throw new Cut('the run was ended');
  }

  keep(value: unknown, at: Place | undefined): void {
    if (value instanceof tf.LayersModel) this.models.set(value, this.models.get(value) ?? at);
    else if (value instanceof tf.layers.Layer) this.layers.set(value, this.layers.get(value) ?? at);
  }

  /** TensorFlow.js' namespace, whose makers remember the call that they were made by. */
  namespace(): object {
    const wrap = (make: (...args: unknown[]) => unknown) => {
      return (...args: unknown[]): unknown => {
        const { at } = this;
        const value = make(...args);
        if (value instanceof tf.SymbolicTensor) this.keep(value.sourceLayer, at);
        else this.keep(value, at);
        return value;
      };
    };
    const factories = Object.entries(tf.layers).map(([name, value]) => {
      const isFactory = typeof value === 'function' && /^[a-z]/.test(name);
      return [name, isFactory ? wrap(value as (...args: unknown[]) => unknown) : value] as const;
    });
    const layers = Object.fromEntries(factories);
    const own = Object.fromEntries(
      (['input', 'model', 'sequential'] as const).map((name) => [name, wrap(tf[name] as (...args: unknown[]) => unknown)]),
    );
    // The runtime's own are accessors, which can be hidden but not set.
    return Object.create(tf, Object.getOwnPropertyDescriptors({ ...own, layers })) as object;
  }
}

const valuesIn = (weights: readonly tf.LayerVariable[]): number =>
  weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);

const one = <T>(list: readonly T[]): unknown => (list.length === 1 ? list[0] : list);

function describeLayer(layer: tf.layers.Layer, index: number): readonly RealInstance[] {
  const built = layer.built;
  const counted = {
    layer: index,
    className: layer.getClassName(),
    params: built ? layer.countParams() : undefined,
    trainableParams: built ? valuesIn(layer.trainableWeights) : undefined,
  };
  const shapes = layer.inboundNodes.map((node) => one(node.outputShapes as readonly unknown[]));
  return shapes.length === 0 ? [{ ...counted, outputShape: undefined }] : shapes.map((outputShape) => ({ ...counted, outputShape }));
}

function describeModel(model: tf.LayersModel): RealModel | undefined {
  try {
    return {
      totalParams: model.countParams(),
      trainableParams: valuesIn(model.trainableWeights),
      outputShapes: model.outputs.map((output) => output.shape),
    };
  } catch {
    return undefined;
  }
}

/** While a program runs, no weight is made that would take long or much; small ones are the runtime's own. */
async function withBounds(recorder: Recorder, run: () => Promise<void>): Promise<void> {
  const layerClass = tf.layers.Layer.prototype as unknown as { addWeight: (...args: unknown[]) => unknown };
  const { addWeight } = layerClass;
  layerClass.addWeight = function bounded(this: unknown, ...args: unknown[]) {
    const [, shape] = args;
    if (Array.isArray(shape) && shape.reduce((product: number, size) => product * Number(size), 1) > MAX_WEIGHT) recorder.stop();
    return addWeight.apply(this, args);
  };
  const { warn, log, error } = console;
  console.warn = console.log = console.error = () => undefined;
  try {
    return await run();
  } finally {
    layerClass.addWeight = addWeight;
    Object.assign(console, { warn, log, error });
  }
}

/** Compiles the files to functions that take `(module, exports, require)`; undefined where one has syntax errors. */
function compile(files: Files, recorder: Recorder): ReadonlyMap<string, string> | undefined {
  const compiled = new Map<string, string>();
  for (const [path, text] of Object.entries(files)) {
    try {
      const marked = instrument(path, text, recorder.places, recorder.functions);
      if (marked === undefined) return undefined;
      const loader = /\.[cm]?js$/.test(path) ? 'js' : 'ts';
      compiled.set(path, transformSync(marked, { loader, format: 'cjs', target: 'node20', logLevel: 'silent' }).code);
    } catch {
      return undefined;
    }
  }
  return compiled;
}

/**
 * Runs a program under the real TensorFlow.js, with real weights, and records each layer and model by the call that made it.
 * Undefined where the program has syntax errors. A program that does not end is ended, and so is one that asks for huge weights.
 */
export async function runReal(files: Files, entry: string, then?: (exports: RealRun['exports']) => void): Promise<RealRun | undefined> {
  const recorder = new Recorder();
  const compiled = compile(files, recorder);
  if (!compiled) return undefined;
  const program = linker(compiled, recorder);
  let thrown: RealRun['thrown'];
  let exports: RealRun['exports'] = {};
  const fail = (error: unknown): void => {
    if (error instanceof Cut || (error as { code?: string } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') recorder.cut = true;
    else thrown ??= describeError(error, recorder.at);
  };
  const registry = tf.serialization.SerializationMap.getMap();
  const classes = { ...registry.classNameMap };
  tf.engine().startScope();
  const restoreNames = freshNames();
  const rejected = (error: unknown): void => {
    // Other code of the program may have run since.
    recorder.at = undefined;
    fail(error);
  };
  process.on('unhandledRejection', rejected);
  try {
    await withBounds(recorder, async () => {
      try {
        exports = program(entry);
        then?.(exports);
      } catch (error) {
        fail(error);
      }
      // Whatever the program awaits runs before the next turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    });
  } finally {
    process.off('unhandledRejection', rejected);
    restoreNames();
  }
  recorder.isOver = true;
  const run = describeRun(recorder, thrown, exports);
  tf.engine().endScope();
  tf.disposeVariables();
  registry.classNameMap = classes;
  return run;
}

function describeRun(recorder: Recorder, thrown: RealRun['thrown'], exports: RealRun['exports']): RealRun {
  const layers = new Map<string, RealInstance[]>();
  let index = 0;
  for (const [layer, at] of recorder.layers) {
    if (at) layers.set(placeKey(at), [...(layers.get(placeKey(at)) ?? []), ...describeLayer(layer, index++)]);
  }
  const models = new Map<string, (RealModel | undefined)[]>();
  for (const [model, at] of recorder.models) {
    if (at) models.set(placeKey(at), [...(models.get(placeKey(at)) ?? []), describeModel(model)]);
  }
  const asleep = recorder.places.filter((_place, id) => recorder.functions.has(id) && !recorder.entered.has(id));
  return { layers, models, ...(thrown ? { thrown } : {}), cut: recorder.cut, caught: recorder.caught, asleep, exports };
}

function describeError(error: unknown, at: Place | undefined): NonNullable<RealRun['thrown']> {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = stack.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return { message, byTf: /@tensorflow|\/tfjs-\w+\/src\//.test(frame), at };
}

function linker(compiled: ReadonlyMap<string, string>, recorder: Recorder): (entry: string) => RealRun['exports'] {
  const namespace = recorder.namespace();
  const loaded = new Map<string, { exports: RealRun['exports'] }>();
  const requireFile = (path: string): RealRun['exports'] => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as RealRun['exports'] };
    loaded.set(path, module);
    const require = (specifier: string): unknown => {
      if (specifier === '@tensorflow/tfjs') return namespace;
      const base = posix.join(posix.dirname(path), specifier);
      const found = [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`].find((name) => compiled.has(name));
      if (found === undefined) throw new Error(`no file ${specifier}`);
      return requireFile(found);
    };
    const scope = {
      tf: namespace,
      module,
      exports: module.exports,
      require,
      [MARK]: recorder.mark,
      [MADE]: recorder.made,
      [TICK]: recorder.tick,
    };
    const script = new Script(
      `(__scope) => { const { ${Object.keys(scope).join(', ')} } = __scope; return () => { { ${compiled.get(path) ?? ''}\n} }; }`,
      {
        filename: path,
      },
    );
    const body = (script.runInThisContext() as (scope: unknown) => () => void)(scope);
    withinTime(body);
    return module.exports;
  };
  return requireFile;
}

/** `vm` can interrupt only what runs inside a script: the outermost call of a program is one. */
let isTimed = false;
function withinTime(body: () => void): void {
  if (isTimed) {
    body();
    return;
  }
  isTimed = true;
  const shared = globalThis as { __body?: () => void };
  shared.__body = body;
  try {
    new Script('__body()').runInThisContext({ timeout: MAX_MS });
  } finally {
    isTimed = false;
    delete shared.__body;
  }
}
