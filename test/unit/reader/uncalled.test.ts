import assert from 'node:assert/strict';
import { check, HEAD, readSource } from '../../support/readSource';

describe('what nothing calls', () => {
  it('a method that another of its name replaces makes nothing', () => {
    check(`class Builder {
      model = tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [4] })] });
      //                                         ^ [null, 5] 25
      static create() { return new Builder(); }
      static create() { return new Builder(); }
    }
    Builder.create();`);
  });

  it('a field that one method sets is there in those after it', () => {
    check(`export class Trainer {
      private model?: tf.Sequential;
      build() { this.model = tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [4] })] }); }
      //                                                        ^ [null, 5] 25
      extend() { this.model!.add(tf.layers.dense({ units: 2 })); }
      //                                   ^ [null, 2] 12
    }`);
  });

  it('a field that several methods set is not known in the next, and says why', () => {
    const reading = readSource(`${HEAD}export class Net {
      units = 0;
      small() { this.units = 2; }
      large() { this.units = 9; }
      build() { return tf.layers.dense({ units: this.units }).apply(tf.input({ shape: [3] })); }
    }`);
    const [made] = reading.sites.find(({ factory }) => factory === 'dense')?.cases ?? [];
    assert.deepEqual(made?.outputShape, [null, 'this.units']);
    assert.match(made?.unknowns?.[0]?.reason ?? '', /^several functions assign it/);
  });

  it('a counter that such methods step is not known: they may run any number of times', () => {
    check(`let made = 1;
    const sizes = { next: 4 };
    export const step = () => { made++; sizes.next *= 2; };
    export class Net {
      static count = 1;
      static grow() { Net.count += 1; }
    }
    export const build = () => tf.layers.dense({ units: made + sizes.next + Net.count }).apply(tf.input({ shape: [1] }));
    //                                   ^ [null, made + next + count] 2*made + 2*next + 2*count
    //                                                                                            ^ [null, 1] 0
    `);
  });

  it('methods of object literals and of prototypes run on what they belong to', () => {
    check(`const builder = {
      units: 3,
      build() { return tf.layers.dense({ units: this.units }).apply(tf.input({ shape: [2] })); },
      //                         ^ [null, 3] 9
      //                                                               ^ [null, 2] 0
    };
    export { builder };
    export function Net(this: any, units: number) { this.units = units; }
    Net.prototype.build = function () { return tf.layers.dense({ units: this.units }).apply(tf.input({ shape: [2] })); };
    //                                                   ^ [null, units] 3*units
    //                                                                                         ^ [null, 2] 0
    `);
  });

  it('statics and properties of functions that one side of a condition sets are not there on the other', () => {
    check(`class Net { static units = 2; }
    function make(): void {}
    export function build(wide: boolean) {
      if (wide) { Net.units = 7; (make as any).units = 5; }
      return tf.layers.dense({ units: Net.units + ((make as any).units ?? 1) }).apply(tf.input({ shape: [1] }));
      //               ^ [null, 12] 24 when wide | [null, 3] 6 when !wide
      //                                                                                 ^ [null, 1] 0
    }`);
  });

  it('the body of a generator is read though nothing iterates it', () => {
    check(`export function* layers(units: number) { yield tf.layers.dense({ units }).apply(tf.input({ shape: [1] })); }
    //                                                   ^ [null, units] 2*units
    //                                                                             ^ [null, 1] 0
    `);
  });

  it('a generator that never ends ends the loop over it in words, not the reading', () => {
    const reading = readSource(`${HEAD}function* forever() { while (true) yield 1; }
    for (const n of forever()) void n;
    const [first, ...rest] = forever();
    export const build = () => tf.layers.dense({ units: first as number }).apply(tf.input({ shape: [rest.length] }));`);
    assert.equal(reading.sites.length, 2);
    assert.ok(
      reading.limits.every((limit) => /rounds|yields/.test(limit)),
      reading.limits.join(),
    );
  });
});
