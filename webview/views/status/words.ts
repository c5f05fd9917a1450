import { showValue } from '../words';

/** One layer's deviation, in the order of the layers. `broken`: values that are no numbers or infinite. */
export interface Deviation {
  readonly key: string;
  readonly name: string;
  /** NaN where no value is finite. */
  readonly std: number;
  readonly broken: number;
}

/** A change of the deviation beyond this factor, from the first layer to the last, is told. */
const TOLD = 10;

/** Whether the signal keeps its size from layer to layer, in one sentence; empty where there is nothing to compare. */
export const signalText = (layers: readonly Deviation[]): string => {
  const known = layers.filter(({ std }) => Number.isFinite(std));
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last || first === last) return '';
  const silent = known.find(({ std }) => std === 0);
  if (silent) return `From ${silent.name} on the signal is gone: all of that layer’s values are the same.`;
  const factor = last.std / first.std;
  const each = factor ** (1 / (known.length - 1));
  const ends = `from ${showValue(first.std)} at ${first.name} to ${showValue(last.std)} at ${last.name}`;
  if (factor < 1 / TOLD) return `The signal shrinks ${ends}: to ${showValue(100 * each)} % a layer.`;
  if (factor > TOLD) return `The signal grows ${ends}: by a factor of ${showValue(each)} a layer.`;
  return `The signal keeps its size, ${ends}.`;
};

/** The first layer with a value that is no number or infinite. */
export const firstBroken = (layers: readonly Deviation[]): Deviation | undefined => layers.find(({ broken }) => broken > 0);
