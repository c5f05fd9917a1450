import type { Program } from '../build/program';
import type { ReadFile } from '../backend/types';

/** What is written beside shipped weights, by the script that trained them. */
export interface ShippedNote {
  readonly structure: readonly {
    readonly className: string;
    readonly activation: string | null;
    readonly outputShape: readonly (number | null)[];
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

/**
 * The shipped weights that belong to a model: LeNet-5, whatever it and its layers are called. Classes, activations, output shapes and
 * weight shapes must all agree, because weights trained for tanh mean nothing to a ReLU.
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
  const layers = program.steps.filter((step) => step.runs);
  return (
    layers.length === note.structure.length &&
    program.slots.length === note.weights.length &&
    program.slots.every((slot, k) => same(slot.shape, note.weights[k] ?? [])) &&
    note.structure.every((layer, k) => {
      const step = layers[k];
      const shape = program.values[step?.outputs[0] ?? -1]?.shape ?? [];
      const activation = step?.runs?.getConfig()['activation'] ?? null;
      return (
        step?.runs?.getClassName() === layer.className &&
        activation === layer.activation &&
        same(shape.slice(1), layer.outputShape.slice(1))
      );
    })
  );
};

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, k) => value === b[k]);
