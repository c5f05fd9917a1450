import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

const load = createRequire(__filename);
const injection = 'layerscope.shapes.injection';

/** Where the grammars are: ours in the tree, the languages' as VS Code ships them. */
const files: Readonly<Record<string, string>> = {
  [injection]: join(__dirname, `../../../syntaxes/${injection}.tmLanguage.json`),
  'text.layerscope.hover': join(__dirname, '../../../syntaxes/layerscope.hover.tmLanguage.json'),
  'text.layerscope.summary': join(__dirname, '../../../syntaxes/layerscope.summary.tmLanguage.json'),
  'source.ts': load.resolve('tm-grammars/grammars/typescript.json'),
  'source.tsx': load.resolve('tm-grammars/grammars/tsx.json'),
  'source.js': load.resolve('tm-grammars/grammars/javascript.json'),
  'source.js.jsx': load.resolve('tm-grammars/grammars/jsx.json'),
};

let engine: Promise<void> | undefined;

/** A language's grammar with our injection, or bare to compare with. */
export const grammarOf = async (scopeName: string, injected = true): Promise<IGrammar> => {
  engine ??= loadWASM(readFileSync(load.resolve('vscode-oniguruma/release/onig.wasm')).buffer as ArrayBuffer);
  await engine;
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (name) => Promise.resolve(files[name] ? parseRawGrammar(readFileSync(files[name], 'utf8'), files[name]) : null),
    getInjections: (name) => (injected && name === scopeName ? [injection] : []),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar for ${scopeName}`);
  return grammar;
};

export interface Token {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

/** All tokens of a text, lines 0-based, columns half-open. */
export const tokensOf = (grammar: IGrammar, text: string): Token[] => {
  let stack = INITIAL;
  return text.split('\n').flatMap((content, line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(content, stack);
    stack = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({ line, start: startIndex, end: Math.min(endIndex, content.length), scopes }));
  });
};

const ours = (scopes: readonly string[]): string[] =>
  scopes.filter((scope) => scope.endsWith('.layerscope') && !scope.startsWith('meta.')).map((scope) => scope.replace('.layerscope', ''));

/** The text with each token of ours underlined and named, for snapshots. */
export const snapshot = (grammar: IGrammar, text: string): string => {
  const tokens = tokensOf(grammar, text);
  const lines = text
    .split('\n')
    .flatMap((content, line) => [
      content === '' ? '' : `  ${content}`,
      ...tokens
        .filter((token) => token.line === line && ours(token.scopes).length > 0)
        .map(({ start, end, scopes }) => `# ${' '.repeat(start)}${'^'.repeat(end - start)} ${ours(scopes).join(' ')}`),
    ]);
  return `${lines.join('\n')}\n`;
};
