/** JSON with comments and trailing commas, as tsconfig.json has them; undefined where it cannot be parsed. */
export function parseJsonc(text: string): unknown {
  try {
    return JSON.parse(
      text
        .replace(/^\uFEFF/, '')
        .replace(strings, keepStrings)
        .replace(trailingCommas, keepStrings),
    );
  } catch {
    return undefined;
  }
}

// A string comes first in each alternation, so that what looks like a comment or a comma inside one is left alone.
const strings = /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const trailingCommas = /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g;

const keepStrings = (_match: string, string: string | undefined): string => string ?? '';
