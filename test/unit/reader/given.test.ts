import assert from 'node:assert/strict';
import type { Given, ModelRead } from '../../../src/model/reading';
import { DEFAULT_SETTINGS } from '../../../src/reader/workspace';
import { HEAD, readSource } from '../../support/readSource';

const SOURCE = `${HEAD}
export function create(numClasses: number, config: { units: number; rate: number }) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 2 * config.units, inputShape: [4] }));
  model.add(tf.layers.dropout({ rate: config.rate }));
  model.add(tf.layers.dense({ units: numClasses }));
  return model;
}
`;

const read = (source: string | { readonly [path: string]: string }, given?: readonly Given[]): readonly ModelRead[] => {
  const reading = readSource(source, { ...DEFAULT_SETTINGS, ...(given && { given }) });
  assert.deepEqual(reading.problems, []);
  return reading.models;
};

const namesLeftOpen = (model: ModelRead | undefined): readonly string[] => (model?.leftOpen ?? []).map(({ name }) => name);

describe('what is given beside the source', () => {
  it('is asked for by name, with the reason, sizes told apart', () => {
    const [model] = read(SOURCE);
    const reason = 'parameter of create, called from no file of this project';
    assert.deepEqual(model?.leftOpen, [
      { name: 'config.units', reason, isSize: true },
      { name: 'numClasses', reason, isSize: true },
      { name: 'config.rate', reason, isSize: false },
    ]);
  });

  it('takes the place of what is not known, as a comment above the function does', () => {
    const given = [
      { name: 'numClasses', value: 10 },
      { name: 'config.units', value: 3 },
      { name: 'config.rate', value: 0.25 },
    ];
    const [model, ...more] = read(SOURCE, given);
    assert.equal(more.length, 0);
    assert.equal(model?.leftOpen, undefined);
    assert.equal(model?.totalParams, 4 * 6 + 6 + 6 * 10 + 10);
    const comment = '// @shape numClasses = 10, config.units = 3, config.rate = 0.25\n';
    const [stated] = read(SOURCE.replace('export', `${comment}export`));
    const shift = ({ graph }: ModelRead): string => JSON.stringify(graph, (key, value: unknown) => (key === 'site' ? undefined : value));
    assert.ok(stated);
    assert.equal(shift(model), shift(stated));
  });

  it('leaves what was not given open', () => {
    const [model] = read(SOURCE, [{ name: 'numClasses', value: 10 }]);
    assert.deepEqual(namesLeftOpen(model), ['config.units', 'config.rate']);
  });

  it('gives way to the source and to its comments', () => {
    const given = [{ name: 'numClasses', value: 10 }];
    const [called] = read(`${SOURCE}create(7, { units: 1, rate: 0.5 });`, given);
    assert.equal(called?.totalParams, 4 * 2 + 2 + 2 * 7 + 7);
    const [stated] = read(SOURCE.replace('export', '// @shape numClasses = 7, config.units = 1\nexport'), given);
    assert.equal(stated?.totalParams, 4 * 2 + 2 + 2 * 7 + 7);
  });

  it('holds in other files as well', () => {
    const files = {
      '/main.ts': `${HEAD}import { head } from './head';\nexport const create = (n: number) => head(n, null as never);`,
      '/head.ts': `${HEAD}export const head = (n: number, labels: string[]) => tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [2] })] });`,
    };
    const reading = readSource(files, { ...DEFAULT_SETTINGS, given: [{ name: 'n', value: 5 }] }, '/head.ts');
    assert.equal(reading.models[0]?.totalParams, 15);
  });

  it('asks for the rounds of a loop that builds layers', () => {
    const source = `${HEAD}
export function stack(numBlocks: number) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 4, inputShape: [4] }));
  for (let i = 0; i < numBlocks; i++) model.add(tf.layers.dense({ units: 4 }));
  return model;
}`;
    assert.deepEqual(namesLeftOpen(read(source)[0]), ['numBlocks']);
    const models = read(source, [{ name: 'numBlocks', value: 5 }]);
    assert.deepEqual(
      models.map(({ totalParams }) => totalParams),
      [6 * 20],
    );
  });

  it('is not asked for where no comment could state it, and wrong names do nothing', () => {
    const [model] = read(
      `${HEAD}tf.sequential({ layers: [tf.layers.dense({ units: Math.floor(Math.random() * 4) + 1, inputShape: [2] })] });`,
    );
    assert.deepEqual(namesLeftOpen(model), []);
    const odd = ['', 'a b', '1', 'n = 3, m', 'x()', '[', 'a'.repeat(300)].map((name) => ({ name, value: 1 }));
    assert.equal(read(SOURCE, odd)[0]?.totalParams, read(SOURCE)[0]?.totalParams);
  });
});
