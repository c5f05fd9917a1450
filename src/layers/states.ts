import { util } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** The private parts of a recurrent layer that its states are kept in, under TensorFlow.js' own names. */
interface Recurrent {
  readonly stateful: boolean;
  readonly cell: { readonly stateSize: number | number[] };
  readonly inputSpec: readonly { readonly shape?: number[] }[];
  states_: unknown[] | null;
  computeSingleOutputShape?(inputShape: number[]): number[];
}

type ResetStates = (this: Recurrent, ...args: unknown[]) => void;
type Prototype = { resetStates: ResetStates };

/** The classes that say how states are reset: RNN, and ConvRNN2D, which is not exported but found above ConvLSTM2D. */
const prototypes = (): Prototype[] => {
  const found: Prototype[] = [];
  let prototype: unknown = Object.getPrototypeOf(tfl.layers.convLstm2d({ filters: 1, kernelSize: 1, name: 'probe' }));
  while (prototype && prototype !== tfl.layers.Layer.prototype) {
    if (Object.hasOwn(prototype, 'resetStates')) found.push(prototype as Prototype);
    prototype = Object.getPrototypeOf(prototype);
  }
  return found;
};

let known: Prototype[] | undefined;

/** A stateful layer makes its states when it is built. Their shapes are checked; the states stay empty, since nothing runs. */
const emptyStates = (original: ResetStates): ResetStates =>
  function (this: Recurrent, ...args: unknown[]): void {
    const shape = this.inputSpec[0]?.shape;
    const batch = shape?.[0];
    // What is refused here is refused before anything is made.
    if (!this.stateful || !shape || batch == null) return original.apply(this, args);
    const sizes = [this.cell.stateSize].flat();
    const single = this.computeSingleOutputShape?.(shape);
    for (const size of sizes) util.assertNonNegativeIntegerDimensions(single ? [...single.slice(0, 1), ...single.slice(2)] : [batch, size]);
    this.states_ = sizes.map(() => null);
  };

/** Has recurrent layers make no states; the function that it returns puts their own ways back. */
export const withoutStates = (): (() => void) => {
  known ??= prototypes();
  const originals = known.map((prototype) => ({ prototype, resetStates: prototype.resetStates }));
  for (const { prototype, resetStates } of originals) prototype.resetStates = emptyStates(resetStates);
  return () => {
    for (const { prototype, resetStates } of originals) prototype.resetStates = resetStates;
  };
};
