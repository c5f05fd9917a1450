import assert from 'node:assert/strict';
import { check } from '../../support/readSource';

describe('where reading begins', () => {
  it('a method of a base that calls what a class fills in runs on that class', () => {
    check(
      `import { Base } from './base';
    export class Net extends Base {
      defineSizes() { return { hidden: 7 }; }
      defineModel() { return tf.sequential({ layers: [tf.layers.dense({ units: this.sizes.hidden, inputShape: [2] })] }); }
      //                                                        ^ [null, 7] 21
    }`,
      {
        '/base.ts': `export class Base {
          sizes: { hidden: number };
          model: unknown;
          async init() {
            this.sizes = this.defineSizes();
            this.model = this.defineModel();
          }
        }`,
      },
    );
  });

  it('files behind an index file call only what they name', () => {
    const model = `export const create = (units: number) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] });
    //                                                                      ^ [null, 5] 15 from app.ts:2`;
    const reading = check(model, {
      '/index.ts': "export { create } from './main';\nexport const other = 1;",
      '/app.ts': "import { create } from './index';\ncreate(5);",
      '/tools.ts': "import { other } from './index';\nfor (;;) console.log(other);",
    });
    assert.deepEqual(reading.limits, []);
  });

  it('however many functions never end, those after them are read', () => {
    const endless = Array.from(
      { length: 12 },
      (_, i) =>
        `export function run${String(i)}(n: number) { let a = 0; for (let i = 0; i < 4000; i++) for (let j = 0; j < 4000; j++) a += f(n + i * j + ${String(i)}); tf.util.assert(a > 0, ''); }`,
    );
    check(`const f = (x: number) => x * 2 + 1;
    ${endless.join('\n    ')}
    export function last(units: number) {
      return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] });
      //                                        ^ [null, units] 3*units
    }`);
  });
});
