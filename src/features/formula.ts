import type { Count } from '../model/shape';

/**
 * Arithmetic over the names of unknowns: `84*numClasses + numClasses`, `18*U^2 + 2*U`. Only used to check that what a hover spells out
 * equals what was counted; a text that is not such a formula has no value.
 */
export function evaluate(formula: Count, valueOf: (name: string) => number): number | undefined {
  if (typeof formula === 'number') return formula;
  // The parser goes as deep as the formula's parentheses.
  if (formula.length > MAX_LENGTH) return undefined;
  const tokens = formula.match(TOKEN) ?? [];
  if (tokens.join('') !== formula.replace(/\s+/g, '')) return undefined;
  const parser = new Parser(tokens, valueOf);
  const value = parser.sum();
  return parser.done && Number.isFinite(value) ? value : undefined;
}

/** True where two formulas have the same value for several stand-ins of their unknowns. Coincidence is all but excluded: the stand-ins are primes. */
export function agree(one: Count, other: Count): boolean {
  return [0, 1, 2].every((round) => {
    const names: string[] = [];
    const standIn = (name: string): number => {
      if (!names.includes(name)) names.push(name);
      return PRIMES[(names.indexOf(name) + 5 * round) % PRIMES.length] ?? 2;
    };
    const value = evaluate(one, standIn);
    return value !== undefined && value === evaluate(other, standIn);
  });
}

const TOKEN = /\d+(?:\.\d+)?|[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*|\[\d+\])*|[-+*/^()]/gu;
const MAX_LENGTH = 500;
const PRIMES = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61];

class Parser {
  #next = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly valueOf: (name: string) => number,
  ) {}

  get done(): boolean {
    return this.#next === this.tokens.length;
  }

  sum(): number {
    let value = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) value += (sign === '+' ? 1 : -1) * this.product();
    return value;
  }

  private product(): number {
    let value = this.power();
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/'))
      value = sign === '*' ? value * this.power() : value / this.power();
    return value;
  }

  private power(): number {
    const base = this.atom();
    return this.take('^') ? base ** this.power() : base;
  }

  private atom(): number {
    if (this.take('-')) return -this.power();
    if (this.take('(')) {
      const value = this.sum();
      return this.take(')') ? value : NaN;
    }
    const token = this.tokens[this.#next++];
    if (token === undefined || /^[-+*/^()]$/.test(token)) return NaN;
    return /^\d/.test(token) ? Number(token) : this.valueOf(token);
  }

  private take(...signs: readonly string[]): string | undefined {
    const token = this.tokens[this.#next];
    if (token === undefined || !signs.includes(token)) return undefined;
    this.#next++;
    return token;
  }
}
