import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { withoutValues } from '../../../../src/layers/ops/engine';
import { isTensorMethod } from '../../../../src/layers/ops/methods';
import { isOp } from '../../../../src/layers/ops/names';
import { runOp, runTensorMethod, tensorMember } from '../../../../src/layers/ops/run';
import { isOpRefused, type OpArgument, type OpRefused, type OpResult, type OpValue } from '../../../../src/layers/ops/spec';
import { T } from './real';

const valueOf = (outcome: OpResult | OpRefused): OpValue => {
  assert.ok(!isOpRefused(outcome), JSON.stringify(outcome));
  return outcome.value;
};
const refusal = (outcome: OpResult | OpRefused): OpRefused => {
  assert.ok(isOpRefused(outcome), JSON.stringify(outcome).slice(0, 200));
  return outcome;
};

const calls: readonly [string, readonly OpArgument[]][] = [
  ['add', [T([2, 3]), 1]],
  ['add', [T([2, 3]), T([4])]],
  ['variable', [T([2]), true, 'v']],
  ['variable', [T([2]), true, 'v']],
  ['losses.softmaxCrossEntropy', [T([2, 3]), T([2, 3])]],
  ['linalg.qr', [T([3, 2])]],
  ['unique', [T([3])]],
  ['randomNormal', [[20, 20]]],
  ['tensor', [[[1, 2], [3]]]],
  ['tensor', [['a', 'b']]],
  ['whereAsync', [T([3], 'bool')]],
];

/** All of TensorFlow.js that a call could leave different. */
const observable = (): unknown => {
  const engine = tf.engine() as unknown as { state: { nextTapeNodeId: number; nextScopeId: number; registeredVariables: object } };
  const ids = engine.constructor as unknown as { nextTensorId: number; nextVariableId: number };
  return {
    memory: tf.memory(),
    backend: tf.getBackend(),
    backends: tf.engine().backendNames(),
    ids: [ids.nextTensorId, ids.nextVariableId],
    state: [engine.state.nextTapeNodeId, engine.state.nextScopeId, Object.keys(engine.state.registeredVariables)],
    flags: { ...(tf.env() as unknown as { flags: object }).flags },
    globals: [Float32Array, Int32Array, Uint8Array, console.warn].map((value) => [value, new Float32Array(3).length]),
  };
};

describe('functions of tf without values leave TensorFlow.js as it was', () => {
  before(() => tf.setBackend('cpu'));

  it('whatever is called', () => {
    const ask = (): void => calls.forEach(([path, args]) => void runOp(path, args));
    ask();
    const before = observable();
    const state = (tf.engine() as unknown as { state: object }).state;
    for (const [path] of calls) runOp(path, [T([7, Math.floor(before ? 3 : 2)])]);
    ask();
    assert.deepEqual(observable(), before);
    assert.equal((tf.engine() as unknown as { state: object }).state, state);
  });

  it('inside a tidy and a gradient of the program’s own', () => {
    const grad = tf.grad((x: tf.Tensor) => {
      const y = x.square();
      runOp('mul', [T([3, 5]), T([5])]);
      return y.sum();
    });
    const slope = tf.tidy(() => grad(tf.tensor1d([1, 2, 3])));
    assert.deepEqual(slope.arraySync(), [2, 4, 6]);
    slope.dispose();
    assert.deepEqual(tf.zeros([2]).arraySync(), [0, 0]);
  });

  it('also while another backend is still being chosen', () => {
    const engine = tf.engine() as unknown as { pendingBackendInit?: unknown };
    const pending = Promise.resolve(true);
    engine.pendingBackendInit = pending;
    try {
      assert.deepEqual(valueOf(runOp('add', [T([11, 2]), T([2])])), T([11, 2]));
      assert.equal(engine.pendingBackendInit, pending);
    } finally {
      engine.pendingBackendInit = undefined;
    }
  });
});

