/** HTML pages, whose script blocks hold source text. */
export const isPage = (path: string): boolean => /\.html?$/i.test(path);

/** A page's script blocks with everything around them blanked, so that offsets stay what they were. */
export function scriptsOf(html: string): string {
  const opening = /<script\b([^>]*)>/gi;
  const lower = html.toLowerCase();
  let out = '';
  let done = 0;
  for (let match = opening.exec(html); match; match = opening.exec(html)) {
    const start = match.index + match[0].length;
    const closing = lower.indexOf('</script', start);
    const end = closing < 0 ? html.length : closing;
    out += blank(html.slice(done, start)) + (isScript(typeOf(match[1] ?? '')) ? html.slice(start, end) : blank(html.slice(start, end)));
    done = end;
    opening.lastIndex = end;
  }
  return out + blank(html.slice(done));
}

const typeOf = (attributes: string): string => /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1]?.toLowerCase() ?? 'text/javascript';

const isScript = (type: string): boolean => type === 'module' || type.endsWith('javascript') || type === 'text/babel';

/** A line break ends a statement where a page's markup stood between two script blocks. */
const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ').replace(/ $/, ';');

/** A script that a page loads from its own site: `/js/model.js` and `js/model.js` are looked for from the page's folder. */
export interface PageScript {
  readonly specifier: string;
  readonly isModule: boolean;
}

/** A page's local scripts, in their order. */
export function scriptSources(html: string): readonly PageScript[] {
  return [...html.matchAll(/<script\b([^>]{0,2000})>/gi)].flatMap(([, attributes = '']) => {
    const source = /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1];
    if (source === undefined || /^([a-z]+:)?\/\//i.test(source)) return [];
    const path = source.replace(/[?#].*$/, '').replace(/^\//, '');
    return [{ specifier: path.startsWith('.') ? path : `./${path}`, isModule: typeOf(attributes) === 'module' }];
  });
}
