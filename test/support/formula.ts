/**
 * Evaluates the formulas that hovers show, as they are shown: numbers and lists of numbers, element by element; `Σ`, `mean` and a `max` of one
 * list go over the list. So a test can hold the very text against TensorFlow.js.
 */
export type Value = number | readonly number[];
export type Names = Readonly<Record<string, Value>>;

export function evaluateFormula(text: string, names: Names): Value {
  const parser = new Parser(text, names);
  const value = parser.sum();
  parser.end();
  return value;
}

/** Runs assignments (`m ← 0.9*m + 0.1*g`) and gives all names as they are then. */
export function runRule(rule: readonly string[], names: Names): Names {
  let now = names;
  for (const line of rule) {
    const [name = '', formula = ''] = line.split(' ← ');
    now = { ...now, [name]: evaluateFormula(formula, now) };
  }
  return now;
}

const TOKEN = /\s*(\d+(?:\.\d+)?(?:e-?\d+)?|[\p{L}_][\p{L}\p{Nd}_]*|[-+*/^()|,²³√Σ[\]π])/uy;

const ONE: Readonly<Record<string, (x: number) => number>> = {
  log: Math.log,
  exp: Math.exp,
  cosh: Math.cosh,
  tanh: Math.tanh,
  erf,
};

class Parser {
  readonly #tokens: string[] = [];
  #next = 0;

  constructor(
    text: string,
    private readonly names: Names,
  ) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const at = TOKEN.lastIndex;
      const [, token] = TOKEN.exec(text) ?? [];
      if (token === undefined) throw new Error(`not a formula at ${at}: ${text}`);
      // Σ and letters behind it are two things.
      this.#tokens.push(...(token.startsWith('Σ') && token.length > 1 ? ['Σ', token.slice(1)] : [token]));
    }
  }

  end(): void {
    if (this.#next < this.#tokens.length) throw new Error(`left over: ${this.#tokens.slice(this.#next).join(' ')}`);
  }

  sum(): Value {
    let value = this.#product();
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-')) {
      const minus = sign === '-';
      value = zip(value, this.#product(), (a, b) => (minus ? a - b : a + b));
    }
    return value;
  }

  #product(): Value {
    let value = this.#sign();
    for (let sign = this.#take('*', '/'); sign; sign = this.#take('*', '/')) {
      const by = sign === '/';
      value = zip(value, this.#sign(), (a, b) => (by ? a / b : a * b));
    }
    return value;
  }

  #sign(): Value {
    return this.#take('-') ? map(this.#sign(), (x) => -x) : this.#power();
  }

  #power(): Value {
    if (this.#take('√')) return map(this.#power(), Math.sqrt);
    if (this.#take('Σ')) return sumOf(this.#power());
    const base = this.#atom();
    if (this.#take('²')) return map(base, (x) => x * x);
    if (this.#take('³')) return map(base, (x) => x ** 3);
    return this.#take('^') ? zip(base, this.#power(), (a, b) => a ** b) : base;
  }

  #atom(): Value {
    const token = this.#tokens[this.#next++] ?? '';
    if (token === '(') return this.#closed(')');
    if (token === '|') return map(this.#closed('|'), Math.abs);
    if (token === 'π') return Math.PI;
    if (/^\d/.test(token)) return Number(token);
    if (this.#take('(')) return this.#call(token);
    const named = this.names[token];
    if (named === undefined) throw new Error(`unknown name ${token}`);
    if (!this.#take('[')) return named;
    const index = this.#closed(']');
    if (typeof named === 'number' || typeof index !== 'number') throw new Error('only lists have items');
    return named[index] ?? NaN;
  }

  #closed(by: string): Value {
    const value = this.sum();
    if (!this.#take(by)) throw new Error(`${by} expected`);
    return value;
  }

  #call(name: string): Value {
    const args = [this.sum()];
    while (this.#take(',')) args.push(this.sum());
    if (!this.#take(')')) throw new Error(') expected');
    const [first = NaN, second] = args;
    const one = ONE[name];
    if (one) return map(first, one);
    if (name === 'mean') return typeof first === 'number' ? first : Number(sumOf(first)) / first.length;
    if (name !== 'max' && name !== 'min') throw new Error(`unknown function ${name}`);
    const pick = name === 'max' ? Math.max : Math.min;
    if (second !== undefined) return zip(first, second, (a, b) => pick(a, b));
    return typeof first === 'number' ? first : pick(...first);
  }

  #take(...tokens: readonly string[]): string | undefined {
    const token = this.#tokens[this.#next];
    if (token === undefined || !tokens.includes(token)) return undefined;
    this.#next++;
    return token;
  }
}

const sumOf = (value: Value): number => (typeof value === 'number' ? value : value.reduce((all, one) => all + one, 0));

const map = (value: Value, f: (x: number) => number): Value => (typeof value === 'number' ? f(value) : value.map(f));

function zip(one: Value, other: Value, f: (a: number, b: number) => number): Value {
  if (typeof one === 'number') return map(other, (b) => f(one, b));
  return one.map((a, i) => f(a, typeof other === 'number' ? other : (other[i] ?? NaN)));
}

/** Abramowitz and Stegun 7.1.26; off by less than 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}
