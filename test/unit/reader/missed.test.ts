import assert from 'node:assert/strict';
import { check, HEAD, readSource } from '../../support/readSource';

describe('layers that no entry point comes to', () => {
  it('are read in the function around them, with unknown arguments, where a run ends before it calls it', () => {
    check(`
    const search = (options: { build: (size: number) => tf.Sequential }) => {
      if (!('ready' in options)) throw new Error('not ready');
      return options.build(5);
    };
    search({ build: (size) => {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 4, inputShape: [size] }));
      //                  ^ [null, 4] 4*size + 4
      return model;
    } });`);
  });

  it('say that calls were not followed, not that there are none', () => {
    const { sites } = readSource(`${HEAD}
    const search = (build: (shape: number[]) => void) => build([3]);
    search((shape) => { if (shape.length < 2) throw new Error('too flat'); tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: shape })] }); });`);
    assert.match(sites[0]?.cases[0]?.unknown ?? sites[0]?.unknown ?? '', /shape: parameter of .*, whose calls were not followed this far/);
  });

  it('are read in call of a layer class, which nothing runs before the program does', () => {
    const { sites } = readSource(`${HEAD}
    export class Mlp extends tf.layers.Layer {
      constructor(private config: { units: number }) { super({}); }
      call(inputs: tf.Tensor) { return tf.layers.conv2d({ filters: 7, kernelSize: 1 }).apply(inputs); }
    }`);
    assert.deepEqual(
      sites.map(({ factory, cases }) => [factory, cases[0]?.outputShape?.at(-1)]),
      [['conv2d', 7]],
    );
  });

  it('cost no more than the rest of the budget', () => {
    const source = `${HEAD}
    const never = (build: () => void) => { for (;;) if (build === undefined) break; build(); };
    ${Array.from({ length: 50 }, (_, i) => `never(() => { for (;;) if (never === undefined) break; tf.layers.dense({ units: ${i + 1} }); });`).join('\n')}`;
    const reading = readSource(source);
    assert.equal(reading.sites.length, 50);
    assert.ok(reading.limits.length > 0);
  });
});

describe('TensorFlow.js under its usual name', () => {
  it('is what a parameter, a field or the result of an unread function is', () => {
    check(`
    export class Estimator {
      tf: typeof tf;
      constructor(getBackend: () => typeof tf) { this.tf = getBackend(); }
      build(numFeatures: number) {
        const model = this.tf.sequential();
        model.add(this.tf.layers.dense({ units: 3, inputShape: [numFeatures] }));
        //                       ^ [null, 3] 3*numFeatures + 3
        return model;
      }
    }
    export const create = (tf: any) => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [5] })] });
    //                                                                    ^ [null, 2] 12`);
  });
});

describe('a class of the source inside another layer', () => {
  it('is not judged: only its own methods know what it does', () => {
    const { problems, sites } = readSource(`${HEAD}
    class Cell extends tf.layers.Layer {
      constructor(readonly units: number) { super({}); }
      get stateSize() { return this.units; }
    }
    class Twice extends tf.layers.Layer {
      computeOutputShape(shape: number[]) { return [...shape.slice(0, -1), 2 * (shape.at(-1) ?? 0)]; }
    }
    const input = tf.input({ shape: [5, 3] });
    tf.layers.rnn({ cell: new Cell(4) as any }).apply(input);
    tf.layers.timeDistributed({ layer: new Twice({}) }).apply(input);`);
    assert.deepEqual(problems, []);
    const wrappers = sites.filter((site) => ['rnn', 'timeDistributed'].includes(site.factory));
    assert.deepEqual(
      wrappers.map((site) => site.cases.map((one) => one.params)),
      [[undefined], [undefined]],
    );
  });
});

describe('a line that builds models without end', () => {
  it('shows the first of them and says so', () => {
    const { models, limits } = readSource(`${HEAD}
    for (let n = 1; n < 300; n++) tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [2] })] });`);
    assert.ok(models.length <= 100, `${models.length} models`);
    assert.match(limits.join(), /more than 100 models/);
  });
});
