import assert from 'node:assert/strict';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

const TOPOLOGY = JSON.stringify({
  modelTopology: {
    class_name: 'Sequential',
    config: [{ class_name: 'Dense', config: { name: 'd', units: 3, batch_input_shape: [null, 4] } }],
  },
});

describe('the call that loads a model', () => {
  it('shows the model and where it was read from', () => {
    const source = `${HEAD}const net = await tf.loadLayersModel('nets/model.json');`;
    const shown = hoverAt(readSource({ '/main.ts': source, '/nets/model.json': TOPOLOGY }), source, source.indexOf('loadLayersModel') + 2);
    assert.match(
      shown?.markdown ?? '',
      /Sequential net {3}\[null, 4\] → \[null, 3\]\nlayers {2}1: 1 Dense\nparams {2}15 {4}trainable\n(.*\n)*from {4}nets\/model\.json/,
    );
  });

  it('names the published model', () => {
    const address = 'https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json';
    const source = `${HEAD}const net = await tf.loadLayersModel('${address}');`;
    const shown = hoverAt(readSource(source), source, source.indexOf('loadLayersModel') + 2);
    assert.ok(shown?.markdown.includes(`from    the published model at ${address}`), shown?.markdown);
  });
});
