import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { summaryLines } from '../../../src/features/summary';
import { onlyModel, readSource } from '../../support/readSource';
import { grammarOf, snapshot, tokensOf } from './tokens';

const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const SCOPE = 'text.layerscope.summary';

describe('the grammar of summaries', () => {
  it('colours a summary as the snapshot shows', async () => {
    assert.equal(snapshot(await grammarOf(SCOPE, false), read('summary.txt')), read('summary.snap.txt'));
  });

  it('colours a comparison as the snapshot shows', async () => {
    assert.equal(snapshot(await grammarOf(SCOPE, false), read('compare.txt')), read('compare.snap.txt'));
  });

  it('is contributed to the language of the documents', () => {
    const { contributes } = JSON.parse(read('../../../package.json')) as {
      contributes: {
        grammars: { language?: string; path: string; scopeName: string }[];
        languages: { id: string; extensions?: string[] }[];
      };
    };
    assert.deepEqual(
      contributes.grammars.find(({ scopeName }) => scopeName === SCOPE),
      { language: 'layerscope-summary', scopeName: SCOPE, path: './syntaxes/layerscope.summary.tmLanguage.json' },
    );
    assert.deepEqual(
      contributes.languages.map(({ id, extensions }) => [id, extensions]),
      [
        ['layerscope-hover', undefined],
        ['layerscope-summary', ['.layerscope']],
      ],
    );
  });

  it('names every layer of an example, its class and its shape', async () => {
    const reading = readSource(readFileSync('examples/alexnet.ts', 'utf8'));
    const model = onlyModel(reading);
    const text = summaryLines(model, reading.path, 1)
      .map((line) => line.text)
      .join('\n');
    const lines = text.split('\n');
    const named = (scope: string): string[] =>
      tokens.filter(({ scopes }) => scopes.includes(scope)).map(({ line, start, end }) => (lines[line] ?? '').slice(start, end));
    const tokens = tokensOf(await grammarOf(SCOPE, false), text);
    const layers = model.graph.layers.filter(({ site }) => site);
    assert.deepEqual(
      named('variable.other.layer.layerscope'),
      layers.map(({ name }) => name),
    );
    assert.deepEqual(
      named('entity.name.type.layer.layerscope'),
      layers.map(({ className }) => className),
    );
    assert.equal(named('punctuation.definition.shape.begin.layerscope').length, layers.length);
  });

  it('costs no more than the length of the line', async () => {
    const grammar = await grammarOf(SCOPE, false);
    for (const text of [
      'a ('.repeat(20_000),
      '['.repeat(50_000),
      '1,'.repeat(50_000),
      'a · '.repeat(20_000),
      `${'x'.repeat(50_000)} (`,
      'a │ '.repeat(20_000),
      `+  ${'x'.repeat(50_000)}`,
    ]) {
      assert.equal(tokensOf(grammar, text).at(-1)?.end, text.length);
    }
  });
});
