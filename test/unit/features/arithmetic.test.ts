import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { PlainObject } from '../../../src/model/plain';
import type { Shape } from '../../../src/model/shape';
import { paramArithmetic } from '../../../src/features/paramArithmetic';
import { sizeArithmetic } from '../../../src/features/sizeArithmetic';
import { slide } from '../../../src/model/windows';

/** What TensorFlow.js itself makes of a layer on an input: the truth that the spelt-out sums must come to. */
function built(
  layer: tf.layers.Layer,
  ...inputs: Shape[]
): { className: string; config: PlainObject; input: Shape; output: Shape; params: number } {
  const symbols = inputs.map((shape) => tf.input({ batchShape: shape as number[] }));
  const output = layer.apply(symbols.length === 1 ? symbols[0]! : symbols) as tf.SymbolicTensor;
  return {
    className: layer.getClassName(),
    config: JSON.parse(JSON.stringify(layer.getConfig())) as PlainObject,
    input: (inputs.length === 1 ? inputs[0] : inputs) as Shape,
    output: output.shape,
    params: layer.countParams(),
  };
}

const sizes = (layer: tf.layers.Layer, ...inputs: Shape[]): readonly string[] => {
  const { className, config, input, output } = built(layer, ...inputs);
  return sizeArithmetic(className, config, input, output);
};

const params = (layer: tf.layers.Layer, input: Shape): string => {
  const result = built(layer, input);
  return paramArithmetic(result.className, result.config, result.input, result.params);
};

