import { randomBytes } from 'node:crypto';
import type { Uri, Webview } from 'vscode';

/** The page that the panel's program wants (webview/main.tsx says what it must hold). `file` gives the address of a file under dist/panel. */
export function panelHtml({ cspSource }: Pick<Webview, 'cspSource'>, file: (path: string) => Pick<Uri, 'toString'>): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `connect-src ${cspSource}`,
    'img-src blob: data:',
    `style-src ${cspSource} 'nonce-${nonce}'`,
  ].join('; ');
  const address = (path: string): string => escapeAttribute(file(path).toString().replace(/\/$/, ''));
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Layerscope</title>
    <link rel="stylesheet" href="${address('assets/panel.css')}" />
  </head>
  <body data-engine="${address('engine.js')}" data-wasm="${address('')}/" data-assets="${address('assets')}/">
    <div id="root"></div>
    <script nonce="${nonce}" src="${address('panel.js')}"></script>
  </body>
</html>`;
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
