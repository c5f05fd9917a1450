import { parseJsonc } from './jsonc';
import { directoryOf, joinPath } from './paths';

/** What a tsconfig says about import specifiers that are not relative. */
export interface PathAliases {
  /** Directory against which bare specifiers are tried; undefined where `baseUrl` is not set. */
  readonly baseUrl?: string;
  /** Patterns with at most one `*`, and where each may lead: absolute paths with the same `*`. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

const NONE: PathAliases = { paths: [] };
const MAX_EXTENDS = 5;

/** Reads `baseUrl` and `paths` of a tsconfig or jsconfig, following relative `extends`. `read` answers undefined for what is not there. */
export function readPathAliases(config: string, read: (path: string) => string | undefined, depth = 0): PathAliases {
  const parsed = asObject(parseJsonc(read(config) ?? ''));
  if (!parsed) return NONE;
  const directory = directoryOf(config);
  const inherited = [parsed['extends']].flat().reduce<PathAliases>((aliases, base) => {
    if (typeof base !== 'string' || !base.startsWith('.') || depth >= MAX_EXTENDS) return aliases;
    const file = joinPath(directory, base.endsWith('.json') ? base : `${base}.json`);
    return { ...aliases, ...readPathAliases(file, read, depth + 1) };
  }, NONE);
  const options = asObject(parsed['compilerOptions']);
  const baseUrl = typeof options?.['baseUrl'] === 'string' ? joinPath(directory, options['baseUrl']) : inherited.baseUrl;
  const paths = asObject(options?.['paths']);
  return { baseUrl, paths: paths ? absolutePatterns(paths, baseUrl ?? directory) : inherited.paths };
}

/** The absolute paths that a specifier may mean, best first; empty where no alias fits. */
export function aliasTargets({ baseUrl, paths }: PathAliases, specifier: string): readonly string[] {
  const fitting = paths
    .map(({ pattern, targets }) => ({ pattern, targets, star: matchStar(pattern, specifier) }))
    .filter((match) => match.star !== undefined)
    // TypeScript takes the exact pattern, else the one with the longest text before its star.
    .sort((a, b) => prefixLength(b.pattern) - prefixLength(a.pattern));
  const targets = fitting[0]?.targets.map((target) => target.replace('*', () => fitting[0]?.star ?? '')) ?? [];
  return baseUrl === undefined ? targets : [...targets, joinPath(baseUrl, specifier)];
}

const absolutePatterns = (paths: Record<string, unknown>, base: string): PathAliases['paths'] =>
  Object.entries(paths).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : []).filter((target) => typeof target === 'string').map((target) => joinPath(base, target)),
  }));

/** What `*` stands for; '' for a pattern without one that is equal; undefined where the pattern does not fit. */
function matchStar(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

const prefixLength = (pattern: string): number => (pattern.includes('*') ? pattern.indexOf('*') : Number.MAX_SAFE_INTEGER);

const asObject = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
