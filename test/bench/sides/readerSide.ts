import { resolve } from 'node:path';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';
import { Analyst } from '../../../src/server/analyst';
import { applyEdit } from '../sources/edits';
import { answering, residentMemory } from './side';

/** Our side: the analyst and the built analysis worker, as the language server runs them; only the pause for typing is left out. */
const [path = '/bench/main.ts'] = process.argv.slice(2);
const analyst = new Analyst(resolve('dist/analysis.js'), {
  restarted: (reason) => console.error(reason),
  gaveUp: (reason) => console.error(reason),
  callersFound: () => {},
  log: (text) => console.error(text),
});
let text = '';

async function read(): Promise<number> {
  const since = performance.now();
  analyst.open(path, text);
  const { stepBudget } = DEFAULT_SETTINGS.reader;
  const outcome = await analyst.read(() => ({ path, root: path.slice(0, path.lastIndexOf('/')), stepBudget }), 600);
  const milliseconds = performance.now() - since;
  if (outcome.kind !== 'read') throw new Error('reason' in outcome ? outcome.reason : outcome.kind);
  if (outcome.answer.reading.sites.length === 0) throw new Error(`nothing was read: ${outcome.answer.reading.limits.join('; ')}`);
  return milliseconds;
}

answering((question) => {
  if (question.ask === 'memory') return residentMemory();
  text = question.ask === 'open' ? question.text : applyEdit(text, question.edit);
  return read();
});
