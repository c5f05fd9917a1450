import type { LayerCase, Site } from '../../model/reading';
import { isShapeList } from '../../model/shape';
import { windowsOf, type Window } from '../../model/windows';

/** The option that holds the size of a layer's window; undefined for layers that slide none. */
export const windowKey = ({ factory }: Site): 'kernelSize' | 'poolSize' | undefined => {
  if (/^(?:max|average|avg)_?pool/i.test(factory)) return 'poolSize';
  return /^(?:separable|depthwise)?conv[123]d$/i.test(factory) ? 'kernelSize' : undefined;
};

/** The windows of each layer of a site; undefined where something about one is not known. */
export function windowsOfSite(site: Site): readonly (readonly Window[])[] | undefined {
  const all = site.cases.map((one) => windowsOfCase(site, one));
  return all.length > 0 && all.every((windows) => windows !== undefined) ? all : undefined;
}

const windowsOfCase = ({ className }: Site, { inputShape, config }: LayerCase): readonly Window[] | undefined =>
  inputShape === undefined || isShapeList(inputShape) ? undefined : windowsOf(className, config, inputShape);
