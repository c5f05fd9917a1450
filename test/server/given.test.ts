import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { LspClient, positionOf } from '../support/lsp/client';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
export function create(numClasses: number, units: number) {
  return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] }), tf.layers.dense({ units: numClasses })] });
}
`;
const GIVEN = [
  { name: 'numClasses', value: 10 },
  { name: 'units', value: 4 },
];

describe('language server: what a person gives for what the source leaves open', () => {
  let client: LspClient;
  before(async () => (client = await LspClient.start({ folder: resolve('examples') })));
  after(() => client.stop());

  it('names what is left open, and reads the model again with the answers, other answers unchanged', async () => {
    const uri = await client.open(resolve('examples/open1.ts'), SOURCE);
    const { found } = await client.modelAt(uri, positionOf(SOURCE, 'sequential'));
    assert.deepEqual(
      found?.leftOpen.map(({ name }) => name),
      ['units', 'numClasses'],
    );
    assert.deepEqual(found.given, []);
    const hover = await client.hoverText(uri, positionOf(SOURCE, 'dense({ units: num'));
    const { found: again } = await client.modelAgain(uri, found.id, found.title, GIVEN);
    assert.equal(again?.totalParams, 3 * 4 + 5 * 10);
    assert.equal(again.id, found.id);
    const names = again.leftOpen.map(({ name }) => name);
    assert.deepEqual(names, ['numClasses', 'units']);
    assert.deepEqual(again.given, GIVEN);
    const { found: half } = await client.modelAgain(uri, found.id, found.title, GIVEN.slice(1));
    assert.deepEqual(half?.leftOpen.map(({ name }) => name).sort(), ['numClasses', 'units']);
    assert.equal(half.totalParams, '5*numClasses + 12');
    assert.deepEqual(
      again.graph.layers.map(({ site }) => site?.id),
      found.graph.layers.map(({ site }) => site?.id),
    );
    assert.equal(await client.hoverText(uri, positionOf(SOURCE, 'dense({ units: num')), hover);
    assert.match(hover ?? '', /numClasses/);
  });

  it('keeps the answers through edits, and drops those that the source tells by now', async () => {
    const uri = await client.open(resolve('examples/open2.ts'), SOURCE);
    const { found } = await client.modelAt(uri, positionOf(SOURCE, 'sequential'));
    assert.ok(found);
    await client.change(uri, '// A line above.\n\n', { line: 0, character: 0 });
    const { found: moved } = await client.modelAgain(uri, found.id, found.title, GIVEN);
    assert.equal(moved?.id, found.id);
    assert.equal(moved.line, found.line + 2);
    assert.equal(moved.totalParams, 3 * 4 + 5 * 10);
    const end = { line: SOURCE.split('\n').length + 1, character: 0 };
    await client.change(uri, 'create(3, 4 * Number(location.hash));\n', end);
    const { found: called } = await client.modelAgain(uri, found.id, found.title, GIVEN);
    assert.deepEqual(
      called?.given.filter(({ name }) => name === 'numClasses'),
      [],
    );
    assert.equal(called?.graph.layers.at(-1)?.options['units'], 3);
  });

  it('gives the model as it is where an answer is about nothing', async () => {
    const uri = await client.open(resolve('examples/open3.ts'), SOURCE);
    const { found } = await client.modelAt(uri, positionOf(SOURCE, 'sequential'));
    assert.ok(found);
    const { found: again } = await client.modelAgain(uri, found.id, found.title, [{ name: 'no such) name', value: 1 }]);
    assert.deepEqual(again, found);
  });
});
