import { applyLayer } from '../../layers/apply';
import { isRefused, type ConcreteShape } from '../../layers/spec';
import type { InsideWrapper } from '../../model/reading';
import type { Machine } from '../machine';
import type { LayerValue } from '../tf/entities';
import { shapeAt, specOf } from '../tf/specs';
import { Numbers } from './numbers';

/**
 * What a wrapper hands to the layer inside it, batch first (tfjs-layers' `wrappers.ts`): one time step, or the whole sequence. Cells of recurrent
 * layers are none of them: TensorFlow.js never asks a cell for its output's shape.
 */
const GIVES: Readonly<Record<string, (shape: ConcreteShape) => ConcreteShape | undefined>> = {
  timeDistributed: ([batch, steps, ...rest]) => (batch === undefined || steps === undefined ? undefined : [batch, ...rest]),
  bidirectional: (shape) => shape,
};

/** What a layer does inside the wrapper that it was given to; undefined where it is in none, or that is not applied to anything known. */
export function insideOf(m: Machine, layer: LayerValue): InsideWrapper | undefined {
  const { wrapper } = layer;
  const built = wrapper?.builtBy;
  const [input] = built?.inputs ?? [];
  const gives = wrapper && Object.hasOwn(GIVES, wrapper.factory) ? GIVES[wrapper.factory] : undefined;
  if (!wrapper || !built || !input || !gives || layer.custom) return undefined;
  const samples = built.outcomes.map((outcome, k) => {
    const shape = isRefused(outcome) ? undefined : shapeAt(input, k);
    const given = shape && gives(shape);
    return given && { given, whole: shape, outcome: applyLayer(specOf(layer, k), [given]) };
  });
  const outcomes = samples.flatMap((one) => (one ? [one.outcome] : []));
  if (outcomes.length < samples.length || !outcomes.every((one) => !isRefused(one))) return undefined;
  const numbers = Numbers.over(m, built.dependsOn);
  const inputShape = numbers.shape(samples.map((one) => one?.given));
  const outputShape = numbers.outputShapes(outcomes);
  const params = numbers.of(outcomes, (one) => one.params);
  if (!inputShape || !outputShape) return undefined;
  const file = m.modules.get(wrapper.origin.path)?.file;
  return {
    wrapper: wrapper.factory,
    ...(file ? { line: file.getLineAndCharacterOfPosition(wrapper.origin.name.start).line + 1 } : {}),
    ...(wrapper.factory === 'bidirectional' ? {} : { steps: numbers.dim(samples.map((one) => one?.whole[1])) }),
    inputShape,
    outputShape,
    ...(params === undefined ? {} : { params }),
  };
}
