import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarOf, snapshot, tokensOf } from './tokens';

const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const languages = ['source.ts', 'source.tsx', 'source.js', 'source.js.jsx'];

describe('shapes in comments', () => {
  for (const scope of languages) {
    it(`are coloured in ${scope} as the snapshot shows`, async () => {
      assert.equal(snapshot(await grammarOf(scope), read('shapes.ts.txt')), read('shapes.snap.txt'));
    });

    it(`are coloured in ${scope} where they set budgets`, async () => {
      assert.equal(snapshot(await grammarOf(scope), read('budgets.ts.txt')), read('budgets.snap.txt'));
    });

    it(`leave ordinary comments and code of ${scope} as they are`, async () => {
      const text = read('ordinary.ts.txt');
      assert.deepEqual(tokensOf(await grammarOf(scope), text), tokensOf(await grammarOf(scope, false), text));
    });
  }

  it('are contributed to just these languages', () => {
    const { contributes } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
      contributes: { grammars: { path: string; scopeName: string; injectTo: string[] }[] };
    };
    const grammar = contributes.grammars.find(({ scopeName }) => scopeName === 'layerscope.shapes.injection');
    assert.deepEqual(grammar, {
      path: './syntaxes/layerscope.shapes.injection.tmLanguage.json',
      scopeName: 'layerscope.shapes.injection',
      injectTo: languages,
    });
  });

  it('stay within their comment', async () => {
    const text = '// @shape [null, 3\nconst a = [1, 2];\n/* [null, 3 */ const b = 2;\n';
    const [ours, bare] = [await grammarOf('source.ts'), await grammarOf('source.ts', false)];
    const code = (tokens: ReturnType<typeof tokensOf>) =>
      tokens.filter(({ scopes }) => !scopes.some((scope) => scope.startsWith('comment')));
    assert.deepEqual(code(tokensOf(ours, text)), code(tokensOf(bare, text)));
  });

  it('cost no more than the length of the line', async () => {
    const grammar = await grammarOf('source.ts');
    const hostile = [
      `// [${'1, '.repeat(20_000)}`,
      `// [null, ${'a * '.repeat(20_000)}`,
      `// @shape ${'a = 1 + '.repeat(10_000)}`,
      `// ${'-> ['.repeat(20_000)}`,
      `// @budget ${'params<5M '.repeat(20_000)}`,
    ];
    // Seconds apart from what a regular expression that backtracks without end would take.
    for (const text of hostile) assert.equal(tokensOf(grammar, text).at(-1)?.end, text.length);
  });
});
