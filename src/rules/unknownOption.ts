import type { Site } from '../model/reading';
import type { Finding, Rule } from './rule';
import { optionOf } from './where';

/** An option that TensorFlow.js never looks at. */
export const unknownOption: Rule = {
  code: 'unknown-option',
  title: 'an option that the layer does not have',
  severity: 'warning',
  check: ({ sites }) => sites.flatMap(findingsOf),
};

const findingsOf = (site: Site): readonly Finding[] =>
  (site.ignored ?? []).flatMap(({ key, nearest }) => {
    const option = optionOf(site, key);
    if (!option) return [];
    const meant =
      nearest === undefined
        ? ''
        : optionOf(site, nearest)
          ? ` It has '${nearest}', which is given as well.`
          : ` Did you mean '${nearest}'?`;
    return [{ span: option.span, message: `TensorFlow.js ignores '${key}': ${site.factory} has no such option.${meant}` }];
  });
