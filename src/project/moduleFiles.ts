import { isPage, scriptSources } from '../reader/syntax/page';

/** Extensions that a specifier may leave out, in TypeScript's order of preference. Declarations hold no bodies and are never read. */
export const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

/** What TypeScript files an emitted name may stand for: `./model.js` in the source of `model.ts`. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

export const isSourceFile = (name: string): boolean =>
  !/\.d\.[cm]?ts$/.test(name) && SOURCE_EXTENSIONS.some((extension) => name.endsWith(extension));

/** The files that the absolute `path` of an import may mean, best first. */
export function moduleFiles(path: string): readonly string[] {
  const extension = /\.[^./]+$/.exec(path)?.[0] ?? '';
  const written = WRITTEN_AS[extension]?.map((other) => path.slice(0, -extension.length) + other);
  const complete = written ?? (isSourceFile(path) || extension === '.json' ? [path] : []);
  const added = SOURCE_EXTENSIONS.map((other) => path + other);
  const index = SOURCE_EXTENSIONS.map((other) => `${path}/index${other}`);
  return [...complete, ...added, `${path}.json`, ...index];
}

/** The specifiers of a source text's imports, exports and requires, and of a page's scripts: a cheap search that may also find some in comments. */
export function specifiersIn(text: string, path: string): readonly string[] {
  const scripts = isPage(path) ? scriptSources(text).map(({ specifier }) => specifier) : [];
  return [
    ...new Set(
      scripts.concat(Array.from(text.matchAll(/\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]{1,500})\1/g), (match) => match[2] ?? '')),
    ),
  ];
}
