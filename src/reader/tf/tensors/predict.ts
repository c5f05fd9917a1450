import type { Machine } from '../../machine';
import { Arr } from '../../state/heap';
import type { CallPlace } from '../../values/native';
import type { Value } from '../../values/values';
import { isRefused } from '../../../layers/spec';
import type { TensorValue } from '../entities';
import { type ModelValue } from '../entities';
import { dependenciesOfModel } from '../apply';
import { nameOfLayer } from '../entityMembers';
import { originOf } from '../makeLayer';
import { forEachAlternative } from '../options';
import { failsAt, reportRefusal } from '../refusals';
import { shapeAt } from '../specs';
import { EagerTensor, rankOfTensor, tensorAt, unknownTensor } from './eager';
import { applyToEager, eagerTensorsOf } from './layerCalls';
import { noteTensor } from './log';
import { namelessSize } from './partial';

/** The symbolic tensors at a model's ends. */
export interface Ends {
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
}

const SOURCE = { kind: 'other', why: 'it runs a model' } as const;

/** `model.predict(x)`: tensors of the outputs' shapes, with the batch of `x`. */
export function predict(m: Machine, model: ModelValue, ends: Ends, args: readonly Value[], at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const given = eagerTensorsOf(m, args[0])?.map(asRank2);
    const refused = checkInputs(m, model, ends.inputs, given, '', at);
    const made =
      refused !== undefined
        ? unknownTensor(refused, SOURCE)
        : given?.every((tensor) => rankOfTensor(tensor) !== undefined)
          ? applyToEager(m, model, given, at)
          : ofAnyBatch(m, model, ends.outputs);
    noteTensor(m, 'predict', given ?? [], made, originOf(m, at));
    return made;
  });
}

/** TensorFlow.js takes a list of numbers for examples of one number each. */
function asRank2(tensor: EagerTensor): EagerTensor {
  if (rankOfTensor(tensor) !== 1) return tensor;
  const outcomes = tensor.outcomes.map((outcome) => ('error' in outcome ? outcome : { ...outcome, shape: [...outcome.shape, 1] }));
  return new EagerTensor(outcomes, tensor.dependsOn, tensor.unknown, tensor.source, tensor.isDtypeOpen);
}

/** The outputs' own sizes, for a batch that is not known. */
function ofAnyBatch(m: Machine, model: ModelValue, outputs: readonly TensorValue[]): Value {
  const why = 'what the model is given is not known';
  if (outputs.length === 0) return unknownTensor(model.unknown ?? 'the model is not known', SOURCE);
  const made = outputs.map((output) => {
    const { outcomes, unknown } = output.application;
    if (unknown !== undefined) return unknownTensor(unknown, SOURCE);
    const batch = namelessSize(m, why);
    const all = batch.samples.map((size, k) => {
      const shape = shapeAt(output, outcomes.length === 1 ? 0 : k)?.map((one, axis) => (one === null && axis === 0 ? size : one));
      return shape?.every((one) => one !== null) ? { shape, dtype: 'float32' } : { error: 'a size is open' };
    });
    const fine = all.map((one) => ('shape' in one && one.shape ? { shape: one.shape.map(Number), dtype: one.dtype } : { error: 'open' }));
    return new EagerTensor(fine, new Set([...batch.dependsOn, ...dependenciesOfModel(model)]), why, SOURCE);
  });
  return made.length === 1 ? made[0] : new Arr(made);
}

/**
 * Reports, in TensorFlow.js' words, inputs that no model of these inputs takes; returns why nothing comes out then. `prefix` is what the words say is
 * checked: nothing for predict, `input` for fit.
 */
function checkInputs(
  m: Machine,
  model: ModelValue,
  inputs: readonly TensorValue[],
  given: readonly EagerTensor[] | undefined,
  prefix: string,
  at: CallPlace,
): string | undefined {
  if (!given || model.unknown !== undefined || inputs.length === 0 || given.length !== inputs.length) return undefined;
  for (const [i, tensor] of given.entries()) {
    const message = mismatch(inputs[i], tensor, prefix, nameOfInput(model, inputs[i]));
    if (message === undefined) continue;
    reportRefusal(m, originOf(m, at), message, [], 'shape-mismatch');
    return failsAt(m, 'predict', { path: at.path, call: at });
  }
  return undefined;
}

/** The input's name as TensorFlow.js has it, where the source decides it: a Sequential's is made of its first layer's. */
function nameOfInput(model: ModelValue, input: TensorValue | undefined): string {
  const [first] = model.state.members;
  const name = model.kind === 'sequential' ? first && nameOfLayer(first) : input && nameOfLayer(input.application.layer);
  return name === undefined ? 'the input' : model.kind === 'sequential' ? `${name}_input` : name;
}

/** Sizes that differ for certain: those that depend on nothing unknown. */
function mismatch(input: TensorValue | undefined, tensor: EagerTensor, prefix: string, name: string): string | undefined {
  const [outcome] = input?.application.outcomes ?? [];
  const shape = tensor.outcomes.length === 1 ? tensorAt(tensor, 0)?.shape : undefined;
  if (!input || !outcome || isRefused(outcome) || input.application.outcomes.length !== 1 || !shape) return undefined;
  const expected = shapeAt(input, 0);
  if (!expected) return undefined;
  const start = `Error when checking ${prefix}: expected ${name} to have `;
  const got = `array with shape ${JSON.stringify(shape)}.`;
  if (shape.length !== expected.length) return `${start}${expected.length} dimension(s), but got ${got.slice(0, -1)}`;
  const differs = expected.some((size, axis) => axis > 0 && size !== null && size !== shape[axis]);
  return differs ? `${start}shape ${JSON.stringify(expected)} but got ${got}` : undefined;
}
