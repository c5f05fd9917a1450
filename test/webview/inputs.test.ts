import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { deflateSync } from 'node:zlib';
import type { ModelGraph, TensorRef } from '../../src/model/graph';
import { Stage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { modelOf, PanelPage, settings } from './support/panelPage';
import { compare, outputsOf, shippedDigit, shippedLenet } from './support/reference';

/** A PNG of RGBA pixels, row by row. */
const png = (width: number, height: number, data: readonly number[]): Buffer => {
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    check.writeUInt32BE(crc(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: data.length === 0 ? 0 : height }, (_, y) => [0, ...data.slice(y * width * 4, (y + 1) * width * 4)]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const crc = (bytes: Buffer): number => {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let k = 0; k < 8; k++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
};

/** Left half one colour, right half another. */
const halves = (side: number, left: readonly number[], right: readonly number[]): number[] =>
  Array.from({ length: side * side }, (_, k) => (k % side < side / 2 ? left : right)).flat();

const RED_BLUE = png(4, 4, halves(4, [255, 0, 0, 255], [0, 0, 255, 255]));

const ref = (node: number): TensorRef => ({ node, index: 0 });

describe('the inputs of the panel in Chromium', () => {
  let stage: Stage;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(async () => {
    const { complaints } = panel.opened;
    await panel.close();
    assert.deepEqual(complaints, []);
  });

  const text = (): Promise<string> => panel.page.locator('.input-text').first().innerText();
  const button = (name: string): Locator => panel.page.getByRole('button', { name, exact: true });

  /** Waits until a softmax over these values is what the model's bars tell. */
  const gives = async (values: readonly number[]): Promise<void> => {
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    const wanted = values.map((value) => Math.round((100 * Math.exp(value)) / sum));
    const titles = await panel.page.locator('.column').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('title') ?? ''));
    const parts = titles.map((title) => Math.round(Number(/: >?([\d.]+) %/.exec(title)?.[1])));
    assert.deepEqual(parts, wanted);
  };

  /** What is fed in, averaged for each channel: the model is a global pool. */
  const pooled = (channels: number) =>
    chain('pooled', [
      input(8, 8, channels),
      layer('pool', 'globalAveragePooling2d', {}),
      layer('parts', 'activation', { activation: 'softmax' }),
    ]);

  const drop = async (name: string, type: string, bytes: Buffer, how: 'drop' | 'paste'): Promise<void> =>
    panel.page.evaluate(
      ({ name, type, base64, how }) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
        const options = { bubbles: true, cancelable: true } as const;
        const event =
          how === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: data })
            : new ClipboardEvent('paste', { ...options, clipboardData: data });
        document.querySelector('main')?.dispatchEvent(event);
      },
      { name, type, base64: bytes.toString('base64'), how },
    );

  it('takes a picture from a file, a drop and the clipboard, and says how it becomes values', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(pooled(3), { backend: 'cpu' });
    await panel.page.locator('input[type="file"]').setInputFiles({ name: 'halves.png', mimeType: 'image/png', buffer: RED_BLUE });
    await panel.ran(2);
    assert.equal(await text(), 'Input halves.png · 8×8×3 · 0 to 1');
    await gives([0.5, 0, 0.5]);
    await panel.page.getByRole('combobox', { name: 'Range of values' }).selectOption('-1-1');
    await panel.ran(3);
    await gives([0, -1, 0]);
    await drop('green.png', 'image/png', png(2, 2, halves(2, [0, 255, 0, 255], [0, 255, 0, 255])), 'drop');
    await panel.ran(4);
    assert.equal(await text(), 'Input green.png · 8×8×3 · −1 to 1');
    await gives([-1, 1, -1]);
    await drop('', 'image/png', RED_BLUE, 'paste');
    await panel.ran(5);
    await gives([0, -1, 0]);
    await panel.page.getByRole('checkbox', { name: 'inverted' }).check();
    await panel.ran(6);
    await gives([0, 1, 0]);
  });

  it('refuses what is no picture, is damaged or is too large, in one sentence, and keeps what it shows', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(pooled(3), { backend: 'cpu' });
    const before = await text();
    const file = panel.page.locator('input[type="file"]');
    const refusal = panel.page.locator('.refusal');
    await file.setInputFiles({ name: 'huge.png', mimeType: 'image/png', buffer: png(20_000, 20_000, []) });
    await refusal.waitFor();
    assert.match(await refusal.innerText(), /^huge\.png is 20,000 × 20,000 pixels, 400 megapixels;/);
    await file.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await panel.page.getByText('notes.png is not a picture that can be read here.').waitFor();
    await file.setInputFiles({ name: 'half.png', mimeType: 'image/png', buffer: RED_BLUE.subarray(0, 40) });
    await panel.page.getByText('half.png cannot be decoded; the file may be damaged.').waitFor();
    assert.equal(await text(), before);
    assert.equal((await panel.sent()).filter(({ type }) => type === 'ran').length, 1);
    await button('Zeros').click();
    await panel.ran(2);
    assert.equal(await refusal.count(), 0);
  });

  it('has a pad that is drawn on with the pointer and with keys, and runs what is drawn', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet(), { backend: 'cpu' });
    await button('Draw').click();
    await panel.ran(2);
    const pad = panel.page.locator('.pad canvas');
    const box = await pad.boundingBox();
    assert.ok(box);
    const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await panel.page.mouse.move(...at(0.55, 0.2));
    await panel.page.mouse.down();
    for (const y of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) await panel.page.mouse.move(...at(0.55, y));
    await panel.page.mouse.up();
    // A stroke down the middle is a one.
    await panel.page.locator('.verdict[data-class="1"]').waitFor();
    await button('Clear').click();
    const ink = (): Promise<number> =>
      pad.evaluate((canvas) => {
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 32, 32) ?? { data: [] };
        return Array.from(data).filter((value, k) => k % 4 === 0 && value > 128).length;
      });
    assert.equal(await ink(), 0);
    await pad.focus();
    for (const key of ['ArrowUp', ' ', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await panel.page.keyboard.press(key);
    const drawn = await ink();
    assert.ok(drawn > 6 && drawn < 40, String(drawn));
    await panel.page.keyboard.press(' ');
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await ink(), drawn);
    await panel.page.locator('[data-phase="ready"]').waitFor();
    assert.match(await text(), /drawing · 32×32×1/);
  });

  it('remembers the choice when the panel comes back, and says that a picture must be chosen again', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet(), { backend: 'cpu' });
    await panel.page.locator('input[type="file"]').setInputFiles({ name: 'halves.png', mimeType: 'image/png', buffer: RED_BLUE });
    await panel.ran(2);
    await panel.page.reload();
    await panel.ready();
    await panel.run(lenet(), { backend: 'cpu' });
    assert.equal(await text(), 'Input digit 7 · 32×32×1 · 0-1 (picture, choose again)');
    await button('Zeros').click();
    await panel.ran(2);
    await panel.page.reload();
    await panel.ready();
    await panel.run(lenet(), { backend: 'cpu' });
    assert.equal(await text(), 'Input zeros · 32×32×1');
  });

  it('takes typed values, for each of several inputs', async () => {
    const graph = chain('typed', [input(3), layer('parts', 'activation', { activation: 'softmax' })]);
    panel = await PanelPage.open(stage);
    await panel.run(graph, { backend: 'cpu' });
    await button('Type values').click();
    const field = panel.page.getByRole('textbox');
    await field.fill('1, 2');
    await panel.page.getByText('This input takes 3 values; 2 are here.').waitFor();
    await field.fill('1, 2, 3');
    await field.press('Enter');
    await panel.ran(2);
    await gives([1, 2, 3]);
  });

  for (const backend of ['cpu', 'webgl', 'webgpu'] as const) {
    it(`runs a batch on ${backend}, and shows the example that is chosen`, async () => {
      panel = await PanelPage.open(stage);
      await panel.run(lenet(), { backend });
      await panel.page.getByRole('combobox', { name: 'Examples in the batch' }).selectOption('4');
      await panel.ran(2);
      await panel.page.locator('.verdict[data-class="7"]').waitFor();
      await panel.page.getByRole('combobox', { name: 'Example that is shown' }).selectOption({ label: 'digit 9' });
      await panel.ran(3);
      await panel.page.locator('.verdict[data-class="9"]').waitFor();
      const outputs = outputsOf(shippedLenet(), shippedDigit(9));
      for (const name of ['c1', 'f6']) {
        await panel.select(name);
        const tiles = await panel.tiles();
        // The third example of the batch lies where the one of the reference begins.
        const { worst } = compare({ ...tiles, layout: { ...tiles.layout, offset: 0 } }, outputs.get(name) ?? new Float32Array());
        assert.ok(worst <= 2, `${name}: ${worst} of 255 off`);
      }
    });
  }

  it('feeds several inputs, each with what was chosen for it', async () => {
    panel = await PanelPage.open(stage);
    const named = (name: string) => ({ ...input(3), name });
    const graph: ModelGraph = {
      name: 'two',
      kind: 'functional',
      layers: [named('left'), named('right'), layer('sum', 'add', {}), layer('parts', 'activation', { activation: 'softmax' })],
      nodes: [
        { layer: 0, inputs: [] },
        { layer: 1, inputs: [] },
        { layer: 2, inputs: [ref(0), ref(1)] },
        { layer: 3, inputs: [ref(2)] },
      ],
      inputs: [ref(0), ref(1)],
      outputs: [ref(3)],
    };
    await panel.run(graph, { backend: 'cpu' });
    const right = panel.page.getByRole('group', { name: 'Input right' });
    await right.getByRole('button', { name: 'Type values' }).click();
    await right.getByRole('textbox').fill('3 1 0');
    await right.getByRole('textbox').press('Enter');
    await panel.ran(2);
    await panel.page.getByRole('group', { name: 'Input left' }).getByRole('button', { name: 'Zeros' }).click();
    await panel.ran(3);
    await gives([3, 1, 0]);
  });

  it('shows sizes that the source leaves open, and runs with others', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(chain('open', [input(null, null, 3), layer('pool', 'maxPooling2d', { poolSize: 2 })]), { backend: 'cpu' });
    assert.match(await text(), /224×224×3/);
    const width = panel.page.getByRole('textbox', { name: /^Width/ });
    await width.fill('64');
    await width.press('Enter');
    await panel.ran(2);
    assert.match(await text(), /224×64×3/);
    await panel.page.getByRole('textbox', { name: /^Height/ }).fill('a lot');
    await panel.page.getByRole('textbox', { name: /^Height/ }).press('Enter');
    assert.equal(await panel.page.getByRole('textbox', { name: /^Height/ }).inputValue(), '224');
  });

  it('shows what the source leaves open in its header, and has the host ask again', async () => {
    panel = await PanelPage.open(stage);
    const leftOpen = [
      { name: 'numClasses', reason: 'parameter of create', isSize: true },
      { name: 'rate', reason: 'parameter of create', isSize: false },
    ];
    const model = { ...modelOf(lenet()), leftOpen, given: [{ name: 'numClasses', value: 10 }] };
    await panel.tell({ type: 'show', model, settings: { ...settings, backend: 'cpu' } });
    await panel.ran(1);
    await button('rate = ?').waitFor();
    await button('numClasses = 10').click();
    assert.deepEqual((await panel.sent()).at(-1), { type: 'ask', name: 'numClasses' });
  });
});
