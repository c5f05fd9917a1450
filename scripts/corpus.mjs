// Scores the reader on real repositories: `npm run corpus -- --corpus DIR --sources DIR`. The corpus folder holds truth.json, what TensorFlow.js itself
// built from the repositories' programs, and score.mjs; the sources folder holds the repositories as owner+name. Neither is part of this tree.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, sources: { type: 'string' }, list: { type: 'string' }, repo: { type: 'string' } },
});
if (!values.corpus || !values.sources) {
  console.error('Usage: npm run corpus -- --corpus DIR --sources DIR [--repo OWNER/NAME] [--list wrong|silent|vague|partial]');
  process.exit(2);
}
const cli = resolve('dist/cli.js');
if (!existsSync(cli)) {
  console.error('There is no dist/cli.js: run npm run build first.');
  process.exit(2);
}
const more = Object.entries({ list: values.list, repo: values.repo }).flatMap(([key, value]) =>
  value === undefined ? [] : [`--${key}`, value],
);
const { status } = spawnSync(
  process.execPath,
  [join(values.corpus, 'score.mjs'), '--root', values.sources, '--cli', `${process.execPath} ${cli}`, ...more],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
