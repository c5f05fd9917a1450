import type { Page } from 'playwright-core';
import { boxFont } from '../boxFont';

/**
 * Makes VS Code look alike on every machine, for golden pictures: letters are boxes (icons stay), and nothing blinks or moves.
 * Call it before the page is opened: the editor measures its letters once.
 */
export const lookAlike = (page: Page): Promise<unknown> => page.addInitScript(start, [boxFont().toString('base64'), STYLE] as const);

const STYLE = `
  .monaco-workbench :not(.codicon, [class*='codicon-']) { font-family: Boxes !important; }
  .monaco-workbench, .monaco-workbench * { transition: none !important; animation: none !important; }
  .monaco-editor .cursors-layer, .monaco-editor .scrollbar, .monaco-editor .scroll-decoration { visibility: hidden !important; }`;

/** Runs in the page, so it can use nothing from outside. */
const start = ([font, text]: readonly [string, string]): void => {
  const bytes = Uint8Array.from(atob(font), (character) => character.charCodeAt(0));
  document.fonts.add(new FontFace('Boxes', bytes));
  document.addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = text;
    document.head.append(style);
  });
};
