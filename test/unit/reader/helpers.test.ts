import assert from 'node:assert/strict';
import { HEAD, readSource } from '../../support/readSource';

/** The text of each helper up to its first brace, with the calls that made its layers. */
function helpersOf(source: string): Record<string, number | undefined> {
  const text = HEAD + source;
  const { sites } = readSource(text);
  return Object.fromEntries(
    sites.flatMap(({ helperSpan, helperCalls }) =>
      helperSpan ? [[text.slice(helperSpan.start, helperSpan.end).split(/[({]/, 1)[0]?.trim() ?? '', helperCalls]] : [],
    ),
  );
}

describe('the function around a site', () => {
  it('counts its calls, not the layers that a call makes', () => {
    const source = `
      function loop(units: number) {
        const layers = [];
        for (let i = 0; i < 3; i++) layers.push(tf.layers.dense({ units }));
        return layers;
      }
      tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [4] }), ...loop(2), ...loop(3)] });`;
    assert.deepEqual(helpersOf(source), { 'function loop': 2 });
  });

  it('counts every call of one line in a loop, and of one that a built-in calls back', () => {
    const source = `
      const block = (units: number) => tf.layers.dense({ units });
      function unit(units: number) { return tf.layers.dense({ units, inputShape: [4] }); }
      const model = tf.sequential();
      [1, 2, 3, 4].map(unit).forEach((layer, i) => { if (i === 0) model.add(layer); });
      for (let i = 1; i <= 5; i++) model.add(block(i));`;
    assert.deepEqual(helpersOf(source), { 'const block =': 5, 'function unit': 4 });
  });
});
