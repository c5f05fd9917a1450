import assert from 'node:assert/strict';
import { panelHtml } from '../../../src/extension/panelHtml';

const page = (): string => panelHtml({ cspSource: 'https://*.cdn.example' }, (path) => `https://files.example/a"b&c/${path}`);

describe('the page of the panel', () => {
  it('allows its own program by a nonce that is new each time, and nothing from elsewhere', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page())?.[1] ?? '';
    const [nonce] = /nonce-[\w+/=]{20,}/.exec(policy) ?? [];
    assert.ok(nonce);
    assert.ok(!page().includes(nonce));
    assert.deepEqual(policy.split('; ').sort(), [
      'connect-src https://*.cdn.example',
      "default-src 'none'",
      'img-src blob: data:',
      `script-src '${nonce}' 'wasm-unsafe-eval'`,
      `style-src https://*.cdn.example '${nonce}'`,
      'worker-src blob:',
    ]);
    assert.ok(!/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/.test(policy));
  });

  it('names the files of the panel, as attributes must be written', () => {
    const html = page();
    for (const attribute of [
      'data-engine="https://files.example/a&quot;b&amp;c/engine.js"',
      'data-wasm="https://files.example/a&quot;b&amp;c/"',
      'data-assets="https://files.example/a&quot;b&amp;c/assets/"',
      'href="https://files.example/a&quot;b&amp;c/assets/panel.css"',
      'src="https://files.example/a&quot;b&amp;c/panel.js"',
    ]) {
      assert.ok(html.includes(attribute), attribute);
    }
  });
});
