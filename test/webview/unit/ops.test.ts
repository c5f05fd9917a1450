import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer } from '../../../src/model/graph';
import type { OpList, OpOperand, OpStep } from '../../../src/model/ops';
import { compile } from '../../../webview/engine/build/compile';
import { opNamed, opNames } from '../../../webview/engine/ops/functions';
import { runOps } from '../../../webview/engine/ops/run';
import { agree, graphOf } from '../support/agreement';
import { chain, input } from '../support/graphs';

const step = (op: string, ...args: readonly OpOperand[]): OpStep => ({ op, args, outputShape: [null, 4] });
const list = (steps: readonly OpStep[]): OpList => ({ steps, outputs: [{ $step: steps.length - 1, index: 0 }] });
const x = { $input: 0 };

/** Why a layer with such a list does not run; undefined where it does. */
const reason = (ops: OpList, more: Partial<GraphLayer> = {}): string | undefined => {
  const own: GraphLayer = { name: 'own', className: 'Own', factory: 'custom', options: {}, ops, ...more };
  const model = chain('m', [input(4), own]);
  const nodes = model.nodes.map((node, k) => (k === 1 ? { ...node, outputShape: [null, 4] } : node));
  return compile({ ...model, nodes }).steps[1]?.stop;
};

/** A layer class with such methods behind a dense layer. */
const classOf = (methods: string, inputs = '[4]'): string => `class Own extends tf.layers.Layer {
    static className = 'Own';
    ${methods}
  }
  export const create = () => tf.sequential({ layers: [tf.layers.dense({ name: 'before', units: 4, inputShape: ${inputs} }), new Own({ name: 'own' })] });`;

const call = (body: string): string =>
  `call(inputs: tf.Tensor | tf.Tensor[]) { const x = Array.isArray(inputs) ? inputs[0]! : inputs; ${body} }`;

