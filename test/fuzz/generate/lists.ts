import { addTo, type Target, type Writer } from './writer';
import type { LayerPlan, Literal } from './values';

/** Ways to add a run of layers, one after the other: straight, in loops of every kind, through helpers, classes and recursion. */
export function addAll(w: Writer, target: Target, plans: readonly LayerPlan[], depth = 0): string[] {
  const { random } = w;
  if (plans.length === 0) return [];
  if (random.chance(w.style.plain) || depth > 2) return straight(w, target, plans);
  if (plans.length > 1 && random.chance(0.4)) {
    const cut = random.int(1, plans.length - 1);
    return [...addAll(w, target, plans.slice(0, cut), depth + 1), ...addAll(w, target, plans.slice(cut), depth + 1)];
  }
  const forms = [
    straight,
    overLayers,
    overLayers,
    overConfigs,
    overConfigs,
    throughFunction,
    throughFunction,
    throughClass,
    inBlock,
    inBlock,
  ];
  const written = random.pick(forms)(w, target, plans, depth);
  // A function of its own would have another `this`.
  return target.name.startsWith('this.') && /\bfunction\b|\b\w+\(this/.test(written.join('\n')) ? straight(w, target, plans) : written;
}

function straight(w: Writer, target: Target, plans: readonly LayerPlan[]): string[] {
  const { random } = w;
  return plans.flatMap((plan) => {
    const layer = w.layer(plan);
    if (random.chance(0.8)) return [addTo(target, layer)];
    const name = w.fresh(plan.factory);
    return [`const ${name} = ${layer};`, addTo(target, name)];
  });
}

/** A list of layers that are made first and added then. */
function overLayers(w: Writer, target: Target, plans: readonly LayerPlan[]): string[] {
  const list = w.fresh('list');
  const written = plans.map((plan) => w.layer(plan));
  const add = (layer: string): string => addTo(target, layer);
  const { name, kind } = target;
  const straightList = [`const ${list} = ${w.values.array(written)};`];
  const forms: (() => string[])[] = [
    () => [...straightList, `for (const layer of ${list}) ${add('layer')}`],
    () => [...straightList, `${list}.forEach((layer) => { ${add('layer')} });`],
    () => [...straightList, `${list}.map((layer, i) => { if (i >= 0) { ${add('layer')} } return layer.name; });`],
    () => [...straightList, `for (let i = 0; i < ${list}.length; i++) ${add(`${list}[i]`)}`],
    () => [...straightList, `for (const [i, layer] of ${list}.entries()) { if (i > 99) break; ${add('layer')} }`],
    () => [...straightList, `let i${list} = 0;`, `while (i${list} < ${list}.length) { ${add(`${list}[i${list}++]`)} }`],
    () => [...straightList, `while (${list}.length > 0) ${add(`${list}.shift()!`)}`],
    () => [...straightList, `do { const next = ${list}.shift(); if (!next) break; ${add('next')} } while (true);`],
    () => [...straightList, `for (const i in ${list}) ${add(`${list}[i]`)}`],
    () => [...straightList, `outer${list}: for (;;) { for (const layer of ${list}) ${add('layer')} break outer${list}; }`],
    () => [
      `const ${list} = [];`,
      ...written.map((layer) => `${list}.push(${layer});`),
      `${list}.forEach(function (layer) { ${add('layer')} });`,
    ],
    () => [
      `const ${list} = [];`,
      ...[...written].reverse().map((layer) => `${list}.unshift(${layer});`),
      `for (const layer of [...${list}]) { ${add('layer')} }`,
    ],
    () => [
      `const ${list} = [];`,
      ...written.map((layer, i) => `${list}[${i}] = ${layer};`),
      `for (const layer of ${list}.slice()) { ${add('layer')} }`,
    ],
    () => [
      `const ${list} = new Map([${written.map((layer, i) => `['l${i}', ${layer}]`).join(', ')}]);`,
      `for (const [key, layer] of ${list}) { if (key) ${add('layer')} }`,
    ],
    () => [
      `const ${list} = { ${written.map((layer, i) => `l${i}: ${layer}`).join(', ')} };`,
      `Object.values(${list}).forEach((layer) => { ${add('layer')} });`,
    ],
    () => [
      `const ${list} = { ${written.map((layer, i) => `l${i}: ${layer}`).join(', ')} };`,
      `for (const key of Object.keys(${list})) ${add(`${list}[key]`)}`,
    ],
    () => [`const ${list} = [${written.map((layer) => `() => ${layer}`).join(', ')}];`, `for (const make of ${list}) ${add('make()')}`],
    () => [...straightList, `(function go(i: number): void { if (i === ${list}.length) return; ${add(`${list}[i]`)} go(i + 1); })(0);`],
    () => [
      `const [${written.map((_, i) => `${list}_${i}`).join(', ')}] = ${w.values.array(written)};`,
      ...written.map((_, i) => add(`${list}_${i}`)),
    ],
    () => [
      `const { ${written.map((_, i) => `k${i}: ${list}_${i}`).join(', ')} } = { ${written.map((layer, i) => `k${i}: ${layer}`).join(', ')} };`,
      ...written.map((_, i) => add(`${list}_${i}`)),
    ],
  ];
  if (kind === 'functional')
    forms.push(
      () => [...straightList, `${name} = ${list}.reduce((tensor, layer) => layer.apply(tensor), ${name});`],
      () => [
        `const ${list} = (...all) => (tensor) => all.reduce((t, one) => one.apply(t), tensor);`,
        `${name} = ${list}(${written.join(', ')})(${name});`,
      ],
      () => [
        `const ${list} = [${written.join(', ')}].map((one) => (t) => one.apply(t));`,
        `for (const step of ${list}) ${name} = step(${name});`,
      ],
    );
  else
    forms.push(
      () => [`((...all) => all.forEach((one) => ${name}.add(one)))(${written.join(', ')});`],
      () => [`[${written.join(', ')}].reduce((m, one) => { m.add(one); return m; }, ${name});`],
    );
  return w.random.pick(forms)();
}

/** A list of options, or of kinds and options, from which a loop makes the layers. */
function overConfigs(w: Writer, target: Target, plans: readonly LayerPlan[]): string[] {
  const { random } = w;
  const { layers } = w.style;
  const list = w.fresh('configs');
  const kinds = [...new Set(plans.map((plan) => plan.factory))];
  const [kind] = kinds;
  const add = (layer: string): string => addTo(target, layer);
  if (kinds.length === 1 && kind !== undefined && random.chance(0.7)) {
    const keys = [...new Set(plans.flatMap((plan) => Object.keys(plan.options)))];
    const everywhere = keys.filter((key) => plans.every((plan) => key in plan.options));
    const configs = `const ${list} = ${w.values.array(plans.map((plan) => w.object(plan.options)))};`;
    const only = keys.length === everywhere.length;
    const forms: (() => string[])[] = [
      () => [configs, `for (const options of ${list}) ${add(`${layers}.${kind}(options)`)}`],
      () => [configs, `${list}.map((options) => ${layers}.${kind}({ ...options })).forEach((layer) => { ${add('layer')} });`],
      () => [
        configs,
        `for (const options of ${list}) { const { ${keys.join(', ')} } = options as never; ${add(`${layers}.${kind}({ ${keys.join(', ')} })`)} }`,
      ],
      () => [
        configs,
        `for (let i = 0; i < ${list}.length; i += 1) { const one = ${list}[i]; ${add(`${layers}.${kind}({ ${keys.map((key) => `${key}: one.${key}`).join(', ')} })`)} }`,
      ],
    ];
    if (only && keys.length > 0) {
      const tuples = plans.map((plan) => `[${keys.map((key) => w.value(plan.options[key])).join(', ')}]`).join(', ');
      forms.push(
        () => [
          `const ${list} = [${tuples}];`,
          `for (const [${keys.join(', ')}] of ${list}) ${add(`${layers}.${kind}({ ${keys.join(', ')} })`)}`,
        ],
        () => [
          `const ${list} = [${tuples}];`,
          `${list}.forEach(([${keys.join(', ')}], i) => { if (i < 0) return; ${add(`${layers}.${kind}({ ${keys.join(', ')} })`)} });`,
        ],
        () => [
          `const ${list} = { ${keys.map((key) => `${key}: [${plans.map((plan) => w.value(plan.options[key])).join(', ')}]`).join(', ')} };`,
          `for (let i = 0; i < ${plans.length}; i++) ${add(`${layers}.${kind}({ ${keys.map((key) => `${key}: ${list}.${key}[i]`).join(', ')} })`)}`,
        ],
      );
    }
    return random.pick(forms)();
  }
  const configs = plans.map((plan) => `{ type: '${plan.factory}', ...${w.object(plan.options)} }`).join(', ');
  const pairs = plans.map((plan) => `['${plan.factory}', ${w.object(plan.options)}]`).join(', ');
  const cases = kinds.map((one) => `case '${one}': ${add(`${layers}.${one}(options)`)} break;`).join(' ');
  const chain = kinds.map((one) => `if (type === '${one}') { ${add(`${layers}.${one}(options)`)} }`).join(' else ');
  return random.pick<() => string[]>([
    () => [`const ${list} = [${configs}];`, `for (const { type, ...options } of ${list}) ${add(`${layers}[type](options)`)}`],
    () => [`const ${list} = [${pairs}];`, `for (const [type, options] of ${list}) ${add(`${layers}[type](options)`)}`],
    () => [
      `const ${list} = [${pairs}];`,
      `for (const [type, options] of ${list}) { switch (type) { ${cases} default: throw new Error(type); } }`,
    ],
    () => [`const ${list} = [${configs}];`, `${list}.forEach(({ type, ...options }) => { ${chain} });`],
    () => {
      const table = `const table${list} = { ${kinds.map((one) => `${one}: (options) => ${layers}.${one}(options)`).join(', ')} };`;
      return [table, `for (const [type, options] of [${pairs}]) ${add(`table${list}[type](options)`)}`];
    },
    () => {
      const table = `const table${list} = { ${kinds.map((one) => `${one}: ${layers}.${one}`).join(', ')} };`;
      return [table, `for (const [type, options] of [${pairs}]) ${add(`table${list}[type](options)`)}`];
    },
  ])();
}

/** A function at the top, or close by, that adds the layers. */
function throughFunction(w: Writer, target: Target, plans: readonly LayerPlan[], depth: number): string[] {
  const { random } = w;
  const { name, kind } = target;
  const isSequential = kind === 'sequential';
  const inner: Target = { kind, name: isSequential ? 'net' : 't' };
  const result = isSequential ? (random.chance(0.5) ? '' : 'return net;') : 'return t;';
  const args = parametersFor(w, plans);
  const isTop = random.chance(0.7);
  const write = (): string => {
    const saved = w.values.numbers.length;
    w.values.numbers.push(...args.numbers);
    const text = [...addAll(w, inner, plans, depth + 1), result].join('\n  ');
    w.values.numbers.length = saved;
    return text;
  };
  const body = isTop ? w.values.atTop(write) : write();
  const parameters = [inner.name, ...args.parameters].join(', ');
  const given = [name, ...args.given].join(', ');
  const forms: ((f: string) => string)[] = [
    (f) => `function ${f}(${parameters}) {\n  ${body}\n}`,
    (f) => `const ${f} = (${parameters}) => {\n  ${body}\n};`,
    (f) => `const ${f} = function named(${parameters}) {\n  ${body}\n};`,
    (f) => `const { ${f} } = { ${f}(${parameters}) {\n  ${body}\n} };`,
  ];
  const form = random.pick(forms);
  // What stands close by sees the names around it.
  const f = isTop ? w.declare('block', form) : w.fresh('local');
  const call = isSequential ? `${f}(${given});` : `${name} = ${f}(${given});`;
  return isTop ? [call] : [form(f), call];
}

interface Parameters {
  readonly parameters: readonly string[];
  readonly given: readonly string[];
  readonly numbers: readonly { readonly text: string; readonly value: number }[];
}

/** Parameters for some of the numbers that the layers need. */
function parametersFor(w: Writer, plans: readonly LayerPlan[]): Parameters {
  const { random } = w;
  const found = plans.flatMap((plan) => Object.values(plan.options).filter((value: Literal) => typeof value === 'number'));
  const values = [...new Set(found as number[])].slice(0, random.int(0, 3));
  const named = values.map((value) => ({ name: w.fresh('size'), value }));
  const plain = { numbers: named.map(({ name, value }) => ({ text: name, value })) };
  return random.pick<() => Parameters>([
    () => ({ ...plain, parameters: named.map(({ name }) => `${name}: number`), given: named.map(({ value }) => w.values.number(value)) }),
    () => ({ ...plain, parameters: named.map(({ name, value }) => `${name} = ${value}`), given: [] }),
    () => ({
      ...plain,
      parameters: [`{ ${named.map(({ name }) => name).join(', ')} } = {} as never`],
      given: [`{ ${named.map(({ name, value }) => `${name}: ${w.values.number(value)}`).join(', ')} }`],
    }),
    () => ({
      ...plain,
      parameters: [`{ ${named.map(({ name, value }) => `${name} = ${value}`).join(', ')} }: { [key: string]: number } = {}`],
      given: random.chance(0.5) ? [] : ['{}'],
    }),
    () => ({
      parameters: ['...rest: number[]'],
      given: named.map(({ value }) => w.values.number(value)),
      numbers: named.map(({ value }, i) => ({ text: `rest[${i}]`, value })),
    }),
    () => ({
      parameters: ['opts'],
      given: [`{ ${named.map(({ name, value }) => `${name}: ${w.values.number(value)}`).join(', ')} }`],
      numbers: named.map(({ name, value }) => ({ text: random.chance(0.5) ? `opts.${name}` : `opts['${name}']`, value })),
    }),
  ])();
}

/** A class whose methods add the layers. */
function throughClass(w: Writer, target: Target, plans: readonly LayerPlan[], depth: number): string[] {
  const { random } = w;
  const { name, kind } = target;
  const cut = random.int(0, plans.length);
  const inner: Target = { kind, name: random.pick(['this.x', 'this._net', 'this.#own']) };
  const field = inner.name.replace('this.', '');
  const before = w.values.numbers;
  w.values.numbers = [...w.values.topNumbers];
  const values = [
    ...new Set(plans.flatMap((plan) => Object.values(plan.options).filter((value: Literal) => typeof value === 'number')) as number[]),
  ].slice(0, 3);
  const [own, fixed, got] = values;
  const members: string[] = [];
  if (own !== undefined) {
    members.push(`width = ${w.values.number(own)};`);
    w.values.numbers.push({ text: 'this.width', value: own });
  }
  const declared = w.fresh('Builder');
  if (fixed !== undefined) {
    members.push(`static SIZE = ${w.values.number(fixed)};`);
    w.values.numbers.push({ text: `${declared}.SIZE`, value: fixed });
  }
  if (got !== undefined) {
    members.push(`get depth() { return ${w.values.number(got)}; }`);
    w.values.numbers.push({ text: 'this.depth', value: got });
  }
  const first = addAll(w, inner, plans.slice(0, cut), depth + 1).join('\n    ');
  const second = addAll(w, inner, plans.slice(cut), depth + 1).join('\n    ');
  w.values.numbers = before;
  const isDerived = !field.startsWith('#') && random.chance(0.4);
  const start = isDerived
    ? `class ${declared}Base {\n  ${field};\n  constructor(start) { this.${field} = start; }\n  begin() {\n    ${first.replaceAll('this.width', '3')}\n    return this;\n  }\n}\nclass ${declared} extends ${declared}Base {\n  constructor(start, more = 1) { super(start); }\n  begin() { super.begin(); return this; }`
    : `class ${declared} {\n  ${field};\n  constructor(start) { this.${field} = start; }\n  begin() {\n    ${first}\n    return this;\n  }`;
  if (isDerived && /this\.(width|depth)/.test(first)) return straight(w, target, plans);
  const text = `${start}\n  ${members.join('\n  ')}\n  ${random.pick(['end()', 'end = function ()', 'end = () =>'])} {\n    ${second}\n    return this.${field};\n  }\n}`;
  w.top.push({ name: declared, text, kind: 'function' });
  const call = `new ${declared}(${name}).begin().end()`;
  return [kind === 'sequential' ? `${call};` : `${name} = ${call};`];
}

/** Statements around the layers that change nothing. */
function inBlock(w: Writer, target: Target, plans: readonly LayerPlan[], depth: number): string[] {
  const { random } = w;
  const body = addAll(w, target, plans, depth + 1).join('\n  ');
  const other = addTo(target, `${w.style.layers}.dense({ units: ${random.int(20, 30)} })`);
  const [yes, no] = [w.values.boolean(true), w.values.boolean(false)];
  const label = w.fresh('label');
  const n = random.int(1, 3);
  return [
    random.pick([
      `{\n  ${body}\n}`,
      `if (${yes}) {\n  ${body}\n}`,
      `if (${no}) {\n  ${other}\n} else {\n  ${body}\n}`,
      `if (${yes}) {\n  ${body}\n} else ${other}`,
      `try {\n  ${body}\n} finally {\n  Math.max(1, 2);\n}`,
      `try {\n  throw new Error('no');\n} catch {\n  ${body}\n}`,
      `try {\n  if (${yes}) throw new RangeError('${label}');\n  ${other}\n} catch (error) {\n  if ((error as Error).message !== '${label}') throw error;\n  ${body}\n}`,
      `switch (${w.values.number(n)}) {\n  case ${n}:\n  ${body}\n  break;\n  default:\n  ${other}\n}`,
      `switch ('${label}') {\n  case 'x':\n  ${other}\n  break;\n  case '${label}':\n  default: {\n  ${body}\n  }\n}`,
      `${label}: {\n  ${body}\n  if (${yes}) break ${label};\n  ${other}\n}`,
      `for (let once = true; once; once = false) {\n  ${body}\n}`,
      `for (const skip of [true, false]) {\n  if (skip) continue;\n  ${body}\n}`,
      `(() => {\n  ${body}\n})();`,
      `(function () {\n  ${body}\n  return;\n  ${other}\n}).call(null);`,
      `[0].forEach(() => {\n  ${body}\n});`,
    ]),
  ];
}
