import assert from 'node:assert/strict';
import type { LayerFit, WeightsReport } from '../../../webview/engine/contract/weights';
import { differenceText, fitText, isMixed, needText, reportText } from '../../../webview/views/weights/words';

const fit = (more: Partial<LayerFit> = {}): LayerFit => ({
  key: 'conv@1',
  layer: 'conv',
  outcome: 'taken',
  by: 'name',
  inFile: 'conv',
  weights: [{ name: 'kernel', inSource: [2, 3], inFile: [2, 3], strange: 0 }],
  ...more,
});
const report = (...layers: LayerFit[]): WeightsReport => ({ file: 'model.json', layers, extra: [], extras: 0, parameters: 6 });
const missing = fit({ outcome: 'missing', by: undefined, inFile: undefined });

describe('words about a weights file', () => {
  it('say how many layers have their weights from it, and how they were found', () => {
    assert.equal(reportText(report(fit(), fit())), 'All 2 layers have their weights from model.json.');
    assert.equal(reportText(report(fit(), missing)), '1 of 2 layers have their weights from model.json; one keeps the weights it had.');
    assert.equal(
      reportText(report(fit({ by: 'order' }), fit(), missing, missing)),
      '2 of 4 layers have their weights from model.json; 2 keep the weights they had. 1 of them were found by their order and shapes, not by name.',
    );
    assert.equal(reportText(report(missing)), 'No layer of this model fits model.json. The weights are as they were.');
    assert.deepEqual([report(fit()), report(missing), report(fit({ by: 'order' }))].map(isMixed), [false, true, true]);
  });

  it('say of a layer what became of it', () => {
    assert.equal(fitText(fit()), 'taken');
    assert.equal(fitText(fit({ by: 'order', inFile: 'conv2d_1' })), 'taken from conv2d_1, by order');
    assert.equal(fitText(missing), 'not in the file; keeps the weights it had');
    assert.equal(
      fitText(fit({ weights: [{ name: 'kernel', inSource: [2], inFile: [2], strange: 2 }] })),
      'taken; 2 values are NaN or infinite',
    );
    const kernel = { name: 'kernel', inSource: [3, 3, 1, 6], strange: 0 };
    assert.equal(differenceText({ ...kernel, inFile: [3, 3, 1, 4] }), 'kernel is [3, 3, 1, 6] in the source, [3, 3, 1, 4] in the file');
    assert.equal(differenceText({ ...kernel, inFile: undefined }), 'kernel [3, 3, 1, 6] is not in the file');
    assert.equal(differenceText({ ...kernel, inFile: [3, 3, 1, 6] }), undefined);
  });

  it('say what a large model takes', () => {
    const need = { parameters: 0, weights: 102.5e6, activations: 148e6, working: 0, largest: 0 };
    assert.equal(needText(need), 'It takes 103 MB weights + 148 MB activations.');
    assert.equal(needText({ ...need, weights: 1e6, activations: 1e6 }), undefined);
  });
});
