import type { Page } from 'playwright-core';

/** An inlay hint as it is drawn. */
export interface VisibleHint {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** The hints on the visible lines of a file, top to bottom. Monaco draws them as spans with a generated style, which no source text has. */
export const readVisibleHints = (page: Page, path: string): Promise<VisibleHint[]> =>
  page.locator(`.monaco-editor[data-uri$="/${path}"]`).first().evaluate(collect);

/** Runs in the page, so it can use nothing from outside. */
const collect = (editor: Element): VisibleHint[] => {
  const top = (element: Element) => Number.parseFloat((element as HTMLElement).style.top);
  const numbers = new Map<number, number>();
  for (const number of editor.querySelectorAll('.margin-view-overlays .line-numbers')) {
    if (number.parentElement) numbers.set(top(number.parentElement), Number(number.textContent));
  }
  const lines = [...editor.querySelectorAll('.view-lines > .view-line')].sort((a, b) => top(a) - top(b));
  return lines.flatMap((line) => {
    const hints: string[] = [];
    let open = false;
    for (const span of line.querySelectorAll(':scope > span > span')) {
      const injected = span.className.includes('dyn-rule');
      const text = (span.textContent ?? '').replaceAll('\u00a0', ' ');
      if (injected && open) hints.push((hints.pop() ?? '') + text);
      else if (injected) hints.push(text);
      open = injected;
    }
    return hints.flatMap((text) => (text.trim() ? [{ line: numbers.get(top(line)) ?? 0, text: text.trim() }] : []));
  });
};
