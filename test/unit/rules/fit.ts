import * as tf from '@tensorflow/tfjs';

/** Trains a model for one step on ones. */
export const fitOnes = (model: tf.LayersModel): Promise<unknown> =>
  model.fit(
    tf.ones(model.inputs[0]!.shape.map((size) => size ?? 2)),
    tf.ones((model.outputShape as (number | null)[]).map((size) => size ?? 2)),
    { epochs: 1, verbose: 0 },
  );

/** A Sequential that is compiled, and trained by a function of the same file. */
export const trained = (...layers: readonly string[]): string =>
  `export const create = () => {\n  const model = tf.sequential();\n${layers.map((layer) => `  model.add(tf.layers.${layer});\n`).join('')}  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });\n  return model;\n};\nexport const train = (x: tf.Tensor, y: tf.Tensor) => create().fit(x, y);\n`;
