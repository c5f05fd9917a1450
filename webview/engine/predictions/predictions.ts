import * as tf from '@tensorflow/tfjs-core';
import type { Program, Step } from '../build/program';
import type { Prediction, PredictionKind } from '../contract/predictions';
import type { RunView } from '../runView';

/** The largest output that is read as a list of values. */
const MOST_VALUES = 1000;

/** The outputs of a program that can be read as lists of values. An output that did not come to be is left out. */
export const predictionsOf = async (run: RunView, signal: AbortSignal): Promise<Prediction[]> => {
  const predictions: Prediction[] = [];
  for (const { id, step } of listsOf(run.program)) {
    const values = await run
      .withValues([id], signal, ([tensor]) => exampleOf(tensor, run.example))
      .catch(() => {
        signal.throwIfAborted();
        return undefined;
      });
    if (values) predictions.push({ key: step.key, name: step.layer.name, kind: kindOf(step), values });
  }
  return predictions;
};

const listsOf = (program: Program): { readonly id: number; readonly step: Step }[] =>
  program.outputs.flatMap((id) => {
    const step = program.steps.find((one) => one.outputs.includes(id));
    const [, ...sizes] = program.values[id]?.shape ?? [];
    const size = sizes.reduce((total, dim) => total * dim, 1);
    // More than one axis that is longer than 1 is a picture or a sequence, and no list.
    return step && size > 0 && size <= MOST_VALUES && sizes.filter((dim) => dim > 1).length <= 1 ? [{ id, step }] : [];
  });

const exampleOf = async (tensor: tf.Tensor | undefined, shown: number): Promise<number[] | undefined> => {
  if (!tensor) return undefined;
  const begin = tensor.shape.map((dim, axis) => (axis === 0 && shown < dim ? shown : 0));
  const size = tensor.shape.map((dim, axis) => (axis === 0 ? 1 : dim));
  const example = tf.slice(tensor, begin, size);
  try {
    return [...(await example.data<'float32'>())];
  } finally {
    example.dispose();
  }
};

/** What the last layer says its values are. */
const kindOf = (step: Step): PredictionKind => {
  const activation = step.runs?.getConfig()['activation'];
  if (activation === 'softmax' || step.layer.className === 'Softmax') return 'softmax';
  return activation === 'sigmoid' || activation === 'hardSigmoid' || activation === 'hard_sigmoid' ? 'sigmoid' : 'values';
};
