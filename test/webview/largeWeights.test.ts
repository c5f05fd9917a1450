import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { graphOf, modelOf } from './support/agreement';
import { Stage } from './support/browser';
import { FileHost } from './support/fileHost';
import { PanelPage } from './support/panelPage';
import { filesOf, saved } from './support/savedModel';
import { RESNET_50 } from './support/steps';

/** ResNet-50 as people write it, for pictures that a CPU is done with soon. */
const SOURCE = RESNET_50.replace('[224, 224, 3]', '[64, 64, 3]');
/** The class that the file's last bias makes win. */
const WINNER = 617;

describe('weights of 102 MB in 25 shards, made by TensorFlow.js', () => {
  let stage: Stage;
  let host: FileHost;
  let panel: PanelPage;

  before(async () => {
    await tf.setBackend('cpu');
    stage = await Stage.open();
    host = await FileHost.open(stage);
    const model = modelOf(SOURCE);
    const head = model.getLayer('fc');
    const [kernel] = head.getWeights();
    assert.ok(kernel);
    head.setWeights([kernel, tf.oneHot(tf.scalar(WINNER, 'int32'), 1000).mul(1e4).toFloat() as tf.Tensor1D]);
    const files = filesOf(await saved(model));
    assert.equal(files.shards.length, 25);
    await host.choose(files);
    model.dispose();
  });
  after(async () => {
    await host.close();
    await stage.close();
  });

  it('are read into ResNet-50, or not at all where a person stops in the middle', async function () {
    this.timeout(300_000);
    panel = await PanelPage.open(stage);
    panel.page.setDefaultTimeout(120_000);
    await host.answer(panel.page);
    await panel.run(graphOf(SOURCE), { backend: 'wasm' });
    const { page } = panel;
    const badge = page.locator('header [data-weights]');
    const load = (): Promise<void> => page.getByRole('button', { name: 'Load weights…' }).first().click();

    host.pauseAfter(10);
    await load();
    await host.paused();
    await page.getByRole('button', { name: 'Stop reading' }).click();
    const problem = page.locator('.weights-problem');
    await problem.waitFor();
    host.resume();
    assert.match(await problem.innerText(), /Reading model\.json was stopped\. The weights are as they were\./);
    await panel.ran(2);
    assert.equal(await badge.getAttribute('data-weights'), 'fresh');

    await load();
    const report = page.locator('.weights-report');
    await report.waitFor();
    assert.match(await report.innerText(), /All 107 layers have their weights from model\.json\./);
    await panel.ran(3);
    assert.equal(await badge.innerText(), 'from model.json');
    assert.match((await page.locator('.scores').getAttribute('aria-label')) ?? '', new RegExp(`class ${WINNER}`));
    await panel.close();
    assert.deepEqual(panel.opened.complaints, []);
  });
});
