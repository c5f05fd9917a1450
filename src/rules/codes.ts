import { RULES } from './all';

/** A kind of problem that people can look up, silence, or give another severity. Each has a page of its name in `docs/problems`. */
export interface ProblemKind {
  readonly code: string;
  readonly title: string;
  readonly severity: 'error' | 'warning' | 'hint';
}

/** What the reader itself finds: TensorFlow.js' own refusals, and comments and files that contradict the source. */
const READ: readonly ProblemKind[] = [
  { code: 'shape-mismatch', title: 'shapes that do not go together', severity: 'error' },
  { code: 'layer-options', title: 'options that TensorFlow.js refuses', severity: 'error' },
  { code: 'layer-name', title: 'layers of one name', severity: 'error' },
  { code: 'declared-shape', title: 'a layer class that declares another shape than it gives', severity: 'warning' },
  { code: 'shape-statement', title: 'a shape comment that is wrong', severity: 'warning' },
  { code: 'model-file', title: 'a model file that TensorFlow.js refuses', severity: 'warning' },
  { code: 'budget', title: 'a model that is larger than its budget', severity: 'warning' },
  { code: 'suppression', title: 'a suppression comment that names no problem', severity: 'hint' },
];

export const PROBLEM_KINDS: readonly ProblemKind[] = [...READ, ...RULES.map(({ code, title, severity }) => ({ code, title, severity }))];
