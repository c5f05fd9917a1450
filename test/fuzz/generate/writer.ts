import type { CustomMaker } from './custom';
import type { Random } from '../support/random';
import { isPlan, ValueWriter, type LayerPlan, type Literal } from './values';

/** What layers are added to: a sequential model, or a tensor in a variable. */
export interface Target {
  readonly kind: 'sequential' | 'functional';
  readonly name: string;
}

export const addTo = ({ kind, name }: Target, layer: string): string =>
  kind === 'sequential' ? `${name}.add(${layer});` : `${name} = ${layer}.apply(${name});`;

/** A declaration at the top of a file, which other files may import. */
export interface Declaration {
  readonly name: string;
  readonly text: string;
  readonly kind: 'value' | 'function';
}

/** Writes layers as calls, in the ways in which people write them; what the calls need is declared at the top. */
export class Writer {
  readonly values: ValueWriter;
  readonly top: Declaration[] = [];
  /** The program's own layer class, where it has one. */
  custom: CustomMaker | undefined;
  #names = 0;

  constructor(
    readonly random: Random,
    spice: number,
    readonly style: { readonly layers: string; readonly plain: number },
  ) {
    this.values = new ValueWriter(random, spice);
  }

  fresh(stem: string): string {
    return `${stem}${++this.#names}`;
  }

  declare(stem: string, write: (name: string) => string, kind: Declaration['kind'] = 'function'): string {
    const name = this.fresh(stem);
    this.top.push({ name, text: this.values.atTop(() => write(name)), kind });
    return name;
  }

  value(literal: Literal): string {
    if (typeof literal === 'number') return this.values.number(literal);
    if (typeof literal === 'string') return this.values.string(literal);
    if (typeof literal === 'boolean') return this.values.boolean(literal);
    if (literal === null || literal === undefined) return String(literal);
    if (Array.isArray(literal)) return this.values.array((literal as readonly Literal[]).map((item) => this.value(item)));
    if (isPlan(literal)) return this.layer(literal);
    return this.object(literal as { readonly [key: string]: Literal });
  }

