import { check } from '../../support/readSource';

describe('a list that differs under a condition', () => {
  it('is taken apart item by item, each side on its own', () => {
    check(`const sizesFor = (wide: boolean) => (wide ? [9, 'relu', 1, 2] : [3, 'tanh', 4]) as [number, 'relu', ...number[]];
    export function create(wide: boolean) {
      const [units, activation, ...rest] = sizesFor(wide);
      const x = tf.layers.dense({ units, activation }).apply(tf.input({ shape: [2] }));
      //                  ^ [null, 9] 27 when wide | [null, 3] 9 when !wide
      //                                                        ^ [null, 2] 0
      return tf.layers.dense({ units: rest.length }).apply(tf.input({ shape: [1] }));
      //               ^ [null, 2] 4 when wide | [null, 1] 2 when !wide
      //                                                      ^ [null, 1] 0
    }`);
  });
});
