// Holds what `layerscope check` says of real repositories against docs/corpus-diagnostics.md, where each finding stands with its reason:
// `npm run corpus:problems -- --sources DIR`. DIR holds the repositories as owner+name, at the commits that the page names; it is not part of this tree.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { sources: { type: 'string' } } });
const cli = resolve('dist/cli.js');
if (!values.sources || !existsSync(cli)) {
  console.error(values.sources ? 'There is no dist/cli.js: run npm run build first.' : 'Usage: npm run corpus:problems -- --sources DIR');
  process.exit(2);
}

/** Rows of the page: `| owner/name | file:line | code | why |`. */
const page = readFileSync('docs/corpus-diagnostics.md', 'utf8');
const justified = [...page.matchAll(/^\| ([\w.-]+\/[\w.-]+) +\| `([^`]+:\d+)` +\| ([\w-]+) +\|/gm)].map(([, ...cells]) => cells.join(' '));

/** @param {string} folder owner+name */
const findingsIn = (folder) => {
  const cwd = join(/** @type {string} */ (values.sources), folder);
  const { stdout, status } = spawnSync(process.execPath, [cli, 'check', '--severity', 'hint', '--json', '.'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0 && status !== 1) throw new Error(`${folder}: layerscope check ended with ${String(status)}`);
  const { files } = /** @type {{ files: { path: string, problems: { line: number, code: string }[] }[] }} */ (JSON.parse(stdout));
  return files.flatMap(({ path, problems }) => problems.map(({ line, code }) => `${folder.replace('+', '/')} ${path}:${line} ${code}`));
};

const folders = readdirSync(values.sources).filter((name) => name.includes('+'));
const found = folders.flatMap(findingsIn);
const there = justified.filter((row) => folders.includes((row.split(' ')[0] ?? '').replace('/', '+')));
const unjustified = found.filter((one) => !justified.includes(one));
const gone = there.filter((row) => !found.includes(row));
for (const one of unjustified) console.log(`not justified: ${one}`);
for (const one of gone) console.log(`not found any more: ${one}`);
console.log(`${found.length} findings in ${folders.length} repositories; ${unjustified.length} without a reason, ${gone.length} gone.`);
process.exit(unjustified.length + gone.length > 0 ? 1 : 0);
