import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hoverAt } from '../../../src/features/hover';
import { HOVER_LANGUAGE } from '../../../src/features/writing';
import { readSource } from '../../support/readSource';
import { grammarOf, snapshot, tokensOf } from './tokens';

const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const SCOPE = 'text.layerscope.hover';

/** The monospaced block of a hover at a text. */
function blockAt(file: string, at: string): string {
  const text = readFileSync(`examples/${file}.ts`, 'utf8');
  const answer = hoverAt(readSource(text), text, text.indexOf(at));
  const [, block] = /^`{3,}[\w-]+\n([^]*?)\n`{3,}/.exec(answer?.markdown ?? '') ?? [];
  assert.ok(block, `a hover at ${at}`);
  return block;
}

describe('the grammar of hovers', () => {
  it('colours a block as the snapshot shows', async () => {
    assert.equal(snapshot(await grammarOf(SCOPE, false), read('hover.txt')), read('hover.snap.txt'));
  });

  it('is contributed to the language that hovers name', () => {
    const { contributes } = JSON.parse(read('../../../package.json')) as {
      contributes: { grammars: { language?: string; path: string; scopeName: string }[]; languages: { id: string; aliases?: string[] }[] };
    };
    assert.deepEqual(
      contributes.grammars.find(({ scopeName }) => scopeName === SCOPE),
      { language: HOVER_LANGUAGE, scopeName: SCOPE, path: './syntaxes/layerscope.hover.tmLanguage.json' },
    );
    // No name: nobody chooses it for a file.
    assert.deepEqual(contributes.languages.find(({ id }) => id === HOVER_LANGUAGE)?.aliases, []);
  });

  it('finds layer, shapes and labels in hovers as they are', async () => {
    const grammar = await grammarOf(SCOPE, false);
    for (const [file, at, layer] of [
      ['lenet5', 'conv2d({', 'Conv2D'],
      ['vgg16', 'conv2d({', 'Conv2D'],
      ['resnet34', 'batchNormalization({', 'BatchNormalization'],
    ] as const) {
      const block = blockAt(file, at);
      const lines = block.split('\n');
      const tokens = tokensOf(grammar, block);
      const named = (scope: string): string[] =>
        tokens.filter(({ scopes }) => scopes.includes(scope)).map(({ line, start, end }) => (lines[line] ?? '').slice(start, end));
      assert.ok(named('entity.name.type.layer.layerscope').includes(layer), block);
      assert.equal(named('punctuation.definition.shape.begin.layerscope').length, block.split('[').length - 1);
      assert.ok(named('keyword.other.label.layerscope').includes('params'), block);
    }
  });

  it('costs no more than the length of the line', async () => {
    const grammar = await grammarOf(SCOPE, false);
    for (const text of [
      '['.repeat(50_000),
      '1,'.repeat(50_000),
      'a '.repeat(50_000),
      '×1'.repeat(50_000),
      'A'.repeat(50_000),
      '*a'.repeat(50_000),
    ])
      assert.equal(tokensOf(grammar, text).at(-1)?.end, text.length);
  });
});
