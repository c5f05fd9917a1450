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
});
