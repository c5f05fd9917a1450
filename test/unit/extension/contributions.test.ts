import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMANDS, CONTEXT_KEYS, MODELS_VIEW, PANEL_VIEW, SETTING_DEFAULTS, TRACE_SETTING } from '../../../src/extension/contributions';
import { LANGUAGES } from '../../../src/protocol/mentions';
import { CHOICES, ENTRIES, LIMITS, readSettings } from '../../../src/protocol/settings';
import { PROBLEM_KINDS } from '../../../src/rules/codes';

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly additionalProperties?: boolean;
  readonly examples?: readonly object[];
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
  };
}

describe('package.json and contributions.ts', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const properties = manifest.contributes.configuration.properties;

  it('name the same commands', () => {
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
  });

  it('name the same settings with the same defaults, types, choices and limits', () => {
    assert.deepEqual(Object.keys(properties).sort(), [...Object.keys(SETTING_DEFAULTS), TRACE_SETTING].sort());
    for (const [name, value] of Object.entries(SETTING_DEFAULTS)) {
      const property = properties[name]!;
      const key = name.slice('layerscope.'.length);
      assert.deepEqual(property.default, value, name);
      assert.ok(property.type === typeof value || (property.type === 'integer' && Number.isInteger(value)), name);
      assert.deepEqual(property.enum, CHOICES[key], name);
      const limits = LIMITS[key];
      assert.deepEqual([property.minimum, property.maximum], limits ? [...limits] : [undefined, undefined], name);
      assert.ok(property.description ?? property.markdownDescription, `${name} has no description`);
    }
  });

  it('let every problem have a severity, and name no others', () => {
    const { properties: codes = {}, additionalProperties, examples = [] } = properties['layerscope.diagnostics.severity']!;
    assert.equal(additionalProperties, false);
    assert.deepEqual(
      Object.keys(codes),
      PROBLEM_KINDS.map(({ code }) => code),
    );
    for (const [code, { enum: choices }] of Object.entries(codes)) assert.deepEqual(choices, ENTRIES['diagnostics.severity'], code);
    assert.ok(examples.length > 0);
    for (const example of examples) assert.deepEqual(readSettings({ diagnostics: { severity: example } }).diagnostics.severity, example);
  });

  it('use only declared commands and context keys in menus', () => {
    for (const items of Object.values(manifest.contributes.menus ?? {})) {
      for (const { command, when } of items) {
        assert.ok((Object.values(COMMANDS) as (string | undefined)[]).includes(command), command);
        for (const [, view] of when?.matchAll(/view == (\S+)/g) ?? []) assert.equal(view, MODELS_VIEW);
        for (const key of when?.replace(/view == \S+/g, '').match(/layerscope\.\w+/g) ?? [])
          assert.ok((Object.values(CONTEXT_KEYS) as string[]).includes(key), key);
      }
    }
  });

  it('name the same view, which is there only where models are known', () => {
    assert.deepEqual(manifest.contributes.views, {
      explorer: [{ ...manifest.contributes.views['explorer']?.[0], id: MODELS_VIEW, when: CONTEXT_KEYS.modelsKnown }],
    });
  });

  it('activate by language and by a panel that comes back, nothing else', () => {
    assert.deepEqual(
      [...manifest.activationEvents].sort(),
      [...LANGUAGES.map((id) => `onLanguage:${id}`), `onWebviewPanel:${PANEL_VIEW}`].sort(),
    );
  });
});