  /** `{ units: 3, activation: 'relu' }`, its keys in any order, now and then a part of it spread from elsewhere. */
  object(options: { readonly [key: string]: Literal }): string {
    const { random } = this;
    const entries = random.chance(0.3) ? random.shuffle(Object.entries(options)) : Object.entries(options);
    const write = ([key, literal]: readonly [string, Literal]): string => {
      if (random.chance(1 - this.values.spice / 4)) return `${key}: ${this.value(literal)}`;
      return `${random.pick([`'${key}'`, `['${key}']`, `[\`${key}\`]`])}: ${this.value(literal)}`;
    };
    if (entries.length === 0) return '{}';
    if (random.chance(this.style.plain)) return `{ ${entries.map(write).join(', ')} }`;
    const cut = random.int(0, entries.length);
    const [some, others] = [entries.slice(0, cut), entries.slice(cut)];
    const list = (part: typeof entries): string => `{ ${part.map(write).join(', ')} }`;
    const hasLayers = entries.some(([, literal]) => isPlan(literal) || Array.isArray(literal));
    const forms: (() => string)[] = [
      () => `{ ${[...some.map(write), `...${list(others)}`].join(', ')} }`,
      () => `Object.assign({}, ${list(some)}, ${list(others)})`,
      () => `{ ${[...some.map(write), `...(${this.values.boolean(true)} ? ${list(others)} : {})`].join(', ')} }`,
      () => `{ ${[...some.map(write), `...(${this.values.boolean(false)} && { units: 99 })`, ...others.map(write)].join(', ')} }`,
      () => `Object.fromEntries([${entries.map(([key, literal]) => `['${key}', ${this.value(literal)}]`).join(', ')}])`,
      () => `((given) => ({ ${[...some.map(write), '...given'].join(', ')} }))(${list(others)})`,
    ];
    if (!hasLayers) {
      forms.push(
        () => this.declare('options', (name) => `const ${name} = ${list(entries)};`, 'value'),
        () => `{ ...${this.declare('base', (name) => `const ${name} = ${list(some)};`, 'value')}, ${others.map(write).join(', ')} }`,
      );
      if (entries.every(([, literal]) => literal !== undefined))
        forms.push(
          () => `JSON.parse(JSON.stringify(${list(entries)}))`,
          () => `structuredClone(${list(entries)})`,
        );
    }
    return random.pick(forms)();
  }

  /** The call that makes a layer. */
  layer({ factory, options }: LayerPlan): string {
    const { random } = this;
    const { layers } = this.style;
    const isEmpty = Object.keys(options).length === 0;
    const plain = (): string => `${layers}.${factory}(${isEmpty && random.chance(0.7) ? '' : this.object(options)})`;
    if (random.chance(this.style.plain)) return plain();
    const forms: (() => string)[] = [
      plain,
      () => `${layers}['${factory}'](${this.object(options)})`,
      () => `${layers}[${this.values.string(factory)}](${this.object(options)})`,
      () => `(${plain()})`,
      () =>
        `${this.declare('make', (name) =>
          random.pick([
            `function ${name}(options: object = {}) { return ${layers}.${factory}(options as never); }`,
            `const ${name} = (options = {}) => ${layers}.${factory}({ ...options });`,
            `function ${name}({ ...rest } = {}) {\n  return ${layers}.${factory}(rest);\n}`,
            `const ${name} = function (...args: [object?]) { return ${layers}.${factory}(args[0] ?? {}); };`,
          ]),
        )}(${this.object(options)})`,
      () =>
        `${this.declare('kind', (name) =>
          random.pick([
            `function ${name}(kind: string, options = {}) { return ${layers}[kind](options); }`,
            `const ${name} = (kind, options) => ({ ${factory}: () => ${layers}.${factory}(options), dense: () => ${layers}.dense(options) })[kind]();`,
            `function ${name}(kind: string, options = {}) {\n  switch (kind) {\n    case 'none': return ${layers}.flatten();\n    case '${factory}': return ${layers}.${factory}(options);\n    default: throw new Error('no such kind: ' + kind);\n  }\n}`,
            `function ${name}(kind, options) {\n  if (kind === 'other') return ${layers}.dense(options);\n  else if (kind !== '${factory}') throw new TypeError(kind);\n  return ${layers}.${factory}(options);\n}`,
            `class ${name}Maker {\n  static options = {};\n  static of(kind, options) { return ${layers}[kind]({ ...this.options, ...options }); }\n}\nconst ${name} = ${name}Maker.of.bind(${name}Maker);`,
          ]),
        )}('${factory}', ${this.object(options)})`,
      () => this.#withParameters(factory, options),
    ];
    return random.pick(forms)();
  }

  /** A helper of its own for the layer, with some of its options as parameters. */
  #withParameters(factory: string, options: { readonly [key: string]: Literal }): string {
    const { random } = this;
    const entries = Object.entries(options).filter(([key]) => key !== 'name');
    const fixed = Object.entries(options).filter(([key]) => key === 'name');
    const cut = random.int(0, entries.length);
    const [given, kept] = [entries.slice(0, cut), entries.slice(cut)];
    const inside = this.values.atTop(() =>
      [...given.map(([key]) => key), ...[...kept, ...fixed].map(([key, literal]) => `${key}: ${this.value(literal)}`)].join(', '),
    );
    const args = given.map(([, literal]) => this.value(literal));
    const last = given.at(-1);
    const standard = last && this.values.atTop(() => this.value(last[1]));
    const call = `${this.style.layers}.${factory}({ ${inside} })`;
    const keys = given.map(([key]) => key);
    return random.pick<() => string>([
      () => `${this.declare('layer', (name) => `function ${name}(${keys.join(', ')}) {\n  return ${call};\n}`)}(${args.join(', ')})`,
      () =>
        `${this.declare('layer', (name) => `const ${name} = (${keys.map((key, i) => (i === keys.length - 1 ? `${key} = ${standard ?? ''}` : key)).join(', ')}) => ${call};`)}(${args.slice(0, -1).join(', ')})`,
      () =>
        `${this.declare('layer', (name) => `const ${name} = ({ ${keys.join(', ')} }) => ${call};`)}({ ${keys.map((key, i) => `${key}: ${args[i] ?? ''}`).join(', ')} })`,
      () => `${this.declare('layer', (name) => `function ${name}(...[${keys.join(', ')}]) { return ${call}; }`)}(...[${args.join(', ')}])`,
      () =>
        `${this.declare('layer', (name) => `const ${name} = ${keys.length > 0 ? keys.map((key) => `(${key}) =>`).join(' ') : '() =>'} ${call};`)}${keys.length > 0 ? args.map((arg) => `(${arg})`).join('') : '()'}`,
    ])();
  }
}
