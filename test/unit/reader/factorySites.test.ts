import assert from 'node:assert/strict';
import { check, HEAD, readSource } from '../../support/readSource';

describe('sites of factories that are looked up', () => {
  it('are at the key, with the name that the key came to', () => {
    const { sites } = check(`const kind = 'dense' as const;
    tf.layers[kind]({ units: 2 }).apply(tf.input({ shape: [3] }));
    //        ^ [null, 2] 8
    //                                     ^ [null, 3] 0
    tf['layers']['dense']({ units: 4 }).apply(tf.input({ shape: [3] }));
    //           ^ [null, 4] 16
    //                                           ^ [null, 3] 0
    `);
    assert.deepEqual(
      sites.map(({ factory, className, options }) => [factory, className, options.map(({ key }) => key).join()]),
      [
        ['dense', 'Dense', 'units'],
        ['input', 'InputLayer', 'shape'],
        ['dense', 'Dense', 'units'],
        ['input', 'InputLayer', 'shape'],
      ],
    );
  });

  it('have a case for each kind that a condition leaves', () => {
    const { sites } = check(`export const create = (long: boolean) =>
      tf.layers[long ? 'lstm' : 'gru']({ units: 2, name: 'memory' }).apply(tf.input({ shape: [3, 1] }));
      //        ^ [null, 2] 32 when long | [null, 2] 24 when !long
      //                                                                      ^ [null, 3, 1] 0
    `);
    assert.equal(sites[0]?.className, 'LSTM | GRU');
  });

  it('of a type that is not known say so', () => {
    const { sites } = readSource(`${HEAD}export function create(type: 'dense' | 'gru', model: tf.Sequential) {
      const layer = tf.layers[type]({ units: 2 } as never);
      model.add(layer);
      model.add((tf.layers as any)[type + '2d']({ filters: 3 }));
    }`);
    assert.deepEqual(
      sites.map(({ cases, unknown, className }) => [cases.length, className, unknown]),
      [
        [0, 'Layer', 'type: parameter of create, called from no file of this project'],
        [0, 'Layer', 'type + "2d": a text that depends on something unknown'],
      ],
    );
  });

  it('of a type that a comment states are read', () => {
    check(`// @shape type = 'gru'
    export const create = (type: 'dense' | 'gru') => tf.layers[type]({ units: 2 }).apply(tf.input({ shape: [3, 1] }));
    //                                                         ^ [null, 2] 24
    //                                                                                      ^ [null, 3, 1] 0
    `);
  });

  it('are known where nothing reaches them, by the names that they were taken by', () => {
    const { sites } = readSource(`${HEAD}const { dense } = tf.layers;
    if (false) { dense({ units: 2 }); tf.layers['dropout']({ rate: 0.5 }); }
    const conv2d = (x: number) => x;
    conv2d(2);`);
    assert.deepEqual(
      sites.map(({ factory }) => factory),
      ['dense', 'dropout'],
    );
    for (const { unknown } of sites) assert.match(unknown ?? '', /^no way through the program/);
  });
});

describe('states of components', () => {
  it('are open where they are numbers, which the user may change', () => {
    check(`import { useState } from 'react';
    export function App() {
      const [units, setUnits] = useState(64);
      const [model] = useState(() => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] }));
      //                                                                ^ [null, units] 3*units
      model.add(tf.layers.dense({ units: 2 }));
      //                  ^ [null, 2] 2*units + 2
      setUnits(3);
    }`);
  });
});
