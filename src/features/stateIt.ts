import type { Reading, Site } from '../model/reading';
import { touches, type Span } from '../model/span';

/** A comment that would give a site's formulas their numbers. */
export interface StatementOffer {
  /** `State numClasses in a comment`. */
  readonly title: string;
  /** Where the comment's line is put in: the start of the line on which the call begins. */
  readonly offset: number;
  /** The whole line, its break included. The number is an example, for a person to change. */
  readonly text: string;
}

/** Names that a statement can be about: `numClasses`, `config.units`, `dims[0]`. */
const STATABLE = /^[A-Za-z_$][\w$]{0,60}(\.#?[\w$]{1,60}|\[\d{1,6}\]){0,6}$/;
const MAX_NAMES = 4;

/** The unknowns of a site's formulas that a comment can state. */
export const statableNames = ({ cases }: Site): readonly string[] =>
  [...new Set(cases.flatMap(({ unknowns }) => unknowns ?? []).map(({ name }) => name))]
    .filter((name) => STATABLE.test(name))
    .slice(0, MAX_NAMES);

/** `// @shape numClasses = 10`. */
export const statementFor = (names: readonly string[]): string => `// @shape ${names.map((name) => `${name} = 10`).join(', ')}`;

/** Offers for the layers whose callee or variable a span touches. `text` is the text that was read. */
export function statementOffers(reading: Reading, text: string, span: Span): readonly StatementOffer[] {
  const meant = reading.sites.filter(({ name, variable }) =>
    [name, variable].some((place) => place && (touches(place, span.start) || touches(place, span.end))),
  );
  const offers = meant.flatMap((site) => statableNames(site).map((name) => offerFor(site, text, name)));
  return offers.filter((one, i) => offers.findIndex(({ title }) => title === one.title) === i);
}

function offerFor({ call }: Site, text: string, name: string): StatementOffer {
  const offset = text.lastIndexOf('\n', call.start - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(offset, call.start))?.[0] ?? '';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return { title: `State ${name} in a comment`, offset, text: `${indentation}${statementFor([name])}${lineBreak}` };
}
