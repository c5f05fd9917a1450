import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS, readSettings } from '../../../src/protocol/settings';

describe('readSettings', () => {
  it('gives the defaults for nothing and for nonsense', () => {
    for (const section of [undefined, null, 7, 'x', [], { reader: null, panel: 'x', hover: { enabled: 'yes' } }]) {
      assert.deepEqual(readSettings(section), DEFAULT_SETTINGS);
    }
  });

  it('takes what fits and leaves the rest at its default', () => {
    const settings = readSettings({
      panel: { backend: 'webgl', seed: 7, unknown: 1 },
      inlayHints: { position: 'call', content: 'shapes' },
      enable: false,
    });
    assert.deepEqual(settings.panel, { ...DEFAULT_SETTINGS.panel, backend: 'webgl', seed: 7 });
    assert.deepEqual(settings.inlayHints, { content: 'shapes', position: 'call' });
    assert.equal(settings.enable, false);
  });

  it('keeps numbers in their limits and choices to their list', () => {
    const settings = readSettings({ reader: { stepBudget: -5, timeLimit: Infinity }, panel: { backend: 'metal', activationBudget: 1e9 } });
    assert.deepEqual(settings.reader, { stepBudget: 10_000, timeLimit: 10 });
    assert.equal(settings.panel.backend, 'auto');
    assert.equal(settings.panel.activationBudget, 16_384);
  });

  it('takes severities by code, those that there are', () => {
    const severity = { 'unread-input': 'hint', budget: 'off', 'layer-name': 'fatal', 'shape-mismatch': 1 };
    assert.deepEqual(readSettings({ diagnostics: { severity } }).diagnostics, {
      enabled: true,
      severity: { 'unread-input': 'hint', budget: 'off' },
    });
    assert.deepEqual(readSettings({ diagnostics: { enabled: false, severity: 'all' } }).diagnostics, { enabled: false, severity: {} });
  });
});
