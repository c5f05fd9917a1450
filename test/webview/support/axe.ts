import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on a page, a line each: rule, what it says, and the first elements that break it. Best practices are asked for as well. */
export const violationsOf = async (page: Page | Frame): Promise<string[]> => {
  await page.evaluate(source);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };
    // A row's name is a sentence for the ear, not its columns one after another; what it is called stands first in both.
    return axe.run(document, { rules: { 'label-content-name-mismatch': { enabled: false } } });
  });
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .slice(0, 3)
        .map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`)
        .join('; ')})`,
  );
};
