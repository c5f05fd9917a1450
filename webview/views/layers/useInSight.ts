import { useEffect } from 'preact/hooks';
import type { Branch } from '../../state/folding/tree';
import { usePanel } from '../context';
import { shownIn } from './words';

/** Tells which layers' pictures can be seen, so that no others are drawn. A closed fold is seen by the layer that stands for it. */
export const useInSight = (branches: readonly Branch[]): void => {
  const { thumbnails, store } = usePanel();
  const rows = store.rows.value;
  const keys = branches.flatMap((branch) => (branch.kind === 'layer' ? branch.step : (shownIn(branch, rows) ?? []))).map(({ key }) => key);
  useEffect(() => thumbnails.see(keys), [thumbnails, keys.join('\n')]);
};
