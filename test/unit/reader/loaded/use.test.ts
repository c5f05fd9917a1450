import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { check, HEAD, readSource } from '../../../support/readSource';
import { describeReal, runProgram } from '../../../support/realProgram';

/** A small net with a name for each layer, as it is saved. */
const TOPOLOGY = `export const topology: any = { class_name: 'Model', config: { name: 'base', layers: [
  { class_name: 'InputLayer', name: 'image', config: { batch_input_shape: [null, 8, 8, 3], name: 'image' }, inbound_nodes: [] },
  { class_name: 'Conv2D', name: 'conv', config: { name: 'conv', filters: 4, kernel_size: [3, 3] }, inbound_nodes: [[['image', 0, 0, {}]]] },
  { class_name: 'BatchNormalization', name: 'bn', config: { name: 'bn' }, inbound_nodes: [[['conv', 0, 0, {}]]] },
  { class_name: 'Flatten', name: 'flat', config: { name: 'flat' }, inbound_nodes: [[['bn', 0, 0, {}]]] },
  { class_name: 'Dense', name: 'out', config: { name: 'out', units: 5 }, inbound_nodes: [[['flat', 0, 0, {}]]] },
], input_layers: [['image', 0, 0]], output_layers: [['out', 0, 0]] } };
export const stack: any = { class_name: 'Sequential', config: { name: 'stack', layers: [
  { class_name: 'Dense', config: { name: 'first', units: 6, batch_input_shape: [null, 4] } },
  { class_name: 'Dense', config: { name: 'second', units: 3 } },
] } };\n`;

/** What programs do with a model that they have loaded. */
const PROGRAMS: { readonly [what: string]: string } = {
  'cut it off at a layer and put a head on': `
    const bn = base.getLayer('bn');
    const cut = tf.model({ inputs: base.inputs, outputs: bn.output as tf.SymbolicTensor });
    const x = tf.layers.globalAveragePooling2d({}).apply(cut.outputs[0]) as tf.SymbolicTensor;
    return tf.model({ inputs: cut.inputs, outputs: tf.layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor });`,
  'add it to a stack': `
    const head = tf.sequential();
    head.add(base);
    head.add(tf.layers.dense({ units: 2 }));
    return head;`,
  'freeze it whole and add it': `
    base.trainable = false;
    const head = tf.sequential();
    head.add(base);
    head.add(tf.layers.dense({ units: 2 }));
    return head;`,
  'freeze its layers': `
    for (const layer of base.layers) layer.trainable = layer.name === 'out';
    return base;`,
  'count its layers from the end': `
    const layer = base.layers[base.layers.length - 3];
    return tf.model({ inputs: base.inputs, outputs: layer.output as tf.SymbolicTensor });`,
  'ask for its layers by number where it has branches': `
    const x = tf.input({ shape: [8] });
    const side = tf.layers.dense({ units: 4, name: 'side' }).apply(x) as tf.SymbolicTensor;
    const long = tf.layers.dense({ units: 3 }).apply(tf.layers.dense({ units: 2 }).apply(x)) as tf.SymbolicTensor;
    const branched = tf.model({ inputs: x, outputs: tf.layers.concatenate().apply([side, long]) as tf.SymbolicTensor });
    return tf.model({ inputs: x, outputs: branched.layers[2].output as tf.SymbolicTensor });`,
  'take the last layers off a stack and add others': `
    small.pop();
    small.add(tf.layers.dense({ units: small.layers.length + 7 }));
    return small;`,
  'apply it twice': `
    const a = tf.input({ shape: [8, 8, 3] });
    const b = tf.input({ shape: [8, 8, 3] });
    const both = tf.layers.concatenate().apply([base.apply(a) as tf.SymbolicTensor, base.apply(b) as tf.SymbolicTensor]);
    return tf.model({ inputs: [a, b], outputs: tf.layers.dense({ units: 1 }).apply(both) as tf.SymbolicTensor });`,
  'make a head of its output shape': `
    const head = tf.sequential({ layers: [
      tf.layers.flatten({ inputShape: base.getLayer('conv').outputShape.slice(1) as number[] }),
      tf.layers.dense({ units: base.outputs[0].shape[1] as number }),
    ] });
    return head;`,
};

const program = (body: string): string => `${HEAD}import { topology, stack } from './topology';
export async function create(): Promise<tf.LayersModel> {
  const base = await tf.models.modelFromJSON(topology);
  const small = await tf.models.modelFromJSON(stack) as tf.Sequential;
  ${body}
}`;

