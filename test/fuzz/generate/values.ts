import type { Random } from '../support/random';

/** A value of an option. */
export type Literal = number | string | boolean | null | undefined | readonly Literal[] | LayerPlan | { readonly [key: string]: Literal };

/** A layer to be: its factory and the values of its options. */
export interface LayerPlan {
  readonly factory: string;
  readonly options: { readonly [key: string]: Literal };
}

export const isPlan = (value: Literal): value is LayerPlan => typeof value === 'object' && value !== null && 'factory' in value;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Writes values as people write them: mostly plainly, now and then as something that has to be worked out. */
export class ValueWriter {
  /** Names in scope whose number is known. */
  numbers: { readonly text: string; readonly value: number }[] = [];
  /** Those of them that are declared at the top of a file. */
  readonly topNumbers: { readonly text: string; readonly value: number }[] = [];

  constructor(
    readonly random: Random,
    /** Of how many numbers one is something to work out. */
    readonly spice: number,
  ) {}

  /** Writes something that stands at the top, where only what is declared there is seen. */
  atTop<T>(write: () => T): T {
    const { numbers } = this;
    this.numbers = [...this.topNumbers];
    try {
      return write();
    } finally {
      this.numbers = numbers;
    }
  }

  number(value: number, depth = 0): string {
    const { random } = this;
    if (depth > 2 || !random.chance(this.spice)) return value < 0 ? `-${-value}` : String(value);
    const inner = (n: number): string => this.number(n, depth + 1);
    const named = this.numbers.filter((one) => one.value === value);
    if (named.length > 0 && random.chance(0.6)) return random.pick(named).text;
    if (!Number.isInteger(value)) return random.pick([String(value), `${value * 4} / 4`, `parseFloat('${value}')`, `+'${value}'`]);
    const near = this.numbers.length > 0 && random.chance(0.4) ? random.pick(this.numbers) : undefined;
    if (near) {
      const gap = value - near.value;
      return gap >= 0 ? `(${near.text} + ${inner(gap)})` : `(${near.text} - ${inner(-gap)})`;
    }
    const other = random.int(1, 9);
    const forms: (() => string)[] = [
      () => `${inner(value - other)} + ${inner(other)}`,
      () => `${inner(value + other)} - ${inner(other)}`,
      () => `Math.floor(${value * 2 + 1} / 2)`,
      () => `Math.max(${inner(value)}, ${value - other})`,
      () => `Math.min(${value + other}, ${inner(value)})`,
      () => `Math.round(${value}.2)`,
      () => `Math.ceil(${value - 1}.5)`,
      () => `Math.abs(-${Math.abs(value)}) * ${Math.sign(value)}`,
      () => `${value + 10 * other} % ${10 * other > value ? 10 * other : value + 1}`,
      () => `[${other}, ${inner(value)}, ${other + 1}][1]`,
      () => `[${inner(value)}].at(-1)!`,
      () => `parseInt('${value}', 10)`,
      () => `Number('${value}')`,
      () =>
        `(${random.pick(['true', `${other} > 0`, "'a' === 'a'", '!0', '1 && 1', "typeof 1 === 'number'"])} ? ${inner(value)} : ${other})`,
      () => `(${random.pick(['false', `${other} < 0`, "'a' === ('b' as string)", 'null', '0', 'NaN'])} ? ${other} : ${inner(value)})`,
      () => `(null ?? ${inner(value)})`,
      () => `({ v: ${inner(value)} }).v`,
      () => `({ a: { b: ${inner(value)} } })['a']?.b`,
      () => `((n: number) => n + ${other})(${value - other})`,
      () => `(${value * 4} >> 2)`,
      () => `(${value} | 0)`,
      () => `~~(${value}.7)`,
      () => `new Map([['k', ${inner(value)}]]).get('k')!`,
      () => `new Set([${value}, ${value}]).size * ${inner(value)}`,
      () => `JSON.parse('{"n": ${value}}').n`,
      () => `JSON.parse(JSON.stringify([${inner(value)}]))[0]`,
      () => `[1, 2, 3].reduce((sum, n) => sum + n, ${value - 6})`,
      () => `Object.values({ a: ${inner(value)} })[0]!`,
      () => `Object.entries({ a: ${value} }).map(([, n]) => n)[0]!`,
      () => `(() => { const { n = ${inner(value)} } = {} as { n?: number }; return n; })()`,
      () => `(function (this: unknown, ...all: number[]) { return all.length + ${value - 2}; })(0, 0)`,
      () => `Math.sqrt(${value * value}) * ${Math.sign(value) || 1}`,
    ];
    if (value > 0 && value <= 12) {
      forms.push(
        () => `'${'x'.repeat(value)}'.length`,
        () => `Array.from({ length: ${inner(value)} }, (_, i) => i).length`,
        () => `new Array(${value}).fill(0).length`,
        () => `[...Array(${value}).keys()].length`,
        () => `'${Array.from({ length: value }, (_, i) => i).join(',')}'.split(',').length`,
      );
    }
    if (value > 0 && Number.isInteger(Math.log2(value)))
      forms.push(
        () => `2 ** ${Math.log2(value)}`,
        () => `1 << ${Math.log2(value)}`,
        () => `Math.pow(2, ${inner(Math.log2(value))})`,
      );
    return `(${random.pick(forms)()})`;
  }

