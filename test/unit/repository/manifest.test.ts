import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { root } from '../../../scripts/lib/environment.mjs';

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly unknown[];
  readonly markdownDescription?: string;
  readonly markdownEnumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly scope?: string;
}

interface Manifest {
  readonly name: string;
  readonly main: string;
  readonly icon: string;
  readonly license: string;
  readonly version: string;
  readonly engines: { readonly vscode: string; readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly description?: string };
    readonly virtualWorkspaces: { readonly supported: unknown; readonly description?: string };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly {
      readonly title: string;
      readonly steps: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
        readonly media: { readonly image?: string; readonly altText?: string; readonly markdown?: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly grammars: readonly {
      readonly path: string;
      readonly scopeName: string;
      readonly injectTo?: readonly string[];
      readonly language?: string;
    }[];
  };
}

const text = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(text('package.json')) as Manifest;
const { commands, menus, configuration, grammars, walkthroughs } = manifest.contributes;

describe('The manifest', () => {
  it('names files that are there', () => {
    const named = [manifest.icon, ...grammars.map(({ path }) => path), 'LICENSE', 'CHANGELOG.md', 'README.md'];
    assert.deepEqual(
      named.filter((path) => !existsSync(join(root, path))),
      [],
    );
    assert.equal(manifest.main, './dist/extension.js');
  });

  it('leads through first steps whose pictures, texts, commands and settings are there', () => {
    const known = new Set(commands.map(({ command }) => command));
    const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['open', 'hover', 'run', 'edit', 'quiz'],
    );
    for (const { id, description, media, completionEvents } of steps) {
      const file = media.image ?? media.markdown ?? '';
      assert.ok(existsSync(join(root, file)), `${id}: ${file}`);
      if (media.image !== undefined) assert.ok((media.altText ?? '').length > 40, `${id} says nothing to a screen reader`);
      const named = [
        ...[...description.matchAll(/command:([\w.]+)/g)].map(([, command = '']) => command),
        ...completionEvents.flatMap((event) => /^onCommand:(.+)$/.exec(event)?.[1] ?? []),
      ].filter((command) => command.startsWith('layerscope.'));
      for (const command of named) assert.ok(known.has(command), `${id}: ${command}`);
      for (const [, setting = ''] of completionEvents.flatMap((event) => [...event.matchAll(/^onSettingChanged:(.+)$/g)]))
        assert.ok(Object.hasOwn(configuration.properties, setting), setting);
      const said = media.markdown === undefined ? '' : text(media.markdown);
      for (const [, title = ''] of said.matchAll(/\*\*Layerscope: ([^*]+)\*\*/g))
        assert.ok(
          commands.some((command) => command.title === title),
          `${id}: "${title}" is no command`,
        );
    }
  });

  it('has an icon of 128 × 128', () => {
    const { width, height } = PNG.sync.read(readFileSync(join(root, manifest.icon)));
    assert.deepEqual([width, height], [128, 128]);
  });

  it('gives every command a title and the category by which people find it', () => {
    for (const { command, title, category } of commands) {
      assert.match(command, /^layerscope\.\w+$/);
      assert.ok(title.length > 0);
      assert.equal(category, 'Layerscope');
    }
  });

  it('has menus for its own commands only', () => {
    const known = new Set(commands.map(({ command }) => command));
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      inMenus.filter((command) => !known.has(command)),
      [],
    );
  });

  it('uses no context key that the extension never sets', () => {
    const keys = Object.values(menus).flatMap((items) => items.flatMap(({ when }) => when?.match(/layerscope\.\w+/g) ?? []));
    const source = text('src/extension/contributions.ts');
    assert.deepEqual(
      keys.filter((key) => !source.includes(`'${key}'`)),
      [],
    );
  });

  for (const [key, setting] of Object.entries(configuration.properties)) {
    it(`describes ${key}, and its default is a legal value`, () => {
      assert.match(setting.markdownDescription ?? '', /\S.*\.$/);
      assert.ok(setting.scope, 'The scope says whether a folder may decide.');
      assert.equal(
        typeof setting.default,
        { integer: 'number', boolean: 'boolean', string: 'string', number: 'number', object: 'object' }[setting.type],
      );
      if (setting.enum) {
        assert.ok(setting.enum.includes(setting.default));
        assert.equal(setting.markdownEnumDescriptions?.length, setting.enum.length);
      }
      if (typeof setting.default === 'number') {
        assert.ok(setting.minimum !== undefined && setting.minimum <= setting.default);
        assert.ok(setting.maximum === undefined || setting.default <= setting.maximum);
      }
    });
  }

  it('points to settings that exist', () => {
    const own = new Set(Object.keys(configuration.properties));
    const mentioned = Object.values(configuration.properties).flatMap(
      ({ markdownDescription }) => markdownDescription?.match(/(?<=#)layerscope\.[\w.]+(?=#)/g) ?? [],
    );
    assert.deepEqual(
      mentioned.filter((key) => !own.has(key)),
      [],
    );
  });

  it('contributes grammars under their own scope names', () => {
    for (const { path, scopeName, injectTo, language } of grammars) {
      assert.equal((JSON.parse(text(path)) as { scopeName: string }).scopeName, scopeName);
      // For a language of its own, or into those of others.
      assert.ok(language !== undefined || (injectTo ?? []).length > 0);
    }
  });

  it('activates only for the languages it reads, and for a panel that comes back', () => {
    assert.ok(manifest.activationEvents.length > 0);
    for (const event of manifest.activationEvents) assert.match(event, /^(onLanguage:|onWebviewPanel:layerscope\.)/);
  });

  it('says what it does in untrusted and in virtual workspaces', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, true);
    assert.match(untrustedWorkspaces.description ?? '', /never/);
    assert.ok(virtualWorkspaces.supported === false || virtualWorkspaces.supported === 'limited');
    assert.match(virtualWorkspaces.description ?? '', /\S/);
  });

  it('brings no dependency to install: all is bundled', () => {
    assert.equal(manifest.dependencies, undefined);
  });

  it('has scripts whose files are there', () => {
    const files = Object.values(manifest.scripts).flatMap((script) => /^node (\S+)/.exec(script)?.[1] ?? []);
    assert.ok(files.length > 0);
    assert.deepEqual(
      files.filter((path) => !existsSync(join(root, path))),
      [],
    );
  });

  it('has its version in the changelog', () => {
    assert.ok(text('CHANGELOG.md').includes(`## ${manifest.version}\n`));
  });

  it('is types-checked against the oldest VS Code that it runs in', () => {
    const types = JSON.parse(text('node_modules/@types/vscode/package.json')) as { version: string };
    assert.equal(manifest.engines.vscode, `^${types.version.split('.').slice(0, 2).join('.')}.0`);
  });
});

describe('The lockfile', () => {
  it('names no registry, so that an installation uses the one that is set up', () => {
    assert.doesNotMatch(text('package-lock.json'), /"resolved"/);
  });
});
