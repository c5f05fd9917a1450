import type { Literal } from '../state/assumptions';

type Path = readonly Literal[];

/** Decisions that hold only inside the reader carry no text. */
const shown = (path: Path): Path => (path.length === 0 ? path : path.filter((literal) => literal.text !== ''));

/**
 * What must hold for a case that exists on any of these paths: undefined where it always exists. Paths that differ only in one
 * two-sided condition, and cover both sides, do not depend on it.
 */
export function whenOf(paths: readonly Path[]): string | undefined {
  const all = paths.map(shown);
  if (all.some((path) => path.length === 0)) return undefined;
  let open = unique(all);
  for (let merged = mergeOnce(open); merged; merged = mergeOnce(open)) open = merged;
  if (open.some((path) => path.length === 0)) return undefined;
  return open
    .slice(0, 3)
    .map((path) =>
      withoutImplied(path)
        .map((literal) => literal.text)
        .join(' && '),
    )
    .join(' || ');
}

/** `kind === "a"` says all that `kind !== "b"` would. */
const withoutImplied = (path: Path): Path =>
  path.filter(
    (one) =>
      one.value !== false || !path.some((other) => other.subject !== undefined && other.subject === one.subject && other.value === true),
  );

const keyOf = (path: Path): string =>
  path
    .map((literal) => `${literal.key}=${String(literal.value)}`)
    .sort()
    .join('&');

const unique = (paths: readonly Path[]): readonly Path[] => [...new Map(paths.map((path) => [keyOf(path), path])).values()];

/** The counts that an unknown number of rounds or items is read with: what agrees in all of them does not depend on it. */
const GUESSES = ['1', '2', '3'];

function mergeOnce(paths: readonly Path[]): readonly Path[] | undefined {
  for (const path of paths) {
    for (const literal of path) {
      const rest = path.filter((other) => other !== literal);
      if (typeof literal.value !== 'boolean') {
        const all = GUESSES.map((value) => paths.find((other) => keyOf(other) === keyOf([...rest, { ...literal, value }])));
        if (all.every((one) => one !== undefined)) return unique([...paths.filter((other) => !all.includes(other)), rest]);
        continue;
      }
      const opposite = keyOf([...rest, { ...literal, value: !literal.value }]);
      const twin = paths.find((other) => keyOf(other) === opposite);
      if (twin) return unique([...paths.filter((other) => other !== path && other !== twin), rest]);
    }
  }
  return undefined;
}

export const pathKey = keyOf;
