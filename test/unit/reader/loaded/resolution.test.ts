import assert from 'node:assert/strict';
import { readFile } from '../../../../src/reader/read';
import { MemoryWorkspace } from '../../../support/memoryWorkspace';
import { HEAD, readSource } from '../../../support/readSource';

const model = (units: number): string =>
  JSON.stringify({
    modelTopology: { class_name: 'Sequential', config: [{ class_name: 'Dense', config: { units, batch_input_shape: [null, 4] } }] },
  });

/** What a program that loads from `source` shows of it: the totals and the place, or the reason why it has none. */
function loaded(source: string, files: { readonly [path: string]: string }, path = '/app/src/main.ts'): string {
  const text = `${HEAD}const model = await tf.loadLayersModel(${source});\ntf.layers.dense({ units: 1 }).apply(model.output);`;
  const reading = readSource({ ...files, [path]: text }, undefined, path);
  const [read] = reading.models;
  return read ? `${read.totalParams} ${read.readFrom ?? ''}` : (reading.sites[0]?.cases[0]?.unknown ?? 'no reason');
}

const REASON = /^its input is not known \(model\.output: tf\.loadLayersModel\(.*?\): (.*)\)$|^(.*)$/;
const why = (source: string, files: { readonly [path: string]: string } = {}): string => {
  const text = loaded(source, files);
  return REASON.exec(text)?.[1] ?? text;
};

describe('where a model is loaded from', () => {
  it('is found beside the file, in the folders above it, and in those that a site serves', () => {
    const places: readonly (readonly [source: string, at: string, shown: string])[] = [
      ["'model.json'", '/app/src/model.json', 'model.json'],
      ["'./nets/a/model.json'", '/app/src/nets/a/model.json', 'nets/a/model.json'],
      ["'../model.json'", '/app/model.json', '../model.json'],
      ["'file://./model/model.json'", '/app/model/model.json', '../model/model.json'],
      ["tf.io.fileSystem('./model/model.json')", '/app/model/model.json', '../model/model.json'],
      ["'/models/m/model.json?v=3'", '/app/public/models/m/model.json', '../public/models/m/model.json'],
      ["'models/m/model.json'", '/app/static/models/m/model.json', '../static/models/m/model.json'],
      ["'assets/model.json'", '/app/src/assets/model.json', 'assets/model.json'],
      ["'http://localhost:8080/m/model.json'", '/app/public/m/model.json', '../public/m/model.json'],
      ['`file://${__dirname}/nets/model.json`', '/app/src/nets/model.json', 'nets/model.json'],
      ["'file://' + __dirname + '/../nets/model.json'", '/app/nets/model.json', '../nets/model.json'],
      ["new URL('./nets/model.json', import.meta.url).href", '/app/src/nets/model.json', 'nets/model.json'],
    ];
    for (const [source, at, shown] of places) assert.equal(loaded(source, { [at]: model(3) }), `15 ${shown}`, source);
  });

  it('is joined as node joins it', () => {
    const text = `import path from 'path';\nimport { join } from 'node:path';\n${HEAD}
      const a = await tf.loadLayersModel('file://' + path.join(__dirname, '..', 'nets', 'model.json'));
      const b = await tf.loadLayersModel(tf.io.fileSystem(join(path.resolve('nets'), 'model.json')));`;
    const { models } = readSource({ '/app/nets/model.json': model(2), '/app/src/main.ts': text }, undefined, '/app/src/main.ts');
    assert.deepEqual(
      models.map((one) => one.totalParams),
      [10, 10],
    );
  });

  it('is not guessed where it is not there, or more than one file may be meant', () => {
    assert.equal(why("'./x/model.json'"), 'model.json is not in this workspace: x/model.json');
    assert.equal(
      why("'model.json'", { '/app/model.json': model(3), '/app/public/model.json': model(4) }),
      'several files may be meant: ../model.json, ../public/model.json',
    );
    assert.equal(why("'indexeddb://mine'"), 'a model that is kept in the browser (indexeddb) when the program runs');
    assert.equal(why("'https://example.org/model.json'"), 'a model that is loaded from example.org when the program runs');
    assert.equal(
      why('tf.io.browserFiles([file])'),
      'its address is not known (tf.io.browserFiles(…): files that the user picks when the program runs)',
    );
  });

  it('is said to have been looked at, whether it was there or not', () => {
    const text = `${HEAD}await tf.loadLayersModel('./x/model.json');`;
    const { touched } = readFile('/app/main.ts', new MemoryWorkspace({ '/app/main.ts': text }));
    for (const path of ['/app/x/model.json', '/app/public/x/model.json', '/x/model.json']) assert.ok(touched.includes(path), path);
    // A path that leads out of the file system names nothing.
    assert.doesNotThrow(() => readSource(`${HEAD}await tf.loadLayersModel('../../../../model.json');`));
  });

  it('may be data of the program: an imported topology, a handler of its own', () => {
    const topology = JSON.stringify((JSON.parse(model(3)) as { modelTopology: unknown }).modelTopology);
    const text = `${HEAD}import topology from './topology.json';\nimport artifacts from './artifacts.js';
      const a = await tf.models.modelFromJSON(topology);
      const b = await tf.loadLayersModel({ load: async () => artifacts });
      const c = await tf.models.modelFromJSON({ modelTopology: topology });
      export const d = async (json: object) => tf.models.modelFromJSON(json);`;
    const reading = readSource({
      '/main.ts': text,
      '/topology.json': topology,
      '/artifacts.js': `export default { modelTopology: ${topology}, weightData: new Uint8Array(4).buffer, weightSpecs: [] };`,
    });
    assert.deepEqual(
      reading.models.map((one) => one.totalParams),
      [15, 15, 15],
    );
    assert.deepEqual(reading.problems, []);
  });

  it('may be the address of a published model', () => {
    const address = "'https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json'";
    assert.equal(
      loaded(address, {}),
      '475544 the published model at https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json',
    );
    assert.match(why(address.replace('0.25', '0.33')), /a model that is loaded from storage\.googleapis\.com/);
  });
});