describe('size arithmetic', () => {
  const image = (size: number, channels: number): Shape => [null, size, size, channels];

  it('spells out convolutions', () => {
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 96, kernelSize: 11, strides: 4 }), image(227, 3)), [
      '(227 + 0 - 11)/4 + 1 = 55   (valid; every row is read)',
    ]);
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 2, kernelSize: 7, strides: 2, padding: 'same' }), image(224, 3)), [
      '(224 + 2 + 3 - 7)/2 + 1 = 112   (same; every row is read)',
    ]);
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 2, kernelSize: 5, padding: 'same' }), image(28, 1)), [
      '(28 + 2*2 - 5)/1 + 1 = 28   (same; every row is read)',
    ]);
  });

  it('rounds down where rows are left over, and counts them', () => {
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 2, kernelSize: 11, strides: 4 }), image(224, 3)), [
      '⌊(224 + 0 - 11)/4⌋ + 1 = 54   (valid; 1 row unread)',
    ]);
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 2, kernelSize: 1, strides: 3, padding: 'same' }), image(9, 3)), [
      '⌊(9 + 0 - 1)/3⌋ + 1 = 3   (same; 2 rows unread)',
    ]);
  });

  it('names the axes where they differ', () => {
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 2, kernelSize: [3, 5] }), [null, 28, 32, 3]), [
      'rows (28 + 0 - 3)/1 + 1 = 26   (valid; every row is read)',
      'columns (32 + 0 - 5)/1 + 1 = 28   (valid; every column is read)',
    ]);
  });

  it('counts the gaps of dilation', () => {
    assert.match(
      sizes(tf.layers.conv2d({ filters: 2, kernelSize: 3, dilationRate: 2 }), image(28, 1))[0]!,
      /^\(28 \+ 0 - 5\)\/1 \+ 1 = 24 /,
    );
  });

  it('knows pools, other ranks and other orders of axes', () => {
    assert.match(sizes(tf.layers.maxPooling2d({ poolSize: 3, strides: 2 }), image(55, 96))[0]!, /^\(55 \+ 0 - 3\)\/2 \+ 1 = 27 /);
    assert.match(sizes(tf.layers.averagePooling2d({ poolSize: 2 }), image(28, 6))[0]!, /^\(28 \+ 0 - 2\)\/2 \+ 1 = 14 /);
    assert.match(sizes(tf.layers.conv1d({ filters: 4, kernelSize: 3 }), [null, 10, 8])[0]!, /= 8 {3}\(valid; every step is read\)$/);
    assert.match(sizes(tf.layers.maxPooling1d({ poolSize: 2 }), [null, 10, 8])[0]!, /= 5 /);
    assert.match(sizes(tf.layers.conv3d({ filters: 4, kernelSize: 3 }), [null, 8, 8, 8, 2])[0]!, /= 6 {3}\(valid; every row is read\)$/);
    assert.match(sizes(tf.layers.conv2d({ filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }), [null, 3, 9, 9])[0]!, /= 7 /);
    assert.match(sizes(tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', strides: 2 }), image(112, 32))[0]!, /= 56 /);
    assert.match(sizes(tf.layers.separableConv2d({ filters: 8, kernelSize: 3 }), image(9, 4))[0]!, /= 7 /);
  });

  it('knows layers that enlarge, frame, flatten and join', () => {
    assert.deepEqual(sizes(tf.layers.upSampling2d({ size: [2, 2] }), image(14, 6)), ['14*2 = 28']);
    assert.deepEqual(sizes(tf.layers.conv2dTranspose({ filters: 2, kernelSize: 5, strides: 2 }), image(7, 4)), [
      '7*2 + max(5 - 2, 0) = 17   (valid)',
    ]);
    assert.deepEqual(sizes(tf.layers.conv2dTranspose({ filters: 2, kernelSize: 5, strides: 2, padding: 'same' }), image(7, 4)), [
      '7*2 = 14   (same)',
    ]);
    assert.deepEqual(sizes(tf.layers.zeroPadding2d({ padding: 3 }), image(224, 3)), ['224 + 3 + 3 = 230']);
    assert.deepEqual(
      sizes(
        tf.layers.zeroPadding2d({
          padding: [
            [1, 2],
            [0, 3],
          ],
        }),
        image(10, 3),
      ),
      ['rows 10 + 1 + 2 = 13', 'columns 10 + 0 + 3 = 13'],
    );
    assert.deepEqual(sizes(tf.layers.cropping2D({ cropping: 2 }), image(10, 3)), ['10 - 2 - 2 = 6']);
    assert.deepEqual(sizes(tf.layers.flatten(), image(7, 512)), ['7*7*512 = 25,088']);
    assert.deepEqual(sizes(tf.layers.concatenate(), image(28, 64), image(28, 128), image(28, 32)), ['64 + 128 + 32 = 224   (axis 3)']);
  });

  it('says nothing where nothing is to be said, or the sum does not come out', () => {
    assert.deepEqual(sizes(tf.layers.dense({ units: 4 }), [null, 8]), []);
    assert.deepEqual(sizes(tf.layers.conv2d({ filters: 4, kernelSize: 3 }), [null, null, null, 3]), []);
    const { className, config, input } = built(tf.layers.conv2d({ filters: 4, kernelSize: 3 }), image(9, 3));
    assert.deepEqual(sizeArithmetic(className, config, input, [null, 8, 8, 4]), []);
    assert.deepEqual(sizeArithmetic('__proto__', config, input, [null, 7, 7, 4]), []);
    assert.deepEqual(sizeArithmetic('constructor', config, input, [null, 7, 7, 4]), []);
  });

  it('slides as TensorFlow.js does, whatever the numbers', () => {
    const number = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
    fc.assert(
      fc.property(number(60), number(9), number(5), fc.constantFrom('valid' as const, 'same' as const), (size, kernel, stride, padding) => {
        fc.pre(padding === 'same' || kernel <= size);
        const layer = tf.layers.conv2d({ filters: 1, kernelSize: kernel, strides: stride, padding });
        const [, out] = layer.computeOutputShape([null, size, size, 1]) as number[];
        const result = slide({ size, kernel, stride, dilation: 1, padding })!;
        assert.equal(result.out, out);
        // The last window ends where the elements that it leaves unread begin.
        assert.equal((result.out - 1) * stride + result.extent + result.unread, size + result.before + result.after);
      }),
    );
  });
});

