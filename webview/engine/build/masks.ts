import type * as tfl from '@tensorflow/tfjs-layers';
import type { ValueId } from './program';

/**
 * What TensorFlow.js hands to the layers of a model beside their inputs. There is one such record for all layers of a model, and a mask stays in
 * it until another takes its place: a layer whose own inputs have no mask any more is called with the last one that there was.
 */
export interface CallArguments {
  /** False for the outermost model's until a mask is put into it: till then each layer has a record of its own. */
  made: boolean;
  /** The value whose mask it holds. */
  mask: ValueId | undefined;
}

export const noArguments = (): CallArguments => ({ made: false, mask: undefined });

/** The record of a model in a model: the one of the model around it, where there is one by then. */
export const argumentsWithin = (outer: CallArguments): CallArguments => (outer.made ? outer : { made: true, mask: undefined });

/** An input as far as masks go. */
interface Masked {
  readonly id: ValueId;
  readonly masked: boolean;
}

/** Puts the mask of a layer's inputs into the record, as TensorFlow.js does before it calls the layer: the first input's, which may be none. */
export const putMask = (record: CallArguments, inputs: readonly Masked[]): void => {
  if (!inputs.some(({ masked }) => masked)) return;
  const [first] = inputs;
  record.made = true;
  record.mask = first?.masked ? first.id : undefined;
};

const MERGES = new Set(['Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate']);

/** Whether a layer's outputs have a mask. Which one, its `computeMask` says when it runs. */
export const givesMask = (layer: tfl.layers.Layer, inputs: readonly Masked[]): boolean => {
  if (!layer.supportsMasking) return false;
  const className = layer.getClassName();
  if (className === 'Embedding' || className === 'Masking') return true;
  if (className === 'Dot') return false;
  if (MERGES.has(className)) return inputs.some(({ masked }) => masked);
  // Recurrent layers, and bidirectional ones around them.
  const { returnSequences } = layer as { readonly returnSequences?: boolean };
  return inputs[0]?.masked === true && returnSequences !== false;
};
