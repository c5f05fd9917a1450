import { MODEL_SECTIONS } from './models';
import { ORDINARY_SECTIONS } from './ordinary';
import { Random } from './random';

/** How many of a hundred sections build models. Files of public TensorFlow.js programs have one layer call in about 40 lines; this makes one in about 25. */
const MODELS_IN_A_HUNDRED = 40;

/** A TypeScript module of at least so many lines: builders with helpers, loops and classes, and ordinary application code between them. */
export function program(lines: number, seed = 1): string {
  const random = new Random(seed);
  const parts = ["import * as tf from '@tensorflow/tfjs';\n"];
  let count = 1;
  for (let n = 1; count < lines; n++) {
    const section = random.pick(random.whole(1, 100) <= MODELS_IN_A_HUNDRED ? MODEL_SECTIONS : ORDINARY_SECTIONS)(random, n);
    parts.push(section);
    count += section.split('\n').length - 1;
  }
  return parts.join('');
}
