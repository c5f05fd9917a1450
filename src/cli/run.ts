import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Severity } from '../model/reading';
import { DiskWorkspace } from '../project/diskWorkspace';
import { slashed } from '../project/paths';
import { readFile } from '../reader/read';
import { check, SEVERITIES } from './check';
import { toJson } from './json';
import { LineIndex } from './lines';
import { EXIT, refusalText, type Output } from './output';
import { summaryTable } from './table';

const USAGE = `Usage: layerscope read [--json] FILE…
       layerscope check [--json] [--severity error|warning|information|hint] FILE|FOLDER…

read   prints the layers, shapes and parameter counts of TensorFlow.js model definitions.
check  prints what is wrong with them, @budget comments included, and ends with exit code 1 where there is anything.
Nothing of the files is executed.

  --json       print JSON instead of text
  --severity   of check: the least that is printed and counted (warning)
  --help       print this text
`;

/** Runs the command line and returns its exit code: 0 fine, 1 a file could not be read or a check found something, 2 the call itself is wrong. */
export function run(args: readonly string[], folder: string, output: Output): number {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, severity: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error), output);
  }
  const { json, severity, help } = parsed.values;
  const [command, ...files] = parsed.positionals;
  if (help) {
    output.out(USAGE);
    return EXIT.fine;
  }
  const isJson = json === true;
  if (command !== undefined && command !== 'read' && command !== 'check') return misused(`there is no command '${command}'`, output);
  if (command === undefined || files.length === 0) return misused(undefined, output);
  if (command === 'read') return severity === undefined ? read(files, folder, isJson, output) : misused('read has no --severity', output);
  const least = severity ?? 'warning';
  return isSeverity(least)
    ? check(files, folder, { isJson, severity: least }, output)
    : misused(`there is no severity '${least}': error, warning, information or hint`, output);
}

function misused(why: string | undefined, output: Output): number {
  output.err(why === undefined ? USAGE : `layerscope: ${why}\n\n${USAGE}`);
  return EXIT.usage;
}

const isSeverity = (word: string): word is Severity => SEVERITIES.some((severity) => severity === word);

function read(files: readonly string[], folder: string, isJson: boolean, output: Output): number {
  const workspace = new DiskWorkspace(slashed(resolve(folder)));
  let exit: number = EXIT.fine;
  const answers = [];
  for (const file of files) {
    const path = slashed(resolve(folder, file));
    const text = workspace.read(path);
    if (text === undefined) {
      output.err(`layerscope: ${file}: ${refusalText(workspace.refusal(path))}\n`);
      exit = EXIT.failed;
      continue;
    }
    const { reading } = readFile(path, workspace);
    const lines = new LineIndex(text);
    if (isJson) answers.push(toJson(slashed(file), reading, lines));
    else output.out(summaryTable(slashed(file), reading, lines));
  }
  if (isJson) output.out(`${JSON.stringify({ version: 1, files: answers }, null, 2)}\n`);
  return exit;
}
