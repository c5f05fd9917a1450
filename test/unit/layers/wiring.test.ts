import assert from 'node:assert/strict';
import { applyLayer } from '../../../src/layers/apply';
import { replayModel } from '../../../src/layers/replay';
import { isRefused, type ConcreteShape, type LayerSpec, type ModelSpec, type SpecValue } from '../../../src/layers/spec';
import { wired, type Known } from '../../../src/layers/wiring';
import { cases, layer } from './cases';
import { models, refusedModels } from './models';
import { Net, resnet, sequential, vgg16 } from './nets';

/** What each layer of a model comes to by itself, node by node, as the reader knows it. */
const knownOf = ({ kind, layers, nodes }: ModelSpec): Known => {
  const known: Known[number][] = [];
  const isOne = (shape: ConcreteShape | readonly ConcreteShape[]): shape is ConcreteShape => !Array.isArray(shape[0]);
  const shapesAt = (node: number): readonly ConcreteShape[] => {
    const outcome = known[node];
    if (!outcome || isRefused(outcome)) return [];
    return isOne(outcome.outputShape) ? [outcome.outputShape] : outcome.outputShape;
  };
  nodes.forEach((node, index) => {
    const spec = layers[node.layer]?.layer;
    if (!spec) throw new Error(`There is no layer ${node.layer}.`);
    const given = node.inputs.map((ref) => shapesAt(ref.node)[ref.index]);
    const before = index === 0 ? [statedBy(spec)] : shapesAt(index - 1).slice(0, 1);
    const inputs = kind === 'sequential' ? before : given;
    known.push(inputs.every((shape) => shape !== undefined) ? applyLayer(spec, inputs) : undefined);
  });
  return known;
};

const statedBy = (spec: LayerSpec): ConcreteShape | undefined => {
  const options = spec.spec === 'factory' ? (spec.options as { inputShape?: ConcreteShape } | undefined) : undefined;
  return options?.inputShape && [null, ...options.inputShape];
};

/** The cases all have a name; counting their names is part of what is tested. */
const unnamed = (options: SpecValue): SpecValue => {
  const { name: _, ...others } = (options ?? {}) as { readonly [key: string]: SpecValue };
  return others;
};

/** True where the quick way had an answer; it must be the one that TensorFlow.js gives. */
const agrees = (spec: ModelSpec): boolean => {
  const ours = wired(spec, knownOf(spec));
  if (ours) assert.deepEqual(ours, replayModel(spec));
  return ours !== undefined;
};

describe('models told by their layers, against the same models wired by TensorFlow.js', () => {
  it('is quick for the nets that people edit', () => {
    for (const spec of [vgg16(), resnet([1, 1]), resnet([3, 4, 6, 3]), resnet([3, 8, 36, 3])]) assert.ok(agrees(spec));
  });

  it('agrees on all kinds of models', () => {
    const told = Object.values(models).filter(agrees);
    assert.ok(told.length > 2, `${told.length} of ${Object.keys(models).length}`);
  });

  it('leaves what TensorFlow.js refuses to its own words', () => {
    for (const [why, spec] of Object.entries(refusedModels)) assert.equal(wired(spec, knownOf(spec)), undefined, why);
  });

  it('agrees on two of every layer in one model, beside a layer of another kind', () => {
    const told = cases.filter(({ factory, options, inputs }) => {
      const net = new Net();
      const sources = inputs.map((shape) => net.input({ batchShape: [...shape] }));
      const outputs = [1, 2].map(() => net.apply(factory, unnamed(options), ...sources));
      return sources.length > 0 && agrees(net.model(sources, [...outputs, net.apply('activation', { activation: 'relu' }, outputs[0]!)]));
    });
    assert.ok(told.length > cases.length / 2, `${told.length} of ${cases.length}`);
  });

  it('agrees on every layer in a Sequential, with a shape or without one on a later layer', () => {
    const told = cases.filter(({ factory, options, inputs: [first] }) => {
      const inputShape = first?.slice(1);
      const again = { inputShape: inputShape ?? [] };
      const relu = layer('reLU', { ...again, name: 'first' });
      return [
        sequential([relu, layer(factory, unnamed(options)), layer('flatten')]),
        sequential([relu, layer(factory, unnamed(options)), layer('reLU', again)]),
        sequential([relu, layer('reLU', { name: 'first' }), layer(factory, options)]),
      ].some(agrees);
    });
    assert.ok(told.length > cases.length / 4, `${told.length} of ${cases.length}`);
  });

  it('agrees on the order of branches, whichever way the source goes through them', () => {
    for (let seed = 1; seed <= 300; seed++) {
      let state = seed;
      const below = (most: number): number => (state = (state * 48_271) % 2_147_483_647) % most;
      const net = new Net();
      const ends = Array.from({ length: 1 + below(3) }, () => net.input({ shape: [4] }));
      const inputs = [...ends];
      for (let k = below(12); k >= 0; k--) {
        const [a, b] = [ends[below(ends.length)]!, ends[below(ends.length)]!];
        ends.push(below(2) === 0 || a === b ? net.apply('dense', { units: 4 }, a) : net.apply('add', undefined, a, b));
      }
      const outputs = ends.filter(() => below(3) === 0);
      agrees(net.model(inputs, outputs.length > 0 ? outputs : ends.slice(-1)));
    }
  });
});