describe('parameter arithmetic', () => {
  const shape: Shape = [null, 28, 28, 3];

  it('spells out what TensorFlow.js counts', () => {
    assert.equal(params(tf.layers.conv2d({ filters: 96, kernelSize: 11 }), shape), '11*11*3*96 + 96 = 34,944');
    assert.equal(params(tf.layers.conv2d({ filters: 8, kernelSize: [3, 5], useBias: false }), shape), '3*5*3*8 = 360');
    assert.equal(params(tf.layers.conv1d({ filters: 8, kernelSize: 3 }), [null, 10, 4]), '3*4*8 + 8 = 104');
    assert.equal(params(tf.layers.conv3d({ filters: 8, kernelSize: 3 }), [null, 8, 8, 8, 4]), '3*3*3*4*8 + 8 = 872');
    assert.equal(params(tf.layers.conv2dTranspose({ filters: 8, kernelSize: 3 }), shape), '3*3*3*8 + 8 = 224');
    assert.equal(params(tf.layers.depthwiseConv2d({ kernelSize: 3 }), shape), '3*3*3 + 3 = 30');
    assert.equal(params(tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }), shape), '3*3*3*2 + 3*2 = 60');
    assert.equal(params(tf.layers.separableConv2d({ filters: 8, kernelSize: 3 }), shape), '3*3*3*1 + 3*1*8 + 8 = 59');
    assert.equal(params(tf.layers.dense({ units: 10 }), [null, 84]), '84*10 + 10 = 850');
    assert.equal(params(tf.layers.batchNormalization(), shape), '4*3 = 12');
    assert.equal(params(tf.layers.batchNormalization({ scale: false }), shape), '3*3 = 9');
    assert.equal(params(tf.layers.layerNormalization(), [null, 16]), '2*16 = 32');
    assert.equal(params(tf.layers.embedding({ inputDim: 100, outputDim: 8 }), [null, 5]), '100*8 = 800');
    assert.equal(params(tf.layers.simpleRNN({ units: 8 }), [null, 5, 4]), '4*8 + 8*8 + 8 = 104');
    assert.equal(params(tf.layers.gru({ units: 8 }), [null, 5, 4]), '3*(4*8 + 8*8 + 8) = 312');
    assert.equal(params(tf.layers.lstm({ units: 8 }), [null, 5, 4]), '4*(4*8 + 8*8 + 8) = 416');
  });

  it('gives the bare count for what it cannot spell out', () => {
    assert.equal(params(tf.layers.prelu(), [null, 1000]), '1,000');
    const { config } = built(tf.layers.dense({ units: 10 }), [null, 84]);
    assert.equal(paramArithmetic('Dense', config, [null, 84], 851), '851');
    assert.equal(paramArithmetic('Dense', config, undefined, 850), '850');
    assert.equal(paramArithmetic('constructor', config, [null, 84], 850), '850');
  });

  it('keeps the names of what is not known', () => {
    const config = { units: { $unknown: 'numClasses', reason: 'parameter' }, useBias: true };
    assert.equal(paramArithmetic('Dense', config, [null, 84], '85*numClasses'), '84*numClasses + numClasses = 85*numClasses');
    assert.equal(
      paramArithmetic('Dense', config, [null, 'n + 1'], 'n*numClasses + 2*numClasses'),
      '(n + 1)*numClasses + numClasses = n*numClasses + 2*numClasses',
    );
    assert.equal(paramArithmetic('Dense', config, [null, '2*n'], '2*n*numClasses + numClasses'), '2*n*numClasses + numClasses');
    assert.equal(paramArithmetic('Dense', config, [null, 84], '84*numClasses'), '84*numClasses');
    assert.equal(paramArithmetic('Dense', config, [null, 84], '?'), '?');
  });
});
