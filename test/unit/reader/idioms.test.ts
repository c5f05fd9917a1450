import { assertReadsAs } from '../../support/readsAs';
import { BUILT_INS } from './idioms/builtIns';
import { CLASSES } from './idioms/classes';
import { FACTORIES } from './idioms/factories';
import { FUNCTIONS } from './idioms/functions';
import { MODULES } from './idioms/modules';
import { COMPONENTS } from './idioms/react';

describe('idioms, run by TensorFlow.js and read', () => {
  for (const { name, files } of [...CLASSES, ...FUNCTIONS, ...MODULES, ...FACTORIES, ...COMPONENTS, ...BUILT_INS])
    it(name, () => assertReadsAs(files, Object.keys(files)[0]));
});