describe('what programs do with a model that they have loaded', () => {
  for (const [what, body] of Object.entries(PROGRAMS)) {
    it(what, async () => {
      const files = { '/main.ts': program(body), '/topology.ts': TOPOLOGY };
      const create = runProgram(files, '/main.ts')['create'] as () => Promise<tf.LayersModel>;
      const real = describeReal(await create());
      const reading = readSource(files);
      assert.deepEqual(reading.problems, []);
      const found = reading.models.find(
        (model) => model.totalParams === real.totalParams && model.trainableParams === real.trainableParams,
      );
      assert.ok(found, JSON.stringify([real, reading.models.map(({ totalParams, trainableParams }) => [totalParams, trainableParams])]));
      const last = real.layers.at(-1);
      assert.deepEqual(found.outputShapes, [last?.outputShape]);
    });
  }

  it('shows the sites of the head, and the model at the call that loads it', () => {
    const reading = check(
      `const base = await tf.loadLayersModel('net/model.json');
      const cut = tf.model({ inputs: base.inputs, outputs: base.getLayer('bn').output });
      const x = tf.layers.flatten().apply(cut.outputs[0]);
      //                  ^ [null, 144] 0
      tf.layers.dense({ units: 10 }).apply(x);
      //        ^ [null, 10] 1450
      `,
      { '/net/model.json': JSON.stringify({ modelTopology: jsonOf('topology') }) },
    );
    const [base] = reading.models;
    assert.deepEqual([base?.title, base?.totalParams, base?.graph.layers.length, base?.readFrom], ['base', 853, 5, 'net/model.json']);
    assert.equal(reading.path.slice(0), '/main.ts');
  });

  it('is still there in another handler, when what loads it is called last and a handler before it never ends', () => {
    check(
      `let cut: tf.LayersModel;
      let running = false;
      async function load() {
        const base = await tf.loadLayersModel('net/model.json');
        return tf.model({ inputs: base.inputs, outputs: base.getLayer('bn').output as tf.SymbolicTensor });
      }
      function train() {
        return tf.sequential({ layers: [
          tf.layers.flatten({ inputShape: cut.outputs[0].shape.slice(1) }),
          //        ^ [null, 144] 0
          tf.layers.dense({ units: 10 }),
          //        ^ [null, 10] 1450
        ] });
      }
      document.getElementById('train').addEventListener('click', () => { train(); });
      document.getElementById('run').addEventListener('click', async () => {
        running = true;
        while (running) { await tf.nextFrame(); for (let i = 0; i < 1000; i++) Math.sqrt(i * i + 1); }
      });
      async function init() { cut = await load(); }
      init();
      `,
      { '/net/model.json': JSON.stringify({ modelTopology: jsonOf('topology') }) },
    );
  });

  it('is still there in another handler, when a handler loads it; a name with a value of its own before may have that one', () => {
    check(
      `let base: tf.LayersModel;
      let units = 5;
      async function load() {
        base = await tf.loadLayersModel('net/model.json');
        base = tf.model({ inputs: base.inputs, outputs: base.getLayer('bn').output as tf.SymbolicTensor });
        units = 7;
      }
      function train() {
        tf.sequential({ layers: [
          tf.layers.flatten({ inputShape: base.outputs[0].shape.slice(1) }),
          //        ^ [null, 144] 0
          tf.layers.dense({ units }),
          //        ^ [null, units] 145*units
        ] });
      }
      window.addEventListener('load', load);
      document.querySelector('#train').addEventListener('click', train);
      `,
      { '/net/model.json': JSON.stringify({ modelTopology: jsonOf('topology') }) },
    );
  });

  it('uses the classes of the source that are registered', () => {
    check(
      `class Twice extends tf.layers.Layer {
        static className = 'Twice';
        constructor(private config: { axis: number }) { super(config as object); }
        computeOutputShape(shape: number[]) { const out = [...shape]; out[this.config.axis] *= 2; return out; }
      }
      tf.serialization.registerClass(Twice);
      const model = await tf.loadLayersModel('model.json');
      tf.layers.dense({ units: 2 }).apply(model.output);
      //        ^ [null, 2] 18
      `,
      {
        '/model.json': JSON.stringify({
          modelTopology: {
            class_name: 'Sequential',
            config: [
              { class_name: 'Dense', config: { units: 4, batch_input_shape: [null, 3] } },
              { class_name: 'Twice', config: { axis: 1, name: 'twice' } },
            ],
          },
        }),
      },
    );
  });
});

function jsonOf(name: string): unknown {
  return runProgram({ '/topology.ts': TOPOLOGY }, '/topology.ts')[name];
}
