import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type Range,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

interface Rows {
  readonly count: number;
  /** CSS pixels of each row, or of each column where it lies. */
  readonly size: number;
  readonly horizontal: boolean;
  /** A row that stays in the document wherever the list is scrolled: the one that a screen reader is on. */
  readonly keep: number;
}

export interface Virtual {
  /** Rows that are in the document, with their places in CSS pixels. */
  readonly items: readonly { readonly index: number; readonly start: number }[];
  /** Of all rows, CSS pixels. */
  readonly total: number;
  /** Rows that fit on the screen. */
  readonly page: number;
  /** Scrolls as little as needed. */
  readonly show: (index: number) => void;
}

/** Only rows that can be seen, and a few around them, are in the document. */
export const useVirtual = (frame: RefObject<HTMLDivElement | null>, { count, size, horizontal, keep }: Rows): Virtual => {
  const [, render] = useReducer((times: number) => times + 1, 0);
  const options = {
    count,
    horizontal,
    estimateSize: () => size,
    overscan: 4,
    getScrollElement: () => frame.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => render(undefined),
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range);
      return keep < 0 || keep >= count || shown.includes(keep) ? shown : [...shown, keep];
    },
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, Element>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size, horizontal]);
  const { width = 0, height = 0 } = virtualizer.scrollRect ?? {};
  return {
    items: virtualizer.getVirtualItems(),
    total: virtualizer.getTotalSize(),
    page: Math.max(1, Math.floor((horizontal ? width : height) / size) - 1),
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
};
