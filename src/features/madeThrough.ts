import type { LayerCase, Reading, Site } from '../model/reading';
import type { SourceSpan } from '../model/span';

/** Layers of one line, in part: each case with the number of its layers that are meant. */
export interface Made {
  readonly site: Site;
  readonly cases: readonly LayerCase[];
}

/**
 * The layers that came through some calls, line by line, in the order of the source.
 * @param isOwn true for lines of which all layers are meant
 * @param isCall true for the calls
 */
export const madeThrough = ({ sites }: Reading, isOwn: (site: Site) => boolean, isCall: (place: SourceSpan) => boolean): readonly Made[] =>
  sites.flatMap((site) => {
    const cases = isOwn(site) ? site.cases : site.cases.flatMap((one) => through(one, isCall));
    return cases.length === 0 ? [] : [{ site, cases }];
  });

function through(one: LayerCase, isCall: (place: SourceSpan) => boolean): readonly LayerCase[] {
  const came = (one.ways ?? []).filter(({ calls }) => calls.some(isCall)).reduce((sum, { count }) => sum + count, 0);
  // Layers on different sides of a condition have ways of their own, but never exist together.
  return came === 0 ? [] : [{ ...one, count: Math.min(came, one.count) }];
}
