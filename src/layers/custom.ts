import * as tfl from '@tensorflow/tfjs-layers';
import { markForeign } from './cost';
import { LimitError } from './limits';
import type { CustomSpec } from './spec';

type Shape = (number | null)[];

interface AddsWeights {
  addWeight(name: string, shape: Shape, dtype?: undefined, initializer?: undefined, regularizer?: undefined, trainable?: boolean): unknown;
}

const mutable = (shape: readonly unknown[]): unknown[] => shape.map((dim) => (Array.isArray(dim) ? mutable(dim) : dim));

/** A layer class that does what the reader saw the source's class do: adds the same weights, answers the same shapes. */
export const customLayer = (spec: CustomSpec, options: unknown): tfl.layers.Layer => {
  class Replayed extends tfl.layers.Layer {
    static readonly className = spec.className;

    override build(inputShape: Shape | Shape[]): void {
      for (const { name, shape, trainable } of spec.weights) {
        (this as unknown as AddsWeights).addWeight(name, [...shape], undefined, undefined, undefined, trainable);
      }
      super.build(inputShape);
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      const key = JSON.stringify(inputShape);
      const output = Object.hasOwn(spec.outputs, key) ? spec.outputs[key] : undefined;
      if (output) return mutable(output) as Shape | Shape[];
      // A class that keeps every shape keeps this one too; of any other nothing is known for a shape that it was not read with.
      const keepsShapes = Object.entries(spec.outputs).every(([input, given]) => input === JSON.stringify(given));
      if (!keepsShapes) throw new LimitError(`${spec.className} is used here with a shape that it was not read with.`);
      return super.computeOutputShape(inputShape);
    }
  }
  const layer = new Replayed((options ?? {}) as ConstructorParameters<typeof tfl.layers.Layer>[0]);
  markForeign(layer);
  return layer;
};
