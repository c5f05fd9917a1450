import type { ConcreteShape, LayerSpec, ModelSpec, SpecValue } from './spec';

/** Thrown for sizes that are not followed; told apart from what TensorFlow.js itself refuses. */
export class LimitError extends Error {}

/** Far above what programs hold, low enough that the work for one layer or model stays small whatever the source says. */
const MAX_RANK = 32;
const MAX_LIST = 10_000;
const MAX_TEXT = 10_000;
const MAX_DEPTH = 40;
const MAX_VALUES = 500_000;

const refuse = (what: string): never => {
  throw new LimitError(what);
};

/** Throws a LimitError where a shape has more dimensions than are followed. */
export const checkShapes = (shapes: readonly ConcreteShape[]): void => {
  if (shapes.length > MAX_LIST) refuse(`${shapes.length} inputs are more than the ${MAX_LIST} that are followed.`);
  for (const shape of shapes) {
    if (shape.length > MAX_RANK) refuse(`A shape of ${shape.length} dimensions is more than the ${MAX_RANK} that are followed.`);
  }
};

/** Counts values on the way down, so that a spec is refused before anything is made of it. */
class Budget {
  private left = MAX_VALUES;

  value(value: SpecValue | LayerSpec | ModelSpec, depth = 0): void {
    if (depth > MAX_DEPTH) refuse(`Options nested more than ${MAX_DEPTH} deep are not followed.`);
    if (--this.left < 0) refuse(`More than ${MAX_VALUES} option values are not followed.`);
    if (typeof value === 'string' && value.length > MAX_TEXT) {
      refuse(`A text of ${value.length} characters is more than the ${MAX_TEXT} that are followed.`);
    }
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value) && value.length > MAX_LIST)
      refuse(`A list of ${value.length} is more than the ${MAX_LIST} that are followed.`);
    for (const inner of Object.values(value) as SpecValue[]) this.value(inner, depth + 1);
  }
}

/** Throws a LimitError where a spec is larger than what is followed. */
export const checkSize = (spec: LayerSpec | ModelSpec): void => new Budget().value(spec);
