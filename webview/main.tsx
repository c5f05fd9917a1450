/**
 * The panel's page. What the host's HTML must hold, exactly:
 *
 * ```html
 * <!DOCTYPE html>
 * <html lang="en">
 *   <head>
 *     <meta charset="UTF-8" />
 *     <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval';
 *       worker-src blob:; connect-src ${cspSource}; img-src blob: data:; style-src ${cspSource} 'nonce-${nonce}';" />
 *     <meta name="viewport" content="width=device-width, initial-scale=1" />
 *     <title>Layerscope</title>
 *     <link rel="stylesheet" href="${uri('dist/panel/assets/panel.css')}" />
 *   </head>
 *   <body data-engine="${uri('dist/panel/engine.js')}" data-wasm="${uri('dist/panel')}/" data-assets="${uri('dist/panel/assets')}/">
 *     <div id="root"></div>
 *     <script nonce="${nonce}" src="${uri('dist/panel/panel.js')}"></script>
 *   </body>
 * </html>
 * ```
 *
 * `uri` is `webview.asWebviewUri`, `localResourceRoots` holds `dist/panel` alone, `enableScripts` is true and `retainContextWhenHidden` is not
 * set. `data-wasm` and `data-assets` end in a slash. The messages are in `src/protocol/panel.ts`.
 */
import { render } from 'preact';
import { connectHost } from './state/host';
import { makePanel } from './state/panel';
import { App } from './views/App';
import { Panel } from './views/context';

const root = document.getElementById('root');
const { engine = '', wasm = '', assets = '' } = document.body.dataset;

if (root) {
  render(
    <Panel.Provider value={makePanel(connectHost(), { engine, wasm, assets })}>
      <App />
    </Panel.Provider>,
    root,
  );
}
