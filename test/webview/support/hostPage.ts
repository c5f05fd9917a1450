import { themeClass, themeStyle, type ThemeName } from './themes';

const nonce = 'c0ffee';

/** What VS Code gives a webview: `acquireVsCodeApi`. What the panel sends is kept in `sent`, its state in the window's own storage. */
const hostScript = `
  window.sent = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { window.sent.push(message); },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); return state; },
  });
`;

/** The page that `webview/main.tsx` asks its host for, word by word, under the same policy. `/bench` starts the engine's own test page. */
export const hostPage = (address: URL): string => {
  const theme = (address.searchParams.get('theme') ?? 'dark') as ThemeName;
  const engine = address.searchParams.has('counted') ? '/counted/engine.js' : '/engine.js';
  const cspSource = address.origin;
  const script = address.pathname === '/bench' ? 'bench.js' : 'panel.js';
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval';
      worker-src blob:; connect-src ${cspSource}; img-src blob: data:; style-src ${cspSource} 'nonce-${nonce}';" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Layerscope</title>
    <style nonce="${nonce}">${themeStyle(theme)}</style>
    <link rel="stylesheet" href="${address.origin}/assets/panel.css" />
  </head>
  <body class="${themeClass(theme)}" data-engine="${address.origin}${engine}" data-wasm="${address.origin}/" data-assets="${address.origin}/assets/">
    <div id="root"></div>
    <script nonce="${nonce}">${hostScript}</script>
    <script nonce="${nonce}" src="${address.origin}/${script}"></script>
  </body>
</html>`;
};
