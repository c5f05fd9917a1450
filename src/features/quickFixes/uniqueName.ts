import type { Site } from '../../model/reading';
import type { Candidate, Propose } from './fix';
import { optionOf, withoutOption } from './source';

/** Another name for the second of two layers of one name; in a line that makes several layers none, for then TensorFlow.js numbers them. */
export const uniqueName: Propose = ({ reading, text, problem }) => {
  const name = /[Tt]he name "([^"]{1,200})" is used \d+ times/.exec(problem.message)?.[1];
  if (name === undefined) return [];
  const named = reading.sites.filter((site) => nameIn(site, text) === name);
  // The first keeps its name, which weights may be saved under.
  const later = named.length > 1 ? named.slice(1).reverse() : named;
  return later.flatMap((site) => candidatesAt(site, text, name, later.length > 1));
};

function nameIn(site: Site, text: string): string | undefined {
  const option = optionOf(site, 'name');
  return option && /^(['"`])([^'"`\\$]*)\1$/.exec(text.slice(option.value.start, option.value.end))?.[2];
}

function candidatesAt(site: Site, text: string, name: string, isOneOfMany: boolean): readonly Candidate[] {
  const option = optionOf(site, 'name');
  const removal = withoutOption(site, text, 'name');
  const made = site.cases.reduce((sum, { count }) => sum + count, 0);
  if (!option || !removal || isOneOfMany) return [];
  const free = freeName(text, name);
  const quote = text[option.value.start] ?? "'";
  const renamed: Candidate = {
    title: `Rename the layer to ${quote}${free}${quote}`,
    edits: [{ ...option.value, text: quote + free + quote }],
    shows: site.name.start,
    choice: 'name',
  };
  const unnamed: Candidate = {
    title: 'Leave the name out, so that each layer gets one of its own',
    edits: [removal],
    shows: site.name.start,
    choice: 'noName',
  };
  return made > 1 ? [unnamed] : [renamed, unnamed];
}

function freeName(text: string, name: string): string {
  const [, stem = name, number = '1'] = /^(.*?)_?(\d+)$/.exec(name) ?? [];
  for (let next = Number(number) + 1; ; next++) if (!text.includes(`${stem}_${next}`)) return `${stem}_${next}`;
}
