/**
 * `npm run nets`: writes the published nets that models are compared with. Their programs are read as a user's are, so every shape and count is
 * TensorFlow.js' own; test/unit/features/compare/nets.test.ts builds them with TensorFlow.js itself and compares.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { netsAsText } from './nets';

writeFileSync(join(__dirname, '../../src/features/compare/nets.json'), netsAsText());
