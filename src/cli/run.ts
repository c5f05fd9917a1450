import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DiskWorkspace } from '../project/diskWorkspace';
import { slashed } from '../project/paths';
import { readFile } from '../reader/read';
import { LineIndex } from './lines';
import { toJson } from './json';
import { summaryTable } from './table';

export const EXIT = { fine: 0, failed: 1, usage: 2 } as const;

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `Usage: layerscope read [--json] FILE…

Reads TensorFlow.js model definitions and prints their layers, shapes and parameter counts. Nothing of the files is executed.

  --json   print JSON instead of tables
  --help   print this text
`;

/** Runs the command line and returns its exit code: 0 fine, 1 a file could not be read, 2 the call itself is wrong. */
export function run(args: readonly string[], folder: string, output: Output): number {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    output.err(`layerscope: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return EXIT.usage;
  }
  const [command, ...files] = parsed.positionals;
  if (parsed.values.help) {
    output.out(USAGE);
    return EXIT.fine;
  }
  if (command !== 'read' || files.length === 0) {
    output.err(command === undefined || command === 'read' ? USAGE : `layerscope: there is no command '${command}'\n\n${USAGE}`);
    return EXIT.usage;
  }
  return read(files, folder, parsed.values.json === true, output);
}

function read(files: readonly string[], folder: string, isJson: boolean, output: Output): number {
  const workspace = new DiskWorkspace(slashed(resolve(folder)));
  let exit: number = EXIT.fine;
  const answers = [];
  for (const file of files) {
    const path = slashed(resolve(folder, file));
    const text = workspace.read(path);
    if (text === undefined) {
      output.err(`layerscope: ${file}: ${why(workspace, path)}\n`);
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

function why(workspace: DiskWorkspace, path: string): string {
  const refusal = workspace.refusal(path);
  if (refusal === 'too-large') return 'is larger than 5 MB and is not read';
  return refusal === 'outside'
    ? 'lies outside the current folder, or in node_modules; run layerscope from a folder above it'
    : 'there is no such file';
}
