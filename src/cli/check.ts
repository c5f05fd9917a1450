import { resolve } from 'node:path';
import { ALL_DIAGNOSTICS, DEFAULT_DIAGNOSTICS, diagnosticsOf } from '../features/diagnostics';
import { oneLine } from '../features/writing';
import type { Problem, Severity } from '../model/reading';
import { DiskWorkspace } from '../project/diskWorkspace';
import { slashed } from '../project/paths';
import { readFile } from '../reader/read';
import { problemJson } from './json';
import { LineIndex } from './lines';
import { EXIT, type Output } from './output';
import { shownPath, sourcesOf } from './sources';

/** From the worst on. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export interface CheckOptions {
  readonly isJson: boolean;
  /** Problems below it are neither printed nor counted. */
  readonly severity: Severity;
}

/** What is to be said of one file. */
interface Checked {
  readonly path: string;
  readonly lines: LineIndex;
  /** In the order of the source. */
  readonly problems: readonly Problem[];
  /** What kept the file from being read to its end. */
  readonly limits: readonly string[];
}

/**
 * Prints the problems of files, and of all sources with TensorFlow.js below folders. Answers the exit code: 0 where there is none of the wanted
 * severity, 1 where there is, 2 where something that was named cannot be read.
 */
export function check(paths: readonly string[], folder: string, { isJson, severity }: CheckOptions, output: Output): number {
  const root = slashed(resolve(folder));
  const workspace = new DiskWorkspace(root);
  const { files, refused, skipped } = sourcesOf(paths, root, workspace);
  for (const word of [...refused, ...skipped]) output.err(`layerscope: ${word}\n`);
  const checked = files.map((path) => checkFile(path, root, workspace, severity));
  const found = checked.reduce((sum, { problems }) => sum + problems.length, 0);
  if (isJson) output.out(`${JSON.stringify({ version: 1, files: checked.map(checkedJson) }, null, 2)}\n`);
  else printText(checked, found, output);
  if (refused.length > 0) return EXIT.usage;
  return found > 0 ? EXIT.failed : EXIT.fine;
}

function checkFile(path: string, root: string, workspace: DiskWorkspace, severity: Severity): Checked {
  const { reading } = readFile(path, workspace);
  const text = workspace.read(path) ?? '';
  const wanted = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
  const problems = diagnosticsOf(reading, text, severity === 'hint' ? ALL_DIAGNOSTICS : DEFAULT_DIAGNOSTICS).filter((one) =>
    wanted.includes(one.severity),
  );
  return { path: shownPath(path, root), lines: new LineIndex(text), problems, limits: reading.limits };
}

const checkedJson = ({ path, lines, problems, limits }: Checked): object => ({
  path,
  problems: problems.map((problem) => problemJson(problem, lines)),
  ...(limits.length > 0 ? { limits } : {}),
});

const COLOURS: Readonly<Record<Severity, string>> = {
  error: '\u001b[31m',
  warning: '\u001b[33m',
  information: '\u001b[34m',
  hint: '\u001b[36m',
};
const PLAIN = '\u001b[0m';

/** `src/model.ts:12:5 warning message [code]`, a line a problem, and a last line that counts. */
function printText(checked: readonly Checked[], found: number, output: Output): void {
  for (const { path, lines, problems, limits } of checked) {
    for (const { span, severity, message, code } of problems) {
      const { line, column } = lines.at(span.start);
      const word = output.isColoured === true ? `${COLOURS[severity]}${severity}${PLAIN}` : severity;
      output.out(`${path}:${line}:${column} ${word} ${oneLine(message)} [${code}]\n`);
    }
    for (const limit of limits) output.err(`layerscope: ${path}: ${limit}\n`);
  }
  const read = checked.length === 1 ? '1 file' : `${checked.length} files`;
  output.out(`${found === 0 ? 'no problems' : found === 1 ? '1 problem' : `${found} problems`} in ${read}\n`);
}
