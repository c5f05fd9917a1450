import assert from 'node:assert/strict';
import { HEAD, readSource } from '../../../support/readSource';
import type { Reading } from '../../../../src/model/reading';

const PROGRAM = `${HEAD}const model = await tf.loadLayersModel('model.json');
const head = tf.layers.dense({ units: 2 }).apply(model.output);`;

const load = (text: string): Reading => readSource({ '/main.ts': PROGRAM, '/model.json': text });

const messages = (reading: Reading): readonly string[] => reading.problems.map(({ message }) => message);

const dense = (name: string, from?: readonly unknown[]): object => ({
  class_name: 'Dense',
  name,
  config: { units: 3, name, ...(from ? {} : { batch_input_shape: [null, 4] }) },
  inbound_nodes: from ?? [],
});

const input = { class_name: 'InputLayer', name: 'in', config: { batch_input_shape: [null, 4], name: 'in' }, inbound_nodes: [] };

const graph = (layers: readonly object[], more: object = {}): object => ({
  class_name: 'Model',
  config: { name: 'm', layers, input_layers: [['in', 0, 0]], output_layers: [['out', 0, 0]], ...more },
});

const saved = (topology: unknown): string => JSON.stringify({ modelTopology: topology, format: 'layers-model', weightsManifest: [] });

const good = graph([input, dense('mid', [[['in', 0, 0, {}]]]), dense('out', [[['mid', 0, 0, {}]]])]);

/** Every value of a JSON tree replaced in turn. */
function* mutants(value: unknown, replacement: unknown): Generator<unknown> {
  yield replacement;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    for (const inner of mutants((value as Record<string, unknown>)[key], replacement)) {
      const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
      copy[key] = inner;
      yield copy;
    }
  }
}

const nestedTo = (depth: number): object => {
  let model: object = { class_name: 'Sequential', config: { layers: [dense('d')] } };
  for (let i = 0; i < depth; i++) model = { class_name: 'Sequential', config: { layers: [model] } };
  return model;
};

describe('a file that is no good model', () => {
  it('is read where it is good', () => {
    const reading = load(saved(good));
    assert.deepEqual(messages(reading), []);
    assert.equal(reading.models[0]?.totalParams, 27);
    assert.equal(reading.models[0]?.readFrom, 'model.json');
    assert.equal(reading.sites[0]?.cases[0]?.params, 8);
  });

  it('says so when it is cut off, wherever that is', () => {
    const text = saved(good);
    for (let length = 0; length < text.length; length++) {
      assert.deepEqual(messages(load(text.slice(0, length))), [
        'model.json cannot be loaded: it is no JSON: it is cut off, or something else under this name',
      ]);
    }
  });

  it('never stops the reading, whatever stands in it in place of what should', () => {
    const replacements = [null, 0, -1, 1e308, '', 'in', '__proto__', [], {}, [[[['in', 0, 0]]]], { class_name: 'Dense' }, 'constructor'];
    for (const replacement of replacements) {
      for (const topology of mutants(good, replacement)) {
        const reading = load(saved(topology));
        assert.deepEqual(reading.limits, []);
        assert.equal(reading.sites.length, 1);
        const [head] = reading.sites[0]?.cases ?? [];
        // Known, or unknown with a reason; where TensorFlow.js or the reader refuse the file outright, a message as well.
        assert.ok(head && (head.params !== undefined || (head.unknown ?? '') !== ''), JSON.stringify(topology));
        if (reading.models.length === 0) assert.equal(reading.problems.length, 1, JSON.stringify(topology));
      }
    }
  });

  it('is told apart by what is wrong with it', () => {
    const expected: readonly (readonly [unknown, RegExp])[] = [
      [
        { format: 'graph-model', modelTopology: { node: [] } },
        /a TensorFlow graph model, which has no layers: tf\.loadGraphModel loads it/,
      ],
      [{ modelTopology: { node: [], library: {} } }, /a TensorFlow graph model/],
      [{ weightsManifest: [] }, /it holds no modelTopology/],
      [{ modelTopology: dense('d') }, /it describes a dense, which is no model/],
      [{ modelTopology: { class_name: 'Sequential', config: { layers: 5 } } }, /the layers of a model are 5/],
      [
        { modelTopology: graph([input, dense('out', [[['nowhere', 0, 0]]])]) },
        /it takes the output of a layer "nowhere" that it does not have/,
      ],
      [
        { modelTopology: graph([input, dense('out', [[['mid', 0, 0]]]), dense('mid', [[['out', 0, 0]]])]) },
        /layers of it wait for one another/,
      ],
      [
        { modelTopology: graph([input, dense('out', [['in', 0, 0, {}]])]) },
        /its wiring is spelt in a way that TensorFlow\.js does not read/,
      ],
      [{ modelTopology: graph([input, input]) }, /two layers of it are called in/],
      [{ modelTopology: nestedTo(50) }, /layers are inside one another more than 20 deep|it nests more than 60 deep/],
      [{ modelTopology: graph(Array.from({ length: 5000 }, () => input)) }, /more than the 3000 layers/],
    ];
    for (const [file, message] of expected) assert.match(messages(load(JSON.stringify(file)))[0] ?? '', message);
    // Each of these takes what the one after it gives, and so only one is found in each pass.
    const calls = Array.from({ length: 3000 }, (_, i) => [[i === 2999 ? 'in' : `d${i + 1}`, 0, 0]]);
    const backwards = calls.map((call, i) => ({
      class_name: 'Concatenate',
      name: `d${i}`,
      config: { name: `d${i}` },
      inbound_nodes: [[...call, ...Array.from({ length: 9 }, () => ['in', 0, 0])]],
    }));
    assert.match(messages(load(saved(graph([input, ...backwards.slice(1)]))))[0] ?? '', /takes too long to follow/);
    assert.match(messages(load('['.repeat(1_000_000)))[0] ?? '', /it is no JSON|it nests too deeply/);
    assert.match(messages(load(`{"modelTopology":${'{"config":'.repeat(20_000)}1${'}'.repeat(20_000)}}`))[0] ?? '', /nests/);
  });

  it('is refused in the words of TensorFlow.js where its layers are', () => {
    const wrong = {
      class_name: 'Conv2D',
      name: 'out',
      config: { name: 'out', filters: 2, kernel_size: 3 },
      inbound_nodes: [[['in', 0, 0, {}]]],
    };
    assert.match(messages(load(saved(graph([input, wrong]))))[0] ?? '', /expected ndim=4, found ndim=2/);
    const huge = { class_name: 'Dense', config: { units: 1e10, name: 'd', batch_input_shape: [null, 1e10] } };
    assert.equal(load(saved({ class_name: 'Sequential', config: [huge] })).models[0]?.totalParams, 1e20 + 1e10);
  });

  it('has no layer of a class that no one registers', () => {
    const foreign = { class_name: 'Lambda', name: 'out', config: { name: 'out' }, inbound_nodes: [[['in', 0, 0, {}]]] };
    const reading = load(saved(graph([input, foreign])));
    assert.equal(reading.sites[0]?.cases[0]?.unknown, 'no class called Lambda is registered in a file that is read');
    assert.equal(reading.models[0]?.totalParams, '?');
  });
});
