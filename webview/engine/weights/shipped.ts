import type { Program, Step } from '../build/program';
import type { ReadFile } from '../backend/types';

/** What is written beside shipped weights, by the script that trained them. */
export interface ShippedNote {
  /** The layers that shape the values, in their order. */
  readonly structure: readonly {
    readonly className: string;
    readonly activation: string | null;
    readonly poolSize: readonly number[] | null;
    readonly strides: readonly number[] | null;
    /** Without the batch. */
    readonly outputShape: readonly number[];
  }[];
  readonly weights: readonly (readonly number[])[];
  readonly classNames: readonly string[];
  readonly heldOut: { readonly drawings: number; readonly accuracy: number };
}

export interface Shipped {
  readonly note: ShippedNote;
  /** One array a weight, in the order of the layers' own weights. */
  readonly values: readonly Float32Array<ArrayBuffer>[];
}

/** Parameters of the one network that is shipped: others need not look at its files. */
const LENET_PARAMETERS = 61_706;

/** Layers that hand their values on as they are, at inference. */
const TRANSPARENT = new Set(['Flatten', 'Dropout']);

/**
 * The shipped weights that belong to a model: LeNet-5, whatever it and its layers are called. Classes, activations, windows, output
 * shapes and sizes of weights must all agree, because weights trained for tanh mean nothing to a ReLU. A convolution that sees all of its
 * input at once and a dense layer behind a flatten are the same, down to the order of their weights; so either may stand for the other.
 */
export const shippedWeights = async (program: Program, readFile: ReadFile): Promise<Shipped | undefined> => {
  const parameters = program.slots.reduce((total, slot) => total + slot.size, 0);
  if (parameters !== LENET_PARAMETERS) return undefined;
  const note = JSON.parse(new TextDecoder().decode(await readFile('assets/lenet5.json'))) as ShippedNote;
  if (!agrees(program, note)) return undefined;
  const all = new Float32Array(await readFile('assets/lenet5.weights.bin'));
  let from = 0;
  const values = note.weights.map((shape) => {
    const size = shape.reduce((total, dim) => total * dim, 1);
    from += size;
    return all.slice(from - size, from);
  });
  return { note, values };
};

const agrees = (program: Program, note: ShippedNote): boolean => {
  const steps = program.steps.filter((step) => step.runs && !TRANSPARENT.has(step.runs.getClassName()));
  return (
    steps.length === note.structure.length &&
    program.slots.length === note.weights.length &&
    program.slots.every((slot, k) => slot.size === product(note.weights[k] ?? [])) &&
    note.structure.every((layer, k) => {
      const step = steps[k];
      return step !== undefined && agreesWith(step, program.values[step.outputs[0] ?? -1]?.shape ?? [], layer);
    })
  );
};

const agreesWith = (step: Step, shape: readonly number[], layer: ShippedNote['structure'][number]): boolean => {
  const config = step.runs?.getConfig() ?? {};
  const className = step.runs?.getClassName();
  const sizes = shape.slice(1);
  const seesAll = product(sizes) === Math.max(...sizes);
  const sameClass = className === layer.className || (seesAll && isUnits(className) && isUnits(layer.className));
  return (
    sameClass &&
    (config['activation'] ?? null) === layer.activation &&
    same(withoutOnes(sizes), withoutOnes(layer.outputShape)) &&
    (layer.poolSize === null || (same(config['poolSize'], layer.poolSize) && same(config['strides'], layer.strides)))
  );
};

const isUnits = (className: string | undefined): boolean => className === 'Dense' || className === 'Conv2D';

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

const withoutOnes = (sizes: readonly number[]): number[] => sizes.filter((size) => size !== 1);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
