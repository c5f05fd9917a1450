import { posix } from 'node:path';
import type { Machine } from '../machine';
import { toText } from '../operations/operators';
import { Obj } from '../state/heap';
import { Native } from '../values/native';
import { Unknown, type Value } from '../values/values';

/** Functions of node's `path` on known texts. Nothing here looks at a disk; a relative path stays relative to wherever the program runs. */
const PATH: Readonly<Record<string, (...parts: string[]) => string>> = {
  join: (...parts) => posix.join(...parts),
  resolve: (...parts) => resolve(parts),
  dirname: (path = '') => posix.dirname(path),
  basename: (path = '', suffix) => posix.basename(path, suffix),
  extname: (path = '') => posix.extname(path),
  normalize: (path = '') => posix.normalize(path),
};

/** What `path.resolve` gives below a folder that only the run tells is left relative to it. */
function resolve(parts: readonly string[]): string {
  const last = parts.findLastIndex((part) => part.startsWith('/'));
  const joined = posix.join(...parts.slice(Math.max(0, last)));
  return last < 0 && !joined.startsWith('.') ? `./${joined}` : joined;
}

/** `new URL('model.json', import.meta.url)`: the address, where both parts are known. */
export const urlGlobal = (m: Machine): Native =>
  new Native(
    'URL',
    () => undefined,
    undefined,
    ([text, base]) => {
      const [path, from] = [m.settle(text), m.settle(base)];
      const parsed = typeof path === 'string' && (from === undefined || typeof from === 'string') ? parseUrl(path, from) : undefined;
      if (!parsed) return new Unknown(m.freshKey('url'), 'new URL(…)', 'an address that is made when the program runs');
      const made = new Obj();
      made.properties.set('href', parsed.href);
      made.properties.set('pathname', parsed.pathname);
      made.properties.set('toString', new Native('toString', () => parsed.href));
      made.open = new Unknown(m.freshKey('url'), '?', 'a part of an address');
      return made;
    },
  );

function parseUrl(text: string, base: string | undefined): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

const withoutScheme = (url: string): string => url.replace(/^file:\/\//, '');

/** The modules of node that only compute with texts; undefined for all others. */
export function nodeModule(m: Machine, specifier: string): Obj | undefined {
  const name = specifier.replace(/^node:/, '');
  if (name === 'path' || name === 'path/posix') return objectOf(m, PATH);
  if (name === 'url') return objectOf(m, { fileURLToPath: (url = '') => withoutScheme(url) });
  return undefined;
}

function objectOf(m: Machine, functions: Readonly<Record<string, (...parts: string[]) => string>>): Obj {
  const made = new Obj();
  for (const [name, run] of Object.entries(functions)) {
    made.properties.set(name, new Native(name, (_self, args) => withTexts(m, name, args, run)));
  }
  made.properties.set('sep', '/');
  made.properties.set('default', made);
  made.open = new Unknown(m.freshKey('node'), '?', 'it is computed when the program runs');
  return made;
}

function withTexts(m: Machine, name: string, args: readonly Value[], run: (...parts: string[]) => string): Value {
  const [first, ...rest] = args;
  return m.each(first, (one) => {
    const texts = [one, ...rest.map((arg) => m.settle(arg))].filter((arg) => arg !== undefined);
    const unknown = texts.find((arg) => typeof arg !== 'string');
    if (unknown === undefined) return run(...(texts as string[]));
    const why = unknown instanceof Unknown ? unknown : undefined;
    return new Unknown(
      m.freshKey('path'),
      why ? `${name}(${why.name})` : (toText(unknown) ?? '?'),
      why?.reason ?? 'a path that is made when the program runs',
    );
  });
}
