import { assertReadsAs } from '../../support/readsAs';
import { PROGRAMS } from './programs';

describe('programs, run by TensorFlow.js and read', () => {
  for (const { name, files } of PROGRAMS) it(name, () => assertReadsAs(files));
});
