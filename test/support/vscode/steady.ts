import type { Page } from 'playwright-core';

/** The fewest hints and lenses that were on the screen at one time. */
export interface Fewest {
  readonly hints: number;
  readonly lenses: number;
}

/** Looks at every frame that the editor draws, until it is stopped: what blinks is seen, however short it is. */
export async function watchAnswers(page: Page): Promise<{ stop(): Promise<Fewest> }> {
  await page.evaluate(start);
  return { stop: () => page.evaluate(() => (window as unknown as Watching).layerscopeWatch()) };
}

interface Watching {
  layerscopeWatch: () => Fewest;
}

/** Runs in the page, so it can use nothing from outside. */
const start = (): void => {
  const fewest = { hints: Infinity, lenses: Infinity };
  let isOver = false;
  const count = (selector: string): number =>
    [...document.querySelectorAll(selector)].filter((element) => (element.textContent ?? '').replaceAll('\u00a0', ' ').trim() !== '')
      .length;
  const look = (): void => {
    if (isOver) return;
    // The parts of one hint stand in spans beside each other; the first begins with what no source text does.
    const hints = [...document.querySelectorAll('.view-line span[class*="dyn-rule"]')].filter((span) =>
      /→|layers/.test(span.textContent ?? ''),
    );
    fewest.hints = Math.min(fewest.hints, hints.length);
    fewest.lenses = Math.min(fewest.lenses, count('.codelens-decoration'));
    requestAnimationFrame(look);
  };
  (window as unknown as Watching).layerscopeWatch = () => {
    isOver = true;
    return fewest;
  };
  look();
};
