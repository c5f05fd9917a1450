import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { formulaTaken } from '../backend/batchNormKernel';
import { isWrong } from '../backend/wrongKernels';
import { reasonOf } from '../build/stop';

/** The backend that has a kernel for everything. */
const LAST_RESORT = 'cpu';

/** Layers that the backend could not compute once; they are not tried again. */
const refused = new WeakMap<tfl.layers.Layer, string>();
const notes = new WeakMap<tf.Tensor, string>();

/** Why a layer's output was not computed by the backend's own kernel: "computed on cpu: wasm has no kernel Einsum"; undefined where it was. */
export const fallbackOf = (output: tf.Tensor | undefined): string | undefined => output && notes.get(output);

/**
 * Computes a layer on the backend, and where that cannot, on cpu: what it reads is moved there for it, and moved back afterwards together with
 * what came out, so that nobody else notices. Throws what the backend said where cpu cannot either: then it is not the backend's fault.
 * @param reads tells what the layer reads, its weights included
 * @param compute makes tensors of `reads` and nothing else; synchronous
 */
export const computeSomewhere = async <T extends { readonly outputs: readonly tf.Tensor[] }>(
  layer: tfl.layers.Layer,
  reads: () => readonly tf.Tensor[],
  compute: () => T,
): Promise<T> => {
  const known = refused.get(layer);
  if (known !== undefined) return onCpu(reads(), compute, known);
  try {
    const result = compute();
    if (formulaTaken()) for (const output of result.outputs) notes.set(output, byFormula(tf.getBackend()));
    return result;
  } catch (error) {
    const name = tf.getBackend();
    if (name === LAST_RESORT) throw error;
    const why = whyNot(name, error);
    const result = await onCpu(reads(), compute, why).catch(() => {
      throw error;
    });
    refused.set(layer, why);
    return result;
  }
};

const onCpu = async <T extends { readonly outputs: readonly tf.Tensor[] }>(
  reads: readonly tf.Tensor[],
  compute: () => T,
  why: string,
): Promise<T> => {
  const name = tf.getBackend();
  // Only a read that may wait brings values from every kind of GPU; afterwards they can be moved at once.
  for (const tensor of reads) await tensor.data();
  // From here to the end nothing waits: whoever else computes must never find the other backend in its place.
  void tf.setBackend(LAST_RESORT);
  try {
    const result = compute();
    void tf.setBackend(name);
    try {
      moveHere(result.outputs);
    } catch (error) {
      tf.dispose([...result.outputs]);
      throw error;
    }
    for (const output of result.outputs) notes.set(output, why);
    return result;
  } finally {
    void tf.setBackend(name);
    moveHere(reads);
  }
};

/** Moves tensors to the backend that is set; those that are there already stay. */
const moveHere = (tensors: readonly tf.Tensor[]): void => {
  const engine = tf.engine();
  const here = tf.backend();
  for (const { dataId, isDisposed } of tensors) {
    const info = engine.state.tensorInfo.get(dataId);
    if (!isDisposed && info && info.backend !== here) engine.moveData(here, dataId);
  }
};

const byFormula = (backend: string): string =>
  `computed by the formula: TensorFlow.js' batch norm on ${backend} takes the statistics along the last axis, not along the layer's`;

const whyNot = (backend: string, error: unknown): string => {
  const text = reasonOf(error);
  const [, kernel] = /^Kernel '(\w+)' not registered/.exec(text) ?? [];
  return `computed on ${LAST_RESORT}: ${kernel === undefined ? `${backend} refused it (${text.replace(/\.$/, '')})` : `${backend} has no ${isWrong(backend, kernel) ? 'right ' : ''}kernel ${kernel}`}`;
};
