import { outputOf, volume, type LayerMaker, type Sizes } from './layers';
import { addAll } from './lists';
import { type LayerPlan } from './values';
import { addTo, type Target, type Writer } from './writer';

/** Statements, and the sizes of what comes out of them; none where TensorFlow.js refuses them. */
interface Piece {
  readonly lines: readonly string[];
  readonly output: Sizes | undefined;
}

/** What makes a model: statements and the name of the model, undefined where they throw before it is made. */
export interface BuiltModel {
  readonly lines: readonly string[];
  readonly result: string | undefined;
  readonly output?: Sizes;
}

/** Writes models: sequential and functional, with branches, shared layers, nested and truncated models. */
export class Graphs {
  constructor(
    readonly w: Writer,
    readonly maker: LayerMaker,
  ) {}

  model(input: Sizes, depth = 0): BuiltModel {
    const { random } = this.w;
    const made = random.chance(0.5) ? this.#sequential(input, depth) : this.#functional(input, depth);
    if (made.result === undefined || made.output === undefined || depth > 0) return made;
    return this.#afterwards(made, made.result);
  }

  #sizes(sizes: Sizes): string {
    return this.w.values.array(sizes.map((size) => (size === null ? 'null' : this.w.values.number(size))));
  }

  #sequential(input: Sizes, depth: number): BuiltModel {
    const { w } = this;
    const { random } = w;
    const name = w.fresh('model');
    const first = this.maker.next(input);
    const withInput: LayerPlan = { ...first.plan, options: { ...first.plan.options, inputShape: [...input] } };
    if (random.chance(0.25) && first.output) {
      const rest = this.#run(first.output, random.int(1, 4));
      const plans = [withInput, ...rest.plans].map((plan) => w.layer(plan));
      const options = random.chance(0.8) ? `layers: [${plans.join(', ')}]` : `name: '${name}', layers: [${plans.join(', ')}]`;
      const make = random.chance(0.9) ? `tf.sequential({ ${options} })` : `new tf.Sequential({ ${options} })`;
      return { lines: [`const ${name} = ${make};`], result: rest.output && name, ...(rest.output ? { output: rest.output } : {}) };
    }
    const lines = [`const ${name} = tf.sequential(${random.chance(0.1) ? `{ name: ${w.values.string(name)} }` : ''});`];
    const target: Target = { kind: 'sequential', name };
    if (random.chance(0.2)) {
      lines.push(`${name}.add(${w.style.layers}.inputLayer({ inputShape: ${this.#sizes(input)} }));`);
      lines.push(...addAll(w, target, [first.plan]));
    } else if (random.chance(0.08) && input.length === 2 && first.output) {
      lines.push(
        `${name}.add(${w.layer({ factory: 'embedding', options: { inputDim: 9, outputDim: input[1], inputLength: input[0] } })});`,
      );
      lines.push(...addAll(w, target, [first.plan]));
    } else lines.push(...addAll(w, target, [withInput]));
    const rest = first.output ? this.#chain(target, first.output, depth) : { lines: [], output: undefined };
    return { lines: [...lines, ...rest.lines], result: rest.output && name, ...(rest.output ? { output: rest.output } : {}) };
  }

  #run(input: Sizes, count: number): { readonly plans: readonly LayerPlan[]; readonly output: Sizes | undefined } {
    const plans: LayerPlan[] = [];
    let output: Sizes | undefined = input;
    for (let i = 0; i < count && output; i++) {
      const { plan, output: next }: { plan: LayerPlan; output: Sizes | undefined } = this.maker.next(output);
      plans.push(plan);
      output = next;
    }
    return { plans, output };
  }

  /** Several pieces, one after the other. */
  #chain(target: Target, input: Sizes, depth: number): Piece {
    const lines: string[] = [];
    let output: Sizes | undefined = input;
    for (let i = this.w.random.int(1, depth > 0 ? 2 : 3); i > 0 && output; i--) {
      const piece: Piece = this.#piece(target, output, depth);
      lines.push(...piece.lines);
      output = piece.output;
    }
    return { lines, output };
  }

  #piece(target: Target, input: Sizes, depth: number): Piece {
    const { w } = this;
    const { random } = w;
    const run = (): Piece => {
      const { plans, output } = this.#run(input, random.int(1, 4));
      return { lines: addAll(w, target, plans), output };
    };
    if (random.chance(0.5)) return run();
    const pieces: (() => Piece)[] = [() => this.#counted(target, input)];
    const { custom } = w;
    if (custom)
      pieces.push(() => {
        const { text, output } = custom.make(w);
        return { lines: [addTo(target, text)], output: output(input) };
      });
    if (depth < 2) pieces.push(() => this.#nested(target, input, depth));
    if (target.kind === 'functional') {
      pieces.push(
        () => this.#branches(target, input, depth),
        () => this.#branches(target, input, depth),
        () => this.#shared(target, input),
        () => this.#byShape(target, input),
        () => this.#truncated(target, input, depth),
        () => this.#states(target, input),
      );
    } else pieces.push(() => this.#popped(target, input));
    return random.pick(pieces)();
  }

  /** A loop whose counter gives the sizes. */
  #counted(target: Target, input: Sizes): Piece {
    const { w } = this;
    const { random } = w;
    const [count, base, step] = [random.int(1, 4), random.int(2, 5), random.int(1, 3)];
    const sizes: [string, (i: number) => number] = random.pick<[string, (i: number) => number]>([
      [`${base} + i * ${step}`, (i) => base + i * step],
      [`${base} * 2 ** i`, (i) => base * 2 ** i],
      [`i % 2 === 0 ? ${base} : ${step}`, (i) => (i % 2 === 0 ? base : step)],
      [`Math.max(${base} - i, 1)`, (i) => Math.max(base - i, 1)],
      [`[${base}, ${step}, ${base + step}][i % 3]`, (i) => [base, step, base + step][i % 3] ?? 0],
      [`(i + 1) * ${base}`, (i) => (i + 1) * base],
      [`1 << i`, (i) => 1 << i],
      [`Math.floor(${base * 4} / (i + 1))`, (i) => Math.floor((base * 4) / (i + 1))],
    ]);
    const factory = input.length === 3 ? 'conv2d' : input.length === 2 ? 'conv1d' : 'dense';
    const key = factory === 'dense' ? 'units' : 'filters';
    const more = factory === 'dense' ? '' : ", kernelSize: 3, padding: 'same'";
    const named = random.chance(0.25) ? `, name: \`${w.fresh('n')}_\${i}\`` : '';
    const layer = `${w.style.layers}.${factory}({ ${key}: ${sizes[0]}${more}${named} })`;
    const skipped = random.chance(0.2) && count > 1;
    const extra = random.chance(0.3)
      ? `if (i ${random.pick(['> 0', '=== 1', '% 2 === 1', '< 2'])}) ${addTo(target, `${w.style.layers}.dropout({ rate: 0.5 })`)} `
      : '';
    const body = `${skipped ? 'if (i === 1) continue; ' : ''}${addTo(target, layer)} ${extra}`;
    const n = w.values.number(count);
    const loops = [
      `for (let i = 0; i < ${n}; i++) { ${body}}`,
      `for (var i = 0, n${w.fresh('n')} = ${n}; i < ${count}; i += 1) { ${body}}`,
      `for (const i of Array.from({ length: ${n} }, (_, k) => k)) { ${body}}`,
      `for (const i of [...Array(${n}).keys()]) { ${body}}`,
      `{ let k = 0; while (k < ${n}) { const i = k++; ${body}} }`,
      `for (let i = ${count - 1}, j = 0; j < ${n}; j++) { i = j; ${body}}`,
      `for (const [i] of [${Array.from({ length: count }, (_, i) => `[${i}]`).join(', ')}]) { ${body}}`,
    ];
    if (!skipped)
      loops.push(
        `[...new Array(${n})].forEach((_, i) => { ${body}});`,
        `{ let i = 0; do { ${body}} while (++i < ${count}); }`,
        `{ const go = (i: number): void => { if (i >= ${n}) return; ${body} go(i + 1); }; go(0); }`,
        `Array.from({ length: ${n} }).map((_, i) => { ${body}return i; });`,
      );
    const last = count - 1;
    const width = skipped && last === 1 ? sizes[1](0) : sizes[1](last);
    return { lines: [random.pick(loops)], output: [...input.slice(0, -1), width] };
  }

  /** A model as a layer. */
  #nested(target: Target, input: Sizes, depth: number): Piece {
    const inner = this.model(input, depth + 1);
    if (inner.result === undefined || !inner.output) return { lines: inner.lines, output: undefined };
    const lines = [...inner.lines];
    if (this.w.random.chance(0.2)) lines.push(`${inner.result}.trainable = false;`);
    return { lines: [...lines, addTo(target, inner.result)], output: inner.output };
  }

  /** `model.pop()`, and what comes instead. */
  #popped(target: Target, input: Sizes): Piece {
    const { plan, output } = this.maker.next(input);
    if (!output) return { lines: addAll(this.w, target, [plan]), output: undefined };
    return {
      lines: [...addAll(this.w, target, [plan]), ...(this.w.random.chance(0.5) ? [`${target.name}.pop();`] : [])],
      output: undefined === output ? undefined : output,
    };
  }

  #copy(target: Target): { readonly line: string; readonly target: Target } {
    const name = this.w.fresh('x');
    return { line: `let ${name} = ${target.name};`, target: { kind: 'functional', name } };
  }

  /** Two or three ways from one tensor, merged. */
  #branches(target: Target, input: Sizes, depth: number): Piece {
    const { w } = this;
    const { random } = w;
    const lines: string[] = [];
    const ends: { readonly name: string; readonly sizes: Sizes }[] = [];
    for (let i = random.int(2, 3); i > 0; i--) {
      const branch = this.#copy(target);
      lines.push(branch.line);
      if (random.chance(0.3)) {
        ends.push({ name: branch.target.name, sizes: input });
        continue;
      }
      const piece = random.chance(0.7) ? this.#keeping(branch.target, input) : this.#chain(branch.target, input, depth + 1);
      lines.push(...piece.lines);
      if (!piece.output) return { lines, output: undefined };
      ends.push({ name: branch.target.name, sizes: piece.output });
    }
    return this.#merge(target, ends, lines);
  }

  #merge(target: Target, ends: readonly { readonly name: string; readonly sizes: Sizes }[], lines: string[]): Piece {
    const { w } = this;
    const { random } = w;
    const [first] = ends;
    const equal = ends.every((end) => String(end.sizes) === String(first?.sizes));
    const close = ends.every((end) => String(end.sizes.slice(0, -1)) === String(first?.sizes.slice(0, -1)));
    if (!equal && !close && random.chance(0.9)) {
      ends.forEach((end) => lines.push(`${end.name} = ${w.style.layers}.flatten().apply(${end.name});`));
      return this.#merge(
        target,
        ends.map((end) => ({ name: end.name, sizes: [volume(end.sizes)] })),
        lines,
      );
    }
    const factory = equal ? random.pick(['add', 'concatenate', 'multiply', 'average', 'maximum', 'minimum']) : 'concatenate';
    const plan: LayerPlan = { factory, options: factory === 'concatenate' && random.chance(0.5) ? { axis: -1 } : {} };
    const names = ends.map((end) => end.name);
    lines.push(`${target.name} = ${w.layer(plan)}.apply(${w.values.array(names)});`);
    return {
      lines,
      output: outputOf(
        plan,
        ends.map((end) => end.sizes),
      ),
    };
  }

  /** Layers that keep all sizes but the last. */
  #keeping(target: Target, input: Sizes): Piece {
    const factory = input.length === 3 ? 'conv2d' : input.length === 2 ? 'conv1d' : 'dense';
    const width = this.w.random.chance(0.5) ? (input.at(-1) ?? 1) : this.w.random.int(1, 6);
    const options = factory === 'dense' ? { units: width } : { filters: width, kernelSize: this.w.random.int(1, 3), padding: 'same' };
    return { lines: addAll(this.w, target, [{ factory, options }]), output: [...input.slice(0, -1), width] };
  }

  /** One layer, applied twice. */
  #shared(target: Target, input: Sizes): Piece {
    const { w } = this;
    const { plan, output } = this.maker.next(input);
    const [layer, a, b] = [w.fresh('shared'), w.fresh('a'), w.fresh('b')];
    const lines = [`const ${layer} = ${w.layer(plan)};`, `const ${a} = ${layer}.apply(${target.name});`];
    if (!output) return { lines, output: undefined };
    const other = w.random.chance(0.5) ? target.name : w.fresh('y');
    if (other !== target.name) lines.push(`const ${other} = ${w.style.layers}.dropout({ rate: 0.1 }).apply(${target.name});`);
    lines.push(`const ${b} = ${layer}.apply(${other});`);
    return this.#merge(
      target,
      [
        { name: a, sizes: output },
        { name: b, sizes: output },
      ].map((one, i) => ({ ...one, name: i === 0 ? a : b })),
      lines.map((line) => line.replace(/^const (a|b)(\d)/, 'let $1$2')),
    );
  }

  /** A size that is read off a tensor's shape. */
  #byShape(target: Target, input: Sizes): Piece {
    const { w } = this;
    const { name } = target;
    const last = input.at(-1);
    if (last === null || last === undefined || last > 40) return this.#keeping(target, input);
    const size = w.random.pick([
      `${name}.shape[${input.length}]`,
      `${name}.shape[${name}.shape.length - 1]`,
      `${name}.shape.slice(-1)[0]`,
      `${name}.shape.at(-1)`,
      `${name}.rank - ${input.length + 1} + ${last}`,
      `${name}.shape.reduce((n, d) => (d ?? n), 0)`,
    ]);
    return { lines: [addTo(target, `${w.style.layers}.dense({ units: ${size} })`)], output: input };
  }

  /** Parts of a model under other ends. */
  #truncated(target: Target, input: Sizes, depth: number): Piece {
    const { w } = this;
    const base = this.model(input, depth + 2);
    const lines = [...base.lines];
    if (base.result === undefined || !base.output) return { lines, output: undefined };
    const cut = w.fresh('cut');
    const outputs = w.random.pick([
      `${base.result}.layers[${base.result}.layers.length - 1].output`,
      `${base.result}.layers.at(-1).output`,
      `${base.result}.outputs[0]`,
      `${base.result}.output`,
      `${base.result}.getLayer(undefined, ${base.result}.layers.length - 1).output`,
    ]);
    const inputs = w.random.pick([`${base.result}.inputs`, `${base.result}.input`, `${base.result}.inputs[0]`]);
    lines.push(`const ${cut} = tf.model({ inputs: ${inputs}, outputs: ${outputs} });`);
    if (w.random.chance(0.3)) lines.push(`for (const layer of ${cut}.layers) layer.trainable = false;`);
    lines.push(`${target.name} = ${cut}.apply(${target.name});`);
    return { lines, output: base.output };
  }

  /** A recurrent layer that gives its states as well. */
  #states(target: Target, input: Sizes): Piece {
    const { w } = this;
    if (input.length !== 2) return this.#keeping(target, input);
    const factory = w.random.pick(['lstm', 'gru', 'simpleRNN']);
    const units = w.random.int(1, 5);
    const layer = w.layer({ factory, options: { units, returnState: true, recurrentInitializer: 'zeros' } });
    const [out, state] = [w.fresh('out'), w.fresh('state')];
    return {
      lines: [
        `const [${out}, ...${state}] = ${layer}.apply(${target.name});`,
        `${target.name} = ${w.style.layers}.concatenate().apply([${out}, ...${state}]);`,
      ],
      output: [units * (factory === 'lstm' ? 3 : 2)],
    };
  }

  #functional(input: Sizes, depth: number): BuiltModel {
    const { w } = this;
    const { random } = w;
    const [inputName, x, name] = [w.fresh('input'), w.fresh('x'), w.fresh('model')];
    const target: Target = { kind: 'functional', name: x };
    const shape = random.chance(0.9) ? `shape: ${this.#sizes(input)}` : `batchShape: [null, ...${this.#sizes(input)}]`;
    const lines = [
      `const ${inputName} = tf.input({ ${shape}${random.chance(0.1) ? `, name: '${inputName}'` : ''} });`,
      `let ${x} = ${inputName};`,
    ];
    let sizes: Sizes | undefined = input;
    let inputs = inputName;
    if (random.chance(0.2)) {
      const second = w.fresh('input');
      lines.push(`const ${second} = tf.input({ shape: ${this.#sizes(input)} });`);
      const merged = this.#merge(
        target,
        [
          { name: x, sizes: input },
          { name: second, sizes: input },
        ],
        lines,
      );
      sizes = merged.output;
      inputs = `[${inputName}, ${second}]`;
    }
    const body: Piece = sizes ? this.#chain(target, sizes, depth) : { lines: [], output: undefined };
    lines.push(...body.lines);
    if (!body.output) return { lines, result: undefined };
    let outputs = x;
    if (random.chance(0.15) && depth === 0) {
      const other = w.fresh('head');
      const plan = this.maker.next(body.output);
      lines.push(`const ${other} = ${w.layer(plan.plan)}.apply(${x});`);
      if (!plan.output) return { lines, result: undefined };
      outputs = random.chance(0.5) ? `[${x}, ${other}]` : `[${other}]`;
      if (x !== outputs && input === body.output) outputs = `[${other}]`;
    }
    if (outputs === x && random.chance(0.2)) outputs = `[${x}]`;
    const make = random.chance(0.9) ? 'tf.model' : 'new tf.LayersModel';
    const form = random.pick([`{ inputs: ${inputs}, outputs: ${outputs} }`, `{ inputs: ${inputs}, outputs: ${outputs}, name: '${name}' }`]);
    lines.push(`const ${name} = ${make}(${form});`);
    return { lines, result: name, output: body.output };
  }

  /** What programs do with a model once it is there: freeze parts, cut it, put a head on it. */
  #afterwards(made: BuiltModel, name: string): BuiltModel {
    const { w } = this;
    const { random } = w;
    const lines = [...made.lines];
    if (random.chance(0.3)) {
      lines.push(
        random.pick([
          `${name}.layers[0].trainable = false;`,
          `${name}.trainable = false;`,
          `for (const layer of ${name}.layers) layer.trainable = false;`,
          `${name}.layers.forEach((layer, i) => { layer.trainable = i > 1; });`,
          `for (let i = 0; i < ${name}.layers.length - 1; i++) ${name}.layers[i].trainable = false;`,
          `${name}.layers.slice(0, 2).forEach((layer) => (layer.trainable = false));`,
          `${name}.getLayer(undefined, ${name}.layers.length - 1).trainable = false;`,
        ]),
      );
    }
    if (random.chance(0.25) && made.output) {
      const [cut, head] = [w.fresh('cut'), w.fresh('head')];
      const plan = this.maker.next(made.output);
      lines.push(
        `const ${cut} = ${random.pick([`${name}.layers[${name}.layers.length - 1].output`, `${name}.outputs[0]`, `${name}.layers.at(-1).output`])};`,
      );
      lines.push(`const ${head} = tf.model({ inputs: ${name}.inputs, outputs: ${w.layer(plan.plan)}.apply(${cut}) });`);
      return { lines, result: plan.output && head };
    }
    if (random.chance(0.3))
      lines.push(
        random.pick([
          `${name}.summary();`,
          `${name}.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });`,
          `console.log(${name}.countParams());`,
        ]),
      );
    return { ...made, lines };
  }
}
