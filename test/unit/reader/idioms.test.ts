import { assertReadsAs } from '../../support/readsAs';
import { CLASSES } from './idioms/classes';
import { FUNCTIONS } from './idioms/functions';
import { MODULES } from './idioms/modules';

describe('idioms, run by TensorFlow.js and read', () => {
  for (const { name, files } of [...CLASSES, ...FUNCTIONS, ...MODULES]) it(name, () => assertReadsAs(files));
});
