import assert from 'node:assert/strict';
import type { Generated } from '../generate/program';
import { compare, readAll, type Verdict } from './compare';
import { runReal, type Files, type RealRun } from './realRun';

export const show = (files: Files): string =>
  Object.entries(files)
    .map(([path, text]) => `// ${path}\n${text}`)
    .join('\n');

/** Runs a program, reads it, and compares. */
export async function checkProgram({ files, entry }: Generated): Promise<{ readonly verdict: Verdict; readonly real: RealRun }> {
  const real = await runReal(files, entry);
  assert.ok(real, `a program has syntax errors\n${show(files)}`);
  return { verdict: compare(files, readAll(files), real), real };
}
