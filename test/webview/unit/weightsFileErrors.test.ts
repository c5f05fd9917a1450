import assert from 'node:assert/strict';
import type { Shard } from '../../../src/protocol/panelRequests';
import { readManifest } from '../../../webview/engine/weights/file/manifest';

const SHARD: Shard = { path: 'a.bin', bytes: 8 };
const weight = { name: 'd/kernel', shape: [2], dtype: 'float32' };

const withWeights = (weights: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths: ['a.bin'], weights }], ...more });

const withWeight = (change: object): string => withWeights([{ ...weight, ...change }]);

/** What a file says, and the sentence about it. */
const cases: readonly (readonly [what: string, text: string, sentence: string, shards?: readonly Shard[]])[] = [
  ['is cut off', withWeights([weight]).slice(0, -9), 'model.json is no JSON: it is cut off, or something else under this name.'],
  ['is empty', '', 'model.json is no JSON: it is cut off, or something else under this name.'],
  [
    'is something else',
    '{"name":"a-package","version":"1.0.0"}',
    'model.json is no model.json of TensorFlow.js: it has no weightsManifest.',
  ],
  ['is a list', '[1,2]', 'model.json is no model.json of TensorFlow.js: it has no weightsManifest.'],
  ['is null', 'null', 'model.json is no model.json of TensorFlow.js: it has no weightsManifest.'],
  [
    'is a graph model',
    JSON.stringify({ format: 'graph-model', weightsManifest: [] }),
    'model.json is a graph model (tf.loadGraphModel): its weights belong to ops, not to layers. Convert the model again with --output_format=tfjs_layers_model.',
  ],
  [
    'is a topology alone',
    JSON.stringify({ class_name: 'Sequential', config: [] }),
    'model.json describes a model without its weights: it has no weightsManifest.',
  ],
  ['has a manifest that is no list', '{"weightsManifest":{}}', 'The weightsManifest of model.json is {}, not a list.'],
  [
    'has a group that is none',
    '{"weightsManifest":[7]}',
    'Group 1 in the weightsManifest of model.json has no lists of paths and weights.',
  ],
  ['lists nothing', '{"weightsManifest":[{"paths":[],"weights":[]}]}', 'model.json lists no weights.'],
  [
    'lists a weight twice',
    withWeights([
      { ...weight, shape: [1] },
      { ...weight, shape: [1] },
    ]),
    'model.json lists the weight d/kernel twice.',
  ],
  ['lists a weight without a name', withWeight({ name: 3 }), 'model.json lists a weight whose name is 3.'],
  ['has no shape', withWeight({ shape: undefined }), 'The weight d/kernel of model.json has the shape nothing, which is no list of sizes.'],
  [
    'has NaN for a size',
    '{"weightsManifest":[{"paths":["a.bin"],"weights":[{"name":"d/kernel","dtype":"float32","shape":["NaN"]}]}]}',
    'The weight d/kernel of model.json has the shape ["NaN"], which is no list of sizes.',
  ],
  ['has a negative size', withWeight({ shape: [-2] }), 'The weight d/kernel of model.json has the shape [-2], which is no list of sizes.'],
  ['has half a size', withWeight({ shape: [1.5] }), 'The weight d/kernel of model.json has the shape [1.5], which is no list of sizes.'],
  [
    'has a size that overflows',
    withWeight({ shape: [9e15, 9e15] }),
    'The weight d/kernel of model.json has a size that no file can have: [9000000000000000, 9000000000000000].',
  ],
  [
    'has a type that no layer has',
    withWeight({ dtype: 'string' }),
    'The weight d/kernel of model.json is of type "string"; float32, int32 and bool can be read.',
  ],
  [
    'is quantized strangely',
    withWeight({ quantization: { dtype: 'int4' } }),
    'The weight d/kernel of model.json is quantized to "int4"; uint8, uint16 and float16 can be read.',
  ],
  [
    'is quantized without a scale',
    withWeight({ quantization: { dtype: 'uint8', min: 0 } }),
    'The weight d/kernel of model.json is quantized to uint8 without a scale and a min.',
  ],
  [
    'is quantized to halves of whole numbers',
    withWeight({ dtype: 'int32', quantization: { dtype: 'float16' } }),
    'The weight d/kernel of model.json is quantized to float16, but of type int32, not float32.',
  ],
  [
    'is quantized and of truth values',
    withWeight({ dtype: 'bool', quantization: { dtype: 'uint8', min: 0, scale: 1 } }),
    'The weight d/kernel of model.json is of type bool and quantized, which TensorFlow.js cannot read.',
  ],
  [
    'claims 40 GB',
    withWeight({ shape: [100_000, 100_000] }),
    'The weights that model.json lists take 40.0 GB, but its shard "a.bin" has 8 B. A file is cut off, or belongs to another model.',
  ],
  [
    'has a shard that is too short',
    withWeight({ shape: [3] }),
    'The weights that model.json lists take 12 B, but its shard "a.bin" has 8 B. A file is cut off, or belongs to another model.',
  ],
  [
    'has a shard that is cut by one byte',
    withWeight({ shape: [1_000_000] }),
    'The weights that model.json lists take 4,000,000 bytes, but its shard "a.bin" has 3,999,999 bytes. A file is cut off, or belongs to another model.',
    [{ path: 'a.bin', bytes: 3_999_999 }],
  ],
  [
    'has a shard that is too long',
    withWeight({ shape: [1] }),
    'The weights that model.json lists take 4 B, but its shard "a.bin" has 8 B. A file is cut off, or belongs to another model.',
  ],
  [
    'names a shard that is missing',
    withWeights([weight]),
    'The shard "a.bin" of model.json is missing.',
    [{ path: 'a.bin', bytes: 0, refused: 'is missing' }],
  ],
  ['names a shard that the host does not know', withWeights([weight]), 'The shard "a.bin" of model.json is missing.', []],
  [
    'names shards outside',
    JSON.stringify({ weightsManifest: [{ paths: ['../a', '../b'], weights: [weight] }] }),
    'The shard "../a" of model.json lies outside of the model\'s folder. One other cannot be read either.',
    ['../a', '../b'].map((path) => ({ path, bytes: 0, refused: "lies outside of the model's folder" })),
  ],
  [
    'names a number as a shard',
    '{"weightsManifest":[{"paths":[7],"weights":[]}]}',
    'The weightsManifest of model.json names 7 as a shard.',
  ],
];

describe('a weights file that is not what it should be', () => {
  for (const [what, text, sentence, shards = [SHARD]] of cases) {
    it(`is refused where it ${what}`, () => {
      assert.throws(() => readManifest('model.json', text, shards), { name: 'NotWeights', message: sentence });
    });
  }

  it('is none where all is well, a byte order mark included', () => {
    const { groups } = readManifest('model.json', `\uFEFF${withWeights([weight])}`, [SHARD]);
    assert.equal(groups[0]?.weights[0]?.bytes, 8);
  });
});
