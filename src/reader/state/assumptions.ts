/** One decision about something the source leaves open. Literals with one key and different values exclude each other. */
export interface Literal {
  /** Identity of what is decided. */
  readonly key: string;
  readonly value: boolean | string;
  /** What is compared, where several decisions are about one thing: `kind` of `kind === "a"`, `kind === "b"`. They do not multiply. */
  readonly subject?: string;
  /** Set for counts that are tried, not decided by the source: 1, 2 or 3 rounds of a loop that may run any number of times. */
  readonly tried?: true;
  /** For people: `useDropout`, `!useDropout`, `type === "gru"`. */
  readonly text: string;
}

const NONE: readonly Literal[] = [];

/** The decisions under which the interpreter is running now. */
export class Assumptions {
  readonly #held: Literal[] = [];

  get all(): readonly Literal[] {
    return this.#held;
  }

  /** What is held now, to be kept. */
  copy(): readonly Literal[] {
    return this.#held.length === 0 ? NONE : [...this.#held];
  }

  valueOf(key: string): boolean | string | undefined {
    for (let i = this.#held.length - 1; i >= 0; i--) {
      const literal = this.#held[i];
      if (literal?.key === key) return literal.value;
    }
    return undefined;
  }

  /** True where nothing that is held excludes one of these. */
  allows(literals: readonly Literal[]): boolean {
    return literals.every((literal) => {
      const held = this.valueOf(literal.key);
      return held === undefined || held === literal.value;
    });
  }

  /** What of these is not held yet. */
  news(literals: readonly Literal[]): readonly Literal[] {
    return literals.filter((literal) => this.valueOf(literal.key) === undefined);
  }

  push(literals: readonly Literal[]): void {
    this.#held.push(...literals);
  }

  pop(count: number): void {
    this.#held.length -= count;
  }
}

/** Literals that all of several paths share. */
export const common = (paths: readonly (readonly Literal[])[]): readonly Literal[] => {
  const [first, ...rest] = paths;
  if (!first) return [];
  return first.filter((literal) => rest.every((path) => path.some((other) => other.key === literal.key && other.value === literal.value)));
};
