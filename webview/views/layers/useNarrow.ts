import { useEffect, useState } from 'preact/hooks';

/** The width below which the layers are a strip on top; styles/narrow.css has the same. */
const NARROW = '(max-width: 499px)';

export const useNarrow = (): boolean => {
  const [narrow, setNarrow] = useState(() => window.matchMedia(NARROW).matches);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const changed = (): void => setNarrow(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return narrow;
};
