import type { LayerCase, OptionSite, Reading, Site } from '../model/reading';
import { shapeList, showShape, type Shapes } from '../model/shape';
import type { Span } from '../model/span';
import type { Finding } from './rule';

/** The option of that name as it is written in the call; undefined where it is not, or comes from elsewhere. */
export const optionOf = (site: Site, key: string): OptionSite | undefined => site.options.find((option) => option.key === key);

/** The first of the options that is written, else the factory's name. */
export const spanAt = (site: Site, ...keys: readonly string[]): Span =>
  keys.map((key) => optionOf(site, key)?.span).find((span) => span !== undefined) ?? site.name;

/** `[null, 4, 4, 3]`; several with commas between them. */
export const showShapes = (shapes: Shapes): string => shapeList(shapes).map(showShape).join(', ');

/**
 * At most one finding a site: about its layers of which `tell` says something. Layers that exist under an unknown condition only count where all
 * layers of the site are concerned, for that side may never run.
 * @param tell the message about one layer; undefined where nothing is wrong, or not enough is known.
 * @param keys options that the finding belongs on; the first that is written counts.
 */
export const findingsBySite = (
  { sites }: Reading,
  tell: (one: LayerCase, site: Site) => string | undefined,
  ...keys: readonly string[]
): readonly Finding[] =>
  sites.flatMap((site) => {
    const told = site.cases.flatMap((one) => {
      const message = tell(one, site);
      return message === undefined ? [] : [{ one, message }];
    });
    const certain = told.length === site.cases.length ? told : told.filter(({ one }) => one.when === undefined);
    const [first] = certain;
    if (!first) return [];
    return [
      {
        span: spanAt(site, ...keys),
        message:
          first.message +
          whichOf(
            site,
            certain.map(({ one }) => one),
          ),
      },
    ];
  });

const MAX_NAMED = 3;

/** Which of a site's layers are concerned, to be put behind a message: nothing where all are. */
function whichOf(site: Site, found: readonly LayerCase[]): string {
  if (found.length === site.cases.length) return '';
  const [made, all] = [found, site.cases].map((cases) => cases.reduce((sum, one) => sum + one.count, 0));
  const names = [...new Set(found.map(nameOf))].filter((name) => name !== '');
  const more = names.length > MAX_NAMED ? ' and more' : '';
  return ` (So for ${made ?? 0} of the ${all ?? 0} layers of this line${names.length > 0 ? `: ${names.slice(0, MAX_NAMED).join('; ')}${more}` : ''}.)`;
}

const nameOf = ({ inputShape, caller }: LayerCase): string =>
  [inputShape && `on ${showShapes(inputShape)}`, caller && `from ${caller}`].filter(Boolean).join(' ');
