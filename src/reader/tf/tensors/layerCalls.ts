import { applyLayer } from '../../../layers/apply';
import { isRefused, type ConcreteShape } from '../../../layers/spec';
import type { Machine } from '../../machine';
import { Arr } from '../../state/heap';
import type { CallPlace } from '../../values/native';
import type { Num } from '../../values/num';
import { SAMPLES } from '../../values/standIns';
import { Unknown, type Value } from '../../values/values';
import { applyToTensors, applyToUnknown, dependenciesOfLayer, whyRefused } from '../apply';
import { Application, LayerValue, TensorValue, type ModelValue, type Outcome } from '../entities';
import { originOf } from '../makeLayer';
import { dependencies, OptionRecord, stateOf } from '../options';
import { dimensionOf } from '../shapes';
import { specOf } from '../specs';
import { runCall } from './customCall';
import { EagerTensor, rankOfTensor, tensorAt, unknownTensor, type TensorOutcome } from './eager';
import { tensorsOfValue } from './log';

/** The tensors with values that a layer is given, one or a list of them; undefined where it is given anything else. */
export function eagerTensorsOf(m: Machine, value: Value): readonly EagerTensor[] | undefined {
  const one = m.settle(value);
  if (one instanceof EagerTensor) return [one];
  if (!(one instanceof Arr)) return undefined;
  const state = stateOf(m, one);
  const items = state.items.map((item) => m.settle(item));
  return !state.open && items.length > 0 && items.every((item) => item instanceof EagerTensor) ? items : undefined;
}

/** `layer.apply(tensor)`: the layer is built for it where it was not yet, and computes at once. */
export function applyToEager(m: Machine, layer: LayerValue | ModelValue, tensors: readonly EagerTensor[], at: CallPlace): Value {
  const open = tensors.find((tensor) => rankOfTensor(tensor) === undefined);
  const what = layer instanceof LayerValue ? layer.factory : 'a model';
  const source = { kind: 'other', why: `it applies ${what}` } as const;
  if (open) {
    const why = open.unknown ?? 'its rank is not known';
    if (!layer.builtBy) applyToUnknown(m, layer, new Unknown(m.freshKey('input'), '?', why), at);
    return unknownTensor(why, source);
  }
  const inputs = tensors.map((tensor) => asInput(m, tensor, at));
  if (!layer.builtBy) {
    // The layer's own line answers as it does for symbolic tensors: for any batch.
    const { unknown } = applyToTensors(
      m,
      layer,
      tensors.map((tensor) => asInput(m, tensor, at, true)),
      at,
    );
    if (unknown !== undefined) return unknownTensor(unknown, source);
  }
  if (layer instanceof LayerValue && layer.custom) {
    const given = runCall(m, layer, tensors, at);
    return tensorsOfValue(given).length > 0 ? given : unknownTensor(`call of ${layer.factory} is not read`, source);
  }
  if (layer.unknown !== undefined) return unknownTensor(layer.unknown, source);
  const dependsOn = dependenciesOfLayer(layer, inputs);
  const outcomes = outcomesFor(m, layer, inputs, dependsOn);
  const refused = whyRefused(m, layer, inputs, outcomes, at);
  if (refused !== undefined) return unknownTensor(refused, source);
  const why = tensors.map((tensor) => tensor.unknown).find((one) => one !== undefined);
  return fromOutcomes(outcomes, (tensorOutcomes) => new EagerTensor(tensorOutcomes, dependsOn, why, source));
}

/** An InputLayer's symbolic tensor of the same sizes; its batch left open where asked. */
function asInput(m: Machine, tensor: EagerTensor, at: CallPlace, anyBatch = false): TensorValue {
  const rank = rankOfTensor(tensor) ?? 0;
  const shapes = tensor.outcomes.map((_, k) => tensorAt(tensor, k)?.shape);
  const owner = { dependsOn: tensor.dependsOn, serial: tensor.serial };
  const sizes = Array.from({ length: rank }, (_, axis) =>
    anyBatch && axis === 0 ? null : (dimensionOf(m, shapes, axis, owner) as number | Num),
  );
  const input = new LayerValue('input', new OptionRecord(new Map([['batchShape', sizes]]), undefined), originOf(m, at), []);
  const count = dependencies(input.options).size > 0 ? SAMPLES : 1;
  const outcomes = Array.from({ length: count }, (_, k) => applyLayer(specOf(input, k), []));
  return new TensorValue(new Application(input, [], outcomes, tensor.unknown, dependencies(input.options), []), 0);
}

/** What TensorFlow.js' layer makes of such inputs, for each stand-in. */
function outcomesFor(
  m: Machine,
  layer: LayerValue | ModelValue,
  inputs: readonly TensorValue[],
  dependsOn: ReadonlySet<string>,
): readonly Outcome[] {
  const count = dependsOn.size > 0 ? SAMPLES : 1;
  m.charge(count * 50);
  return Array.from({ length: count }, (_, k): Outcome => {
    const shapes = inputs.map((input) => shapeOfInput(input, k));
    return shapes.every((shape) => shape !== undefined) ? applyLayer(specOf(layer, k), shapes) : { error: 'its input was refused' };
  });
}

function shapeOfInput({ application }: TensorValue, k: number): ConcreteShape | undefined {
  const outcome = application.outcomes.length === 1 ? application.outcomes[0] : application.outcomes[k];
  return outcome && !isRefused(outcome) ? (outcome.outputShape as ConcreteShape) : undefined;
}

/** The output, or the list of outputs, of outcomes in lockstep. */
function fromOutcomes(outcomes: readonly Outcome[], make: (outcomes: readonly TensorOutcome[]) => EagerTensor): Value {
  const known = outcomes.find((outcome) => !isRefused(outcome));
  const isList = known !== undefined && !isRefused(known) && Array.isArray(known.outputShape[0]);
  const count = isList && !isRefused(known) ? known.outputShape.length : 1;
  const outputs = Array.from({ length: count }, (_, index) =>
    make(
      outcomes.map((outcome): TensorOutcome => {
        if (isRefused(outcome)) return { error: outcome.error };
        const shape = (isList ? outcome.outputShape[index] : outcome.outputShape) as ConcreteShape | undefined;
        return shape?.every((size) => size !== null)
          ? { shape: shape as readonly number[], dtype: 'float32' }
          : { error: 'a size is open' };
      }),
    ),
  );
  return count === 1 ? outputs[0] : new Arr(outputs);
}
