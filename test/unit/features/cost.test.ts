import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { activationCost, heaviest, inferenceBytes, layerCosts } from '../../../src/features/cost';
import { HEAD, onlyModel, readSource } from '../../support/readSource';

const example = (name: string): string => readFileSync(`examples/${name}`, 'utf8');
const sum = (values: readonly (number | string | undefined)[]): number => values.reduce<number>((all, one) => all + Number(one), 0);

describe('cost', () => {
  it("adds up the lecture's column for VGG-16: 15,237,608 values with the input, 15,087,080 without it", () => {
    const model = onlyModel(readSource(example('vgg16.ts')));
    assert.deepEqual(activationCost(model.graph), { values: 15_087_080, withInput: 15_237_608, leftOut: ['Flatten', 'Dropout'] });
    assert.equal(inferenceBytes(model), 4 * (138_357_544 + 15_087_080));
  });

  it('gives each layer its part of the totals', () => {
    for (const name of ['vgg16.ts', 'resnet34.ts', 'lenet5.ts', 'alexnet.ts']) {
      const model = onlyModel(readSource(example(name)));
      const costs = layerCosts(model.graph);
      assert.equal(sum(costs.map(({ params }) => params)), model.totalParams, name);
      if (model.macs !== undefined) assert.equal(sum(costs.map(({ macs }) => macs)), model.macs, name);
    }
  });

  it('finds the heaviest layers', () => {
    const model = onlyModel(readSource(example('vgg16.ts')));
    assert.deepEqual(
      heaviest(model.graph, ({ params }) => params, 3)?.map(({ amount }) => amount),
      [102_764_544, 16_781_312, 4_097_000],
    );
  });

  it('counts a shared layer once by its parameters and twice by its work; a nested model by its layers', () => {
    const model = readSource(`${HEAD}
const input = tf.input({ shape: [8] });
const shared = tf.layers.dense({ units: 8 });
const inner = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [8] })] });
const out = inner.apply(shared.apply(shared.apply(input)));
export const model = tf.model({ inputs: input, outputs: out });
`).models.find(({ graph }) => graph.kind === 'functional');
    assert.ok(model);
    const costs = layerCosts(model.graph).filter(({ layer }) => layer.className === 'Dense');
    assert.deepEqual(
      costs.map(({ params, macs }) => [params, macs]),
      [
        [72, 64],
        [0, 64],
        [18, 16],
      ],
    );
    assert.deepEqual(activationCost(model.graph), { values: 18, withInput: 26, leftOut: [] });
    assert.equal(heaviest(model.graph, ({ macs }) => macs, 1)?.[0]?.amount, 128);
  });

  it('says nothing of what is open', () => {
    const model = onlyModel(
      readSource(
        `${HEAD}export function f(n: number) { const m = tf.sequential(); m.add(tf.layers.dense({ units: n, inputShape: [3] })); return m; }`,
      ),
    );
    assert.equal(activationCost(model.graph), undefined);
    assert.equal(inferenceBytes(model), undefined);
    assert.equal(
      heaviest(model.graph, ({ params }) => params, 1),
      undefined,
    );
  });
});
