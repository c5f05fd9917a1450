import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { Stage } from './support/browser';
import { FileHost } from './support/fileHost';
import { chain, input, layer } from './support/graphs';
import { PanelPage } from './support/panelPage';
import { filesOf, saved } from './support/savedModel';

const conv = (filters: number) => layer('conv', 'conv2d', { filters, kernelSize: 3 });
const net = (filters = 4) =>
  chain('small', [input(8, 8, 1), conv(filters), layer('flat', 'flatten'), layer('out', 'dense', { units: 3, activation: 'softmax' })]);

const model = (): tf.LayersModel => {
  const made = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'conv', inputShape: [8, 8, 1], filters: 4, kernelSize: 3 }),
      tf.layers.flatten({ name: 'flat' }),
      tf.layers.dense({ name: 'out', units: 3, activation: 'softmax' }),
    ],
  });
  // One class wins whatever is fed in.
  made.getLayer('out').setWeights([tf.zeros([144, 3]), tf.tensor1d([0, 9, 0])]);
  return made;
};

describe('loading weights in the panel', () => {
  let stage: Stage;
  let host: FileHost;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
    await tf.setBackend('cpu');
  });
  after(() => stage.close());
  beforeEach(async () => {
    host = await FileHost.open(stage);
    panel = await PanelPage.open(stage);
    await host.answer(panel.page);
  });
  afterEach(async () => {
    await panel.close();
    await host.close();
    assert.deepEqual(panel.opened.complaints, []);
  });

  const page = () => panel.page;
  const load = () => page().getByRole('button', { name: 'Load weights…' }).first().click();
  const badge = () => page().locator('header [data-weights]');

  it('takes those that fit, shows what they say, and has them again after a reload and after an edit', async () => {
    await panel.run(net(), { backend: 'wasm' });
    await host.choose(filesOf(await saved(model()), 100));
    await load();
    await page().locator('.weights-report').waitFor();
    await panel.ran(2);
    assert.equal(await badge().innerText(), 'from model.json');
    assert.match(await page().locator('.weights-report').innerText(), /All 2 layers have their weights from model\.json\./);
    assert.match(await page().locator('.scores').getAttribute('aria-label').then(String), /class 1 >99\.9 %|class 1 99\.9 %|class 1 100 %/);

    await page().reload();
    await panel.ready();
    await host.answer(page());
    await panel.run(net(), { backend: 'wasm' });
    assert.equal(await badge().innerText(), 'from model.json');

    await panel.run(
      chain('small', [...net().layers.slice(0, 3), layer('out', 'dense', { units: 3, activation: 'softmax', useBias: true })]),
      {
        backend: 'wasm',
      },
    );
    assert.equal(await badge().innerText(), 'from model.json');
  });

  it('says layer by layer what does not fit, and leaves it as it was', async () => {
    await panel.run(net(6), { backend: 'wasm' });
    await host.choose(filesOf(await saved(model())));
    await load();
    const report = page().locator('.weights-report');
    await report.waitFor();
    await panel.ran(2);
    assert.match(await report.innerText(), /No layer of this model fits model\.json/);
    await report.locator('summary').click();
    const texts = await report.locator('li').allInnerTexts();
    assert.match(
      texts[0] ?? '',
      /conv does not fit; keeps the weights it had: kernel is \[3, 3, 1, 6\] in the source, \[3, 3, 1, 4\] in the file/,
    );
    assert.equal(await badge().getAttribute('data-weights'), 'fresh');
  });

  it('says of each bad file what is wrong with it, and takes a good one afterwards', async () => {
    await panel.run(net(), { backend: 'wasm' });
    const files = filesOf(await saved(model()), 4000);
    const [first] = files.shards;
    assert.ok(first);
    const text = JSON.stringify(files.json);
    const cut = { ...first, bytes: first.bytes.slice(0, -4) };
    const elsewhere = text.replaceAll(first.path, '../' + first.path);
    const bad: readonly (readonly [what: string, text: string, shards: typeof files.shards, sentence: RegExp])[] = [
      ['cut off', text.slice(0, -20), files.shards, /model\.json is no JSON: it is cut off, or something else under this name\./],
      [
        'foreign',
        '{"name":"a-package","version":"1.0.0"}',
        [],
        /model\.json is no model\.json of TensorFlow\.js: it has no weightsManifest\./,
      ],
      ['a graph model', '{"format":"graph-model","weightsManifest":[]}', [], /model\.json is a graph model \(tf\.loadGraphModel\)/],
      ['a short shard', text, [cut], /The weights that model\.json lists take 1,900 bytes, but its shard .* has 1,896 bytes\./],
      ['a shard elsewhere', elsewhere, [], /The shard "\.\.\/group1-shard1\.bin" of model\.json lies outside/],
    ];
    const problem = page().locator('.weights-problem');
    let runs = 1;
    for (const [what, json, shards, sentence] of bad) {
      await host.chooseWritten(json, shards);
      await load();
      await problem.waitFor();
      assert.match(await problem.innerText(), sentence, what);
      await panel.ran(++runs);
      assert.equal(await badge().getAttribute('data-weights'), 'fresh', what);
      await page().getByRole('button', { name: 'Dismiss' }).click();
      await problem.waitFor({ state: 'detached' });
    }
    await host.choose(files);
    await load();
    await page().locator('.weights-report').waitFor();
    await panel.ran(runs + 1);
    assert.equal(await badge().innerText(), 'from model.json');

    // An edit that no machine has the memory for: said before anything is allocated, and nothing is lost.
    const layers = net().layers.slice(0, 3);
    await panel.run(chain('small', [...layers, layer('out', 'dense', { units: 70_000_000, activation: 'softmax' })]), { backend: 'wasm' });
    assert.match(
      await page().locator('.notices').innerText(),
      /This model needs 40\.\d GB for its weights \(10,1\d\d,\d{3},\d{3} parameters × 4 bytes\)/,
    );
    await panel.run(net(), { backend: 'wasm' });
    assert.equal(await badge().innerText(), 'from model.json');
    assert.match(await page().locator('.scores').getAttribute('aria-label').then(String), /class 1 /);
  });

  it('says in a sentence why a file gives none, and goes on with what it has', async () => {
    await panel.run(net(), { backend: 'wasm' });
    const files = filesOf(await saved(model()), 200);
    await host.choose({ ...files, shards: files.shards.slice(1) });
    await load();
    const problem = page().locator('.weights-problem');
    await problem.waitFor();
    assert.match(await problem.innerText(), /The shard "group1-shard1\.bin" of model\.json is missing\./);
    await panel.ran(2);
    assert.equal(await badge().getAttribute('data-weights'), 'fresh');
    await page().getByRole('button', { name: 'Dismiss' }).click();
    assert.equal(await problem.count(), 0);
  });
});
