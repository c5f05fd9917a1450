import { boxFont } from '../../support/boxFont';
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

/** Makes a page look alike on every machine and at every time: letters are boxes, and what was measured takes no place. */
const alikeStyle = (): string => `
  @font-face { font-family: Boxes; src: url(data:font/ttf;base64,${boxFont().toString('base64')}); }
  * { font-family: Boxes !important; caret-color: transparent !important; transition: none !important; animation: none !important; }
  .header .time, [data-live] { display: none !important; }
  .row-time { visibility: hidden; }
  * { scrollbar-width: none; }`;

/** The page that `webview/main.tsx` asks its host for, word by word, under the same policy. `/bench` starts the engine's own test page. */
export const hostPage = (address: URL): string => {
  const theme = (address.searchParams.get('theme') ?? 'dark') as ThemeName;
  const engine = address.searchParams.has('counted') ? '/counted/engine.js' : '/engine.js';
  const cspSource = address.origin;
  // Letters that are boxes are there as a font in the page itself.
  const boxes = address.searchParams.has('boxes');
  const script = address.pathname === '/bench' ? 'bench.js' : 'panel.js';
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval';
      worker-src blob:; connect-src ${cspSource}; img-src blob: data:; style-src ${cspSource} 'nonce-${nonce}';${boxes ? ' font-src data:;' : ''}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Layerscope</title>
    <style nonce="${nonce}">${themeStyle(theme)}</style>
    <link rel="stylesheet" href="${address.origin}/assets/panel.css" />${boxes ? `\n    <style nonce="${nonce}">${alikeStyle()}</style>` : ''}
  </head>
  <body class="${themeClass(theme)}" data-engine="${address.origin}${engine}" data-wasm="${address.origin}/" data-assets="${address.origin}/assets/">
    <div id="root"></div>
    <script nonce="${nonce}">${hostScript}</script>
    <script nonce="${nonce}" src="${address.origin}/${script}"></script>
  </body>
</html>`;
};
