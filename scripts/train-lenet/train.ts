/**
 * Trains LeNet-5 on digits that `drawing.ts` draws and writes what the panel ships: weights, ten digits, and a note about both.
 * `npx tsx scripts/train-lenet/train.ts [steps]`; about twenty minutes for the default. Every number comes from a seed, so a run repeats.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { accuracyOn, drawBatch, HELD_OUT_COUNT, HELD_OUT_SEED, SHIPPED_SEED } from './data';
import { drawDigit, SIDE } from './drawing';
import { lenet, structureOf } from './network';
import { Random } from './random';

const BATCH = 32;
const TRAINING_SEED = 10_001;
const assets = join(__dirname, '../../webview/assets');

const train = async (steps: number): Promise<tf.Sequential> => {
  const model = lenet();
  const random = new Random(TRAINING_SEED);
  const optimizer = tf.train.adam(0.002);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  let loss = Math.log(10);
  for (let step = 1; step <= steps; step++) {
    // A cosine from 0.002 down to 0.00002: late steps polish what early steps found.
    (optimizer as unknown as { learningRate: number }).learningRate = 0.00002 + 0.00099 * (1 + Math.cos((Math.PI * step) / steps));
    const batch = drawBatch(BATCH, random);
    const now = (await model.trainOnBatch(batch.xs, batch.ys)) as number;
    tf.dispose([batch.xs, batch.ys]);
    loss = 0.98 * loss + 0.02 * now;
    if (step % 50 === 0) console.log(`step ${step}/${steps}  loss ${loss.toFixed(4)}`);
  }
  return model;
};

const ship = (model: tf.Sequential, steps: number): void => {
  mkdirSync(assets, { recursive: true });
  const accuracy = accuracyOn(model, HELD_OUT_SEED, HELD_OUT_COUNT);
  const weights = model.getWeights();
  writeFileSync(join(assets, 'lenet5.weights.bin'), Buffer.concat(weights.map((w) => Buffer.from(new Float32Array(w.dataSync()).buffer))));
  const random = new Random(SHIPPED_SEED);
  const digits = Array.from({ length: 10 }, (_, digit) => Buffer.from(drawDigit(digit, random).map((value) => Math.round(value * 255))));
  writeFileSync(join(assets, 'digits.bin'), Buffer.concat(digits));
  const note = {
    about: 'LeNet-5 trained by scripts/train-lenet/train.ts on digits that the script draws itself.',
    structure: structureOf(model),
    weights: weights.map((w) => w.shape),
    classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
    training: { seed: TRAINING_SEED, steps, batch: BATCH },
    heldOut: {
      seed: HELD_OUT_SEED,
      drawings: HELD_OUT_COUNT,
      accuracy,
      note: 'Fresh drawings by the same script. Handwriting of other origin was not tried; expect less.',
    },
    digits: { file: 'digits.bin', side: SIDE, seed: SHIPPED_SEED, values: 'uint8, 255 is ink' },
  };
  writeFileSync(join(assets, 'lenet5.json'), `${JSON.stringify(note, null, 2)}\n`);
  console.log(`${HELD_OUT_COUNT} held-out drawings: ${(100 * accuracy).toFixed(2)} % right`);
};

const steps = Number(process.argv[2] ?? 800);
void train(steps).then((model) => ship(model, steps));
