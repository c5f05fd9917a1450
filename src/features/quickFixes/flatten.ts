import { isShapeList } from '../../model/shape';
import type { Propose } from './fix';
import { insertedBefore } from './source';

/** `flatten()` before a dense layer that is given maps. */
export const flatten: Propose = ({ text, site }) => {
  if (site?.className !== 'Dense') return [];
  const takesMaps = site.cases.some(({ inputShape }) => inputShape !== undefined && !isShapeList(inputShape) && inputShape.length > 2);
  const edits = takesMaps ? insertedBefore(site, text, 'flatten') : undefined;
  return edits ? [{ title: 'Insert flatten() before the dense layer', edits, shows: site.name.start, choice: 'flatten' }] : [];
};