  string(text: string): string {
    const { random } = this;
    if (!random.chance(this.spice)) return quoted(text);
    const cut = random.int(0, text.length);
    const digits = /^(.*?)(\d+)$/.exec(text);
    return random.pick([
      () => `\`${text}\``,
      () => `${quoted(text.slice(0, cut))} + ${quoted(text.slice(cut))}`,
      () => `[${quoted(text)}, 'x'][0]!`,
      () => `[${quoted(text.slice(0, cut))}, ${quoted(text.slice(cut))}].join('')`,
      () => `(${quoted(text)} || 'y')`,
      () => `\`${text.slice(0, cut)}\${${quoted(text.slice(cut))}}\``,
      () =>
        digits
          ? `\`${digits[1] ?? ''}\${${String(Number(digits[2])) === digits[2] ? this.number(Number(digits[2]), 2) : quoted(digits[2] ?? '')}}\``
          : quoted(text),
      () => `String(${quoted(text)})`,
      () => (/^[a-z0-9]+$/.test(text) ? `${quoted(text.toUpperCase())}.toLowerCase()` : quoted(text)),
      () => `' ${text}'.trim()`,
      () => `({ t: ${quoted(text)} } as const).t`,
      () => `${quoted(`_${text}`)}.slice(1)`,
    ])();
  }

  boolean(value: boolean): string {
    if (!this.random.chance(this.spice)) return String(value);
    const yes = ['!0', '1 > 0', "'a' < 'b'", '!!1', '[0].includes(0)', 'true && !false', "'k' in { k: 0 }", "typeof 'x' === 'string'"];
    return value ? this.random.pick(yes) : `!(${this.random.pick(yes)})`;
  }

  array(items: readonly string[]): string {
    const { random } = this;
    const plain = `[${items.join(', ')}]`;
    if (!random.chance(this.spice / 2)) return plain;
    const cut = random.int(0, items.length);
    return random.pick([
      `[...[${items.slice(0, cut).join(', ')}], ...[${items.slice(cut).join(', ')}]]`,
      `${plain}.map((one) => one)`,
      `[${items.slice(0, cut).join(', ')}].concat([${items.slice(cut).join(', ')}])`,
      `${plain}.slice()`,
      `${plain}.filter(() => true)`,
      `[${[...items].reverse().join(', ')}].reverse()`,
      `Array.from(${plain})`,
      `[...${plain}.values()]`,
    ]);
  }
}
