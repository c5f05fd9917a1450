import { isRefused } from '../../layers/spec';
import type { GraphLayer, GraphNode, GraphWeight } from '../../model/graph';
import type { OpList } from '../../model/ops';
import type { Plain } from '../../model/plain';
import { UNKNOWN_SIZE } from '../../model/shape';
import type { Machine } from '../machine';
import { askedWeights, methodOf } from '../tf/customLayer';
import { LayerValue, type Application, type CustomLayer } from '../tf/entities';
import { callOf } from './customCalls';
import type { Numbers } from './numbers';
import { plainOption } from './plain';

/** What the panel runs a layer class of the source by: its op list and weights, or why it cannot. */
export function customLayer(
  m: Machine,
  layer: LayerValue,
  custom: CustomLayer,
  numbers: Numbers,
): Pick<GraphLayer, 'ops' | 'weights' | 'supportsMasking' | 'stop'> {
  const { builtBy: built, factory, unknown } = layer;
  if (unknown !== undefined) return { stop: unknown };
  if (!built) return { stop: `${factory} is a layer class of the source that works inside another layer, where it cannot be followed` };
  const ops = opsOf(m, built);
  if (typeof ops === 'string') return { stop: `${factory} cannot be run without its own code: ${ops}` };
  const masking = maskingOf(m, factory, custom);
  if (typeof masking === 'string') return { stop: `${factory} cannot be run without its own code: ${masking}` };
  const weights = weightsOf(m, custom.instance, built, numbers);
  return { ops, ...(weights.length === 0 ? {} : { weights }), ...masking };
}

/** Whether a layer hands masks on, or why that is not known. TensorFlow.js asks `computeMask` only of a layer that supports masking. */
function maskingOf(m: Machine, factory: string, { classOf, instance }: CustomLayer): Pick<GraphLayer, 'supportsMasking'> | string {
  const supports = m.settle(instance.properties.get('supportsMasking'));
  if (supports === undefined || supports === false) return {};
  if (supports !== true) return `whether ${factory} supports masking is unknown`;
  return methodOf(classOf, 'computeMask') ? `the computeMask of ${factory} is not followed` : { supportsMasking: true };
}

/** The op list of one application, where it is another than that of the layer's first: sizes stand in it as numbers. */
export function opsOfNode(m: Machine, application: Application): Pick<GraphNode, 'ops'> {
  const { layer } = application;
  if (!(layer instanceof LayerValue) || !layer.custom || !layer.builtBy || layer.builtBy === application) return {};
  const ops = opsOf(m, application);
  return typeof ops === 'string' || sameWork(ops, opsOf(m, layer.builtBy)) ? {} : { ops };
}

const sameWork = (one: OpList, other: OpList | string): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A class without a `call` hands its inputs on, as TensorFlow.js' own Layer does. */
function opsOf(m: Machine, application: Application): OpList | string {
  const { ops } = callOf(m, application);
  if (typeof ops === 'string') return ops;
  if (!ops) return { steps: [], outputs: application.inputs.map((_, index) => ({ $input: index })) };
  return { steps: ops.steps.map(({ op, args, outputShape }) => ({ op, args, outputShape })), outputs: ops.outputs };
}

function weightsOf(m: Machine, instance: CustomLayer['instance'], built: Application, numbers: Numbers): readonly GraphWeight[] {
  const samples = built.outcomes.map((outcome) => (isRefused(outcome) ? undefined : outcome.weights));
  const [first] = samples.filter((weights) => weights !== undefined);
  const asked = askedWeights(m, instance);
  return (first ?? []).map(({ name, trainable }, index) => {
    const { dtype, initializer } = asked[index] ?? { dtype: undefined, initializer: undefined };
    return {
      name,
      shape: numbers.shape(samples.map((weights) => weights?.[index]?.shape)) ?? [UNKNOWN_SIZE],
      dtype: typeof dtype === 'string' ? dtype : 'float32',
      initializer: initializerOf(name, plainOption(initializer)),
      trainable,
    };
  });
}

/** An initializer is a call of `tf.initializers`; one of the source's own is code, and is not run. */
const initializerOf = (name: string, plain: Plain): Plain =>
  typeof plain === 'object' && plain !== null && Object.hasOwn(plain, '$tf')
    ? plain
    : { $unknown: `the initializer of ${name}`, reason: 'it is none of tf.initializers' };
