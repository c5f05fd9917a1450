import { useMedia } from '../useMedia';

/** The width below which the layers are a strip on top; styles/narrow.css has the same. */
export const useNarrow = (): boolean => useMedia('(max-width: 499px)');