describe('layer classes as lists of ops', () => {
  before(() => tf.setBackend('cpu'));
  afterEach(() => tf.disposeVariables());

  it('runs only functions from its table, whatever name it is given', () => {
    for (const name of opNames()) assert.equal(typeof opNamed(name), 'function', name);
    for (const op of [
      'constructor',
      '__proto__',
      'toString',
      'relu.constructor',
      'image',
      'image.constructor',
      'variable',
      'tidy',
      'whereAsync',
      'setBackend',
    ]) {
      assert.equal(opNamed(op), undefined, op);
      assert.equal(reason(list([step(op, x)])), `Own calls tf.${op}, which is not among the functions that the panel runs.`);
    }
    assert.equal(reason(list([step('relu', x)])), undefined);
  });

  it('refuses what is open and what is too large before anything is allocated', () => {
    const before = tf.memory().numTensors;
    assert.equal(reason(list([step('mul', x, { $unknown: 'rate', reason: 'read from a file' })])), 'rate is unknown: read from a file');
    const huge = { ...step('ones', [100_000, 100_000]), outputShape: [100_000, 100_000] };
    assert.match(reason(list([huge, step('relu', x)])) ?? '', /^Own makes tensors of 40\.0 GB on the way/);
    assert.match(
      reason(list([step('relu', x)]), {
        weights: [{ name: 'w', shape: ['units'], dtype: 'float32', initializer: { $tf: 'initializers.ones' }, trainable: true }],
      }) ?? '',
      /The shape \[units\] of the weight w is not known/,
    );
    assert.equal(tf.memory().numTensors, before);
  });

  it('stops where a list asks for what is not there', () => {
    const one = tf.ones([1, 4]);
    const run = (args: readonly OpOperand[], outputs: OpList['outputs'] = [{ $step: 0, index: 0 }]): unknown =>
      tf.tidy(() => runOps({ steps: [step('relu', ...args)], outputs }, [one], new Map()));
    assert.throws(() => run([{ $input: 1 }]), /an input that the layer does not have/);
    assert.throws(() => run([{ $weight: 'constructor' }]), /the weight constructor, which the layer does not have/);
    assert.throws(() => run([x], [{ $step: 7, index: 0 }]), /a result that is not there/);
    assert.throws(() => run([x], [{ $step: 0, index: 'constructor' }]), /a result that is not there/);
    one.dispose();
  });

  it('numbers that the batch decides follow the batch', () => {
    const ops = list([{ ...step('reshape', x, [{ $batch: 2, plus: 1 - 1 }, 2]), outputShape: [null, 2] }]);
    for (const batch of [1, 3]) {
      const value = tf.ones([batch, 4]);
      const [output] = tf.tidy(() => runOps(ops, [value], new Map()));
      assert.deepEqual(output?.shape, [2 * batch, 2]);
      tf.dispose([value, output]);
    }
  });

  it('draws the same values by chance each time, and as the source says where it gives a seed', () => {
    const noise = (...seed: readonly OpOperand[]): number[] => {
      const [output] = runOps(list([step('randomNormal', [1, 4], 0, 1, 'float32', ...seed)]), [], new Map());
      const values = [...(output?.dataSync() ?? [])];
      output?.dispose();
      return values;
    };
    assert.deepEqual(noise(), noise());
    assert.deepEqual(noise(5), [...tf.randomNormal([1, 4], 0, 1, 'float32', 5).dataSync()]);
    assert.notDeepEqual(noise(5), noise());
  });

  for (const [what, body] of Object.entries({
    'infinities, which JSON does not hold': 'return tf.where(tf.greater(x, 0), x, tf.fill(x.shape as number[], -Infinity)).exp();',
    'the method where, whose arguments are the other way round': 'return x.where(x.greater(0), tf.zerosLike(x));',
    'a list of slices': 'return tf.concat(tf.unstack(x, 1).map((one, k) => one.mul(k + 1).expandDims(1)), 1);',
    'records of results': 'const { values } = tf.topk(x, 4); return values.add(x);',
    'options in a record, and values in the source':
      'return tf.fused.matMul({ a: x as tf.Tensor2D, b: tf.eye(4), activation: "relu" }).add(tf.tensor1d([1, 2, 3, 4]));',
    'types and back': 'return x.greater(0).toInt().mul(2).asType("float32").add(x.toBool().toFloat());',
    'arguments that are left out': 'return tf.softmax(x).add(tf.sum(x, undefined, true)).pow(2).clipByValue(0, 1);',
    'the inputs themselves': 'return x;',
  })) {
    it(`runs ${what}`, async () => {
      await agree(classOf(call(body)));
    });
  }

  it('hands its inputs on where the class has no call', async () => {
    await agree(classOf(''));
  });

  it('makes the weights that the source asks for, trainable or not', async () => {
    const { steps } = await agree(
      classOf(`w!: tf.LayerVariable; state!: tf.LayerVariable;
        override build(shape: tf.Shape) {
          this.state = this.addWeight('state', [shape[1]!], 'float32', tf.initializers.constant({ value: 3 }), undefined, false);
          this.w = this.addWeight('w', [shape[1]!, 4], 'float32', tf.initializers.heNormal({ seed: 1 }));
        }
        ${call('return tf.matMul(x as tf.Tensor2D, this.w.read() as tf.Tensor2D).sub(this.state.read());')}`),
    );
    const [state, w] = steps.at(-1)?.slots ?? [];
    assert.deepEqual([state?.name, state?.shape, state?.trainable, state?.initializer.getClassName()], ['state', [4], false, 'Constant']);
    assert.deepEqual([w?.name, w?.shape, w?.trainable, w?.initializer.getClassName()], ['w', [4, 4], true, 'VarianceScaling']);
  });

  it('takes several inputs and gives several outputs', async () => {
    await agree(`class Swap extends tf.layers.Layer {
        static className = 'Swap';
        computeOutputShape(shapes: tf.Shape | tf.Shape[]) { const [a, b] = shapes as tf.Shape[]; return [b!, a!]; }
        call(inputs: tf.Tensor | tf.Tensor[]) { const [a, b] = inputs as tf.Tensor[]; return [b!.mul(2), a!.neg()]; }
      }
      export const create = () => {
        const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [5] })];
        const [x, y] = new Swap({ name: 'swap' }).apply([a, b]) as tf.SymbolicTensor[];
        return tf.model({ inputs: [a, b], outputs: [tf.layers.dense({ name: 'd', units: 2 }).apply(x!) as tf.SymbolicTensor, y!] });
      };`);
  });

  it('is applied to several sizes, each with the list of ops that was read for it', async () => {
    await agree(`class Rows extends tf.layers.Layer {
        static className = 'Rows';
        computeOutputShape(shape: tf.Shape) { return [shape[0]!, (shape[1] as number) * (shape[2] as number)]; }
        ${call('return x.reshape([x.shape[0]!, x.shape[1]! * x.shape[2]!]);')}
      }
      export const create = () => {
        const [a, b] = [tf.input({ shape: [3, 2] }), tf.input({ shape: [4, 5] })];
        const rows = new Rows({ name: 'rows' });
        return tf.model({ inputs: [a, b], outputs: [rows.apply(a) as tf.SymbolicTensor, rows.apply(b) as tf.SymbolicTensor] });
      };`);
  });

  describe('says why it does not run', () => {
    const stopOf = (source: string): string | undefined => compile(graphOf(source)).steps.find(({ layer }) => layer.name === 'own')?.stop;

    it('where its call is no straight line', () => {
      assert.equal(
        stopOf(classOf(call('return flag() ? x.relu() : x;'))),
        'Own cannot be run without its own code: a condition that is not known decides what is computed',
      );
      assert.equal(
        stopOf(classOf(`inner = tf.layers.dense({ units: 4 }); ${call('return this.inner.apply(x) as tf.Tensor;')}`)),
        'Own cannot be run without its own code: it applies dense',
      );
      assert.equal(
        stopOf(classOf(`state = tf.variable(tf.zeros([4])); ${call('return x.add(this.state);')}`)),
        'Own cannot be run without its own code: it uses a variable',
      );
    });

    it('where an initializer is the source’s own', () => {
      const own =
        'w!: tf.LayerVariable; build() { this.w = this.addWeight("w", [4], "float32", { apply: () => tf.zeros([4]) } as never); }';
      assert.equal(
        stopOf(classOf(`${own} ${call('return x.add(this.w.read());')}`)),
        'the initializer of w is unknown: it is none of tf.initializers',
      );
    });

    it('where it works inside another layer', () => {
      const source = `class Own extends tf.layers.Layer { static className = 'Own'; ${call('return x.relu();')} }
        export const create = () => tf.sequential({ layers: [tf.layers.timeDistributed({ name: 'own', layer: new Own({}), inputShape: [3, 4] })] });`;
      assert.match(stopOf(source) ?? '', /Own: a class of the source, which is not followed inside another layer/);
    });
  });

  it('stops when its call gives another shape than the class declares', () => {
    const { steps, slots } = compile(graphOf(classOf(call('return x.sum(1);'))));
    const layer = steps.find((one) => one.layer.name === 'own')?.runs;
    assert.throws(() => layer?.apply(tf.ones([1, 4])), { message: 'Own declares [1, 4], but its call gives [1].' });
    assert.ok(slots.length > 0);
  });
});
