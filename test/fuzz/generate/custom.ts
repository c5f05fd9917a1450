import type { Sizes } from './layers';
import type { Writer } from './writer';

/** A custom layer of the program: how it is made, and what it does to the last size. */
export interface CustomMaker {
  make(w: Writer): { readonly text: string; output(input: Sizes): Sizes };
}

/** Declares a class that extends `tf.layers.Layer`. */
export function customLayer(w: Writer): CustomMaker {
  const { random } = w;
  const widens = random.chance(0.6);
  const units = random.int(1, 6);
  const withBias = random.chance(0.5);
  const givenByOptions = random.chance(0.6);
  const frozen = random.chance(0.3);
  const build = [
    `const last = ${random.pick(['inputShape[inputShape.length - 1]', '(inputShape as number[]).at(-1)', 'inputShape.slice(-1)[0]'])};`,
    `this.kernel = this.addWeight('kernel', [last, ${widens ? 'this.units' : 'last'}], 'float32', tf.initializers.zeros());`,
    withBias
      ? `this.bias = this.addWeight('bias', [${widens ? 'this.units' : 'last'}], 'float32', tf.initializers.ones(), undefined, ${String(!frozen)});`
      : '',
    random.chance(0.5) ? 'super.build(inputShape);' : 'this.built = true;',
  ];
  const shape = widens ? '[...inputShape.slice(0, -1), this.units]' : 'inputShape';
  const name = w.fresh('Custom');
  const text = `class ${name} extends tf.layers.Layer {
  units;
  constructor(${givenByOptions ? 'config = {}' : 'units = 2, config = {}'}) {
    super(config);
    this.units = ${givenByOptions ? `config.units ?? ${units}` : 'units'};
  }
  build(inputShape) {
    ${build.filter(Boolean).join('\n    ')}
  }
  computeOutputShape(inputShape) { ${random.pick([`return ${shape};`, `const shape = ${shape};\n    return shape;`])} }
  call(inputs) { return tf.tidy(() => (Array.isArray(inputs) ? inputs[0] : inputs)); }
  static get className() { return '${name}'; }
}`;
  w.top.push({ name, text, kind: 'function' });
  return {
    make: (writer) => {
      const own = writer.random.int(1, 6);
      const given = writer.random.chance(0.7);
      const call = givenByOptions
        ? `new ${name}(${given ? `{ units: ${writer.values.number(own)} }` : ''})`
        : `new ${name}(${given ? writer.values.number(own) : ''})`;
      const width = given ? own : givenByOptions ? units : 2;
      return { text: call, output: (input) => (widens ? [...input.slice(0, -1), width] : input) };
    },
  };
}
