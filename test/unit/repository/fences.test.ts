import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { Project, SyntaxKind, type SourceFile } from 'ts-morph';
import { fences } from '../../../scripts/fences.mjs';
import { root } from '../../../scripts/lib/environment.mjs';

/** What a file imports, exports from, requires or imports at run time: the texts of the specifiers. */
const specifiersOf = (file: SourceFile): string[] => [
  ...file.getImportDeclarations().map((declaration) => declaration.getModuleSpecifierValue()),
  ...file.getExportDeclarations().flatMap((declaration) => declaration.getModuleSpecifierValue() ?? []),
  ...file.getDescendantsOfKind(SyntaxKind.ImportType).map((type) => type.getArgument().getText().slice(1, -1)),
  ...file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const [argument] = call.getArguments();
    const loads = call.getExpression().getKind() === SyntaxKind.ImportKeyword || call.getExpression().getText() === 'require';
    return loads && argument?.isKind(SyntaxKind.StringLiteral) ? [argument.getLiteralValue()] : [];
  }),
];

/** Relative specifiers as paths from the root with forward slashes; packages stay as they are. */
const resolved = (path: string, specifier: string) => (specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier);

/** What is wrong with an import of a room's file, in words; undefined where nothing is. */
const trespass = (path: string, specifier: string): string | undefined => {
  const fence = fences.find(({ room }) => path.startsWith(`${room}/`));
  if (!fence) return `${path} is in no room`;
  const target = resolved(path, specifier);
  const closed = fence.rooms.find((room) => target.startsWith(room === 'webview' ? 'webview/' : `src/${room}/`));
  const owned = fence.packages.some((pattern) => new RegExp(`^(${pattern})(/|$)`).test(specifier));
  const outside = specifier.startsWith('.') && !/^(src|webview)\//.test(target);
  return closed || owned || outside ? `${path} imports ${specifier}` : undefined;
};

const sources = ['src', 'webview'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => posix.join(folder, name.replaceAll(sep, '/'))),
);

const parse = (path: string, text: string) => {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { allowJs: true } });
  return project.createSourceFile(`/${path}`, text);
};

describe('The fences between the rooms', () => {
  it('are kept by every import', () => {
    const found = sources.flatMap((path) =>
      specifiersOf(parse(path, readFileSync(join(root, path), 'utf8'))).flatMap((specifier) => trespass(path, specifier) ?? []),
    );
    assert.deepEqual(found, []);
  });

  for (const [path, text] of [
    ['src/model/a.ts', "import { b } from '../layers/b';"],
    ['src/layers/deep/a.ts', "export * from '../../reader/b';"],
    ['src/features/a.ts', "type B = import('ts-morph').Node;"],
    ['src/features/a.ts', "import type { Hover } from 'vscode-languageserver/node';"],
    ['src/server/a.ts', "const b = require('vscode');"],
    ['src/extension/a.ts', "const b = await import('@tensorflow/tfjs-core');"],
    ['webview/views/a.tsx', "import { b } from '../../src/extension/b';"],
    ['src/protocol/a.ts', "import { b } from '../../test/support/b';"],
    ['src/nowhere/a.ts', "import { b } from './b';"],
  ] as const) {
    it(`stop ${path}: ${text}`, () => {
      assert.equal(specifiersOf(parse(path, text)).filter((specifier) => trespass(path, specifier)).length, 1);
    });
  }

  for (const [path, text] of [
    ['src/layers/a.ts', "import * as tf from '@tensorflow/tfjs-layers';"],
    ['src/server/a.ts', "import { b } from '../features/b'; import { c } from 'vscode-languageserver/node';"],
    ['webview/engine/layers/a.ts', "import { b } from '../layers/b'; import type { C } from '../../../src/model/c';"],
    ['src/extension/a.ts', "import { LanguageClient } from 'vscode-languageclient/node'; import * as vscode from 'vscode';"],
  ] as const) {
    it(`let ${path} pass: ${text}`, () => {
      assert.deepEqual(
        specifiersOf(parse(path, text)).filter((specifier) => trespass(path, specifier)),
        [],
      );
    });
  }

  it('name every folder of src', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const rooms = fences.map(({ room }) => room);
    assert.deepEqual(
      folders.map(({ name }) => `src/${name}`).filter((folder) => !rooms.includes(folder)),
      [],
    );
  });
});