describe('sizes without bound', () => {
  const huge = 1_000_000;

  it('nothing is made for them', () => {
    const before = process.memoryUsage().arrayBuffers;
    const big = [huge, huge];
    assert.deepEqual(valueOf(runOp('zeros', [big])), T(big));
    assert.deepEqual(valueOf(runOp('ones', [big, 'int32'])), T(big, 'int32'));
    assert.deepEqual(valueOf(runOp('randomUniform', [big])), T(big));
    assert.deepEqual(valueOf(runOp('truncatedNormal', [big, NaN])), T(big));
    assert.deepEqual(valueOf(runOp('dropout', [T(big), 0.5])), T(big));
    assert.deepEqual(valueOf(runOp('fill', [big, 1])), T(big));
    assert.deepEqual(valueOf(runOp('range', [0, 1e12])), T([1e12]));
    assert.deepEqual(valueOf(runOp('matMul', [T(big), T([huge, 3])])), T([huge, 3]));
    assert.deepEqual(valueOf(runOp('losses.meanSquaredError', [T(big), T(big)])), T([]));
    assert.deepEqual(valueOf(runOp('eye', [10, huge, [huge]])), T([huge, 10, huge]));
    assert.deepEqual(valueOf(runOp('tensor2d', [{ values: { type: 'Float32Array', length: 1e12 } }, big])), T(big));
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
  });

  it('what would be work without end is refused as ours', () => {
    const deep = (depth: number): OpArgument => (depth === 0 ? 1 : [deep(depth - 1)]);
    const absurd: [string, OpArgument[]][] = [
      ['eye', [huge, huge]],
      ['eye', [5, 5, undefined, 'string']],
      ['randomNormal', [[1e9], 0, 1, 'string']],
      ['signal.hannWindow', [huge]],
      ['signal.frame', [T([1e9]), 1, 1]],
      ['unstack', [T([huge, 2])]],
      ['split', [T([huge, 2]), huge]],
      ['add', [T(new Array<number>(100).fill(1)), 1]],
      ['add', [T([-1]), 1]],
      ['add', [T([2], 'float64'), 1]],
      ['tensor', [deep(100)]],
      ['concat', [new Array<OpArgument>(20_000).fill(T([1]))]],
      ['tensor', [{ values: { type: 'Float32Array', length: -1 } }]],
      ['maxPool', [T([2, 2, 1]), 5, 1, 'valid']],
    ];
    for (const [path, args] of absurd) {
      const { error, limit } = refusal(runOp(path, args));
      assert.equal(limit, true, `${path}: ${error}`);
      assert.ok(error.length < 200, error);
    }
  });
});

describe('names', () => {
  it('of what is no function are refused in the words of JavaScript', () => {
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      '',
      'image',
      'image.constructor',
      'layers.dense',
      'Tensor',
      'tidy',
      'a.b.c',
    ]) {
      assert.equal(isOp(name), false, name);
      assert.deepEqual(runOp(name, []), { error: `tf.${name} is not a function` });
      assert.equal(isTensorMethod(name), false);
      assert.ok(isOpRefused(runTensorMethod(name, T([2]), [])));
    }
  });

  it('do not reach any prototype', () => {
    const options = JSON.parse('{"a": 1, "__proto__": {"polluted": 1}}') as OpArgument;
    runOp('fused.matMul', [options]);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });
});

describe('members of a tensor', () => {
  it('are those of the runtime', () => {
    for (const shape of [[], [3], [2, 3, 4], [1, 2, 3, 4, 5]]) {
      const real = tf.zeros(shape) as unknown as Record<string, unknown>;
      for (const member of ['shape', 'rank', 'size', 'dtype', 'strides', 'rankType']) {
        assert.deepEqual(tensorMember(member, T(shape)), real[member], member);
      }
      (real as unknown as tf.Tensor).dispose();
    }
    assert.equal(tensorMember('constructor', T([2])), undefined);
  });
});

describe('warnings', () => {
  it('are the answer’s, not the console’s', () => {
    const { warn } = console;
    const answer = withoutValues(() => {
      tf.deprecationWarn('old');
      console.warn('this', 1);
      return 2;
    });
    assert.deepEqual('value' in answer && answer.value, 2);
    assert.deepEqual('value' in answer && answer.warnings.at(-1), 'this 1');
    assert.equal(console.warn, warn);
  });
});
