import assert from 'node:assert/strict';
import { optionsOf, windowOptions } from '../../../webview/state/options';
import { chain, input, layer } from '../support/graphs';

const texts = (className: string, options: Parameters<typeof windowOptions>[1]): string[] =>
  windowOptions(className, options).map(({ option, value, written }) => `${option} ${value}${written ? '' : ' (usual)'}`);

describe('options of a window', () => {
  it('are those of the source, and what holds where it is silent', () => {
    assert.deepEqual(texts('Conv2D', { filters: 6, kernelSize: [5, 5], padding: 'same' }), [
      'kernelSize 5',
      'strides 1 (usual)',
      'padding same',
    ]);
    assert.deepEqual(texts('Conv2D', { kernelSize: [3, 5], strides: 2, dilationRate: 2 }), [
      'kernelSize 3×5',
      'strides 2',
      'padding valid (usual)',
      'dilationRate 2',
    ]);
    assert.deepEqual(texts('MaxPooling2D', {}), ['poolSize 2 (usual)', 'strides poolSize (usual)', 'padding valid (usual)']);
    assert.deepEqual(texts('Conv2D', { kernelSize: { $unknown: 'size', reason: 'a parameter' } })[0], 'kernelSize ?');
    assert.deepEqual(texts('Dense', { units: 3 }), []);
  });

  it('are found in nested models, and are none for layers that the source does not make', () => {
    const site = layer('c', 'conv2d').site;
    const inner = chain('inner', [layer('c', 'conv2d', { kernelSize: 3 })]);
    const outer = chain('outer', [input(8, 8, 1), layer('inner', 'model', {}, { model: inner }), layer('c', 'conv2d', { kernelSize: 7 })]);
    assert.deepEqual(optionsOf(outer, { name: 'c', path: ['inner'], site }), { kernelSize: 3 });
    assert.deepEqual(optionsOf(outer, { name: 'c', path: [], site }), { kernelSize: 7 });
    assert.deepEqual(optionsOf(outer, { name: 'input', path: [], site: undefined }), {});
    assert.deepEqual(optionsOf(outer, { name: 'gone', path: ['gone'], site }), {});
  });
});
