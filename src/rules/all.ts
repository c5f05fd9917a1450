import type { Rule } from './rule';
import { constantSoftmax } from './constantSoftmax';
import { emptyOutput } from './emptyOutput';

/** Every rule, the most telling cause first: of several problems at one place the first is shown. */
export const RULES: readonly Rule[] = [emptyOutput, constantSoftmax];
