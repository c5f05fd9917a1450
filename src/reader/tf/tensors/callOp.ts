import { runOp, runTensorMethod } from '../../../layers/ops/run';
import { type OpArgument, type OpTensor } from '../../../layers/ops/spec';
import { showShape } from '../../../model/shape';
import type { Machine } from '../../machine';
import type { CallPlace } from '../../values/native';
import { SAMPLES } from '../../values/standIns';
import type { Unknown } from '../../values/values';
import { type Value } from '../../values/values';
import { originOf } from '../makeLayer';
import { forEachAlternative } from '../options';
import { failsAt, reportRefusal } from '../refusals';
import { EagerTensor, tensorAt, unknownTensor, type OpCall, type TensorSource } from './eager';
import { concreteInput, firstOpen, inputDependencies, inputOf, tensorsIn } from './inputs';
import { noteTensor, tensorsOfValue } from './log';
import { withNumbers } from './numberArguments';
import { openSizesOnly } from './openSizes';
import { partlyKnown } from './partial';
import { isRefusedOp, valueOf, type OpOutcome } from './results';

/** Steps that one run of TensorFlow.js' own shape code stands for. */
const STEPS_OF_AN_OP = 12;

/** `tf.matMul(a, b)`: what comes out, without values. */
export function callOp(m: Machine, op: string, args: readonly Value[], at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const inputs = args.map((arg) => inputOf(m, arg));
    return note(m, { op, isMethod: false, args: withNumbers(m, op, inputs), at }, (call) => run(m, call));
  });
}

/** `a.matMul(b)`. */
export function callTensorMethod(m: Machine, method: string, self: EagerTensor, args: readonly Value[], at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const inputs = [self, ...args.map((arg) => inputOf(m, arg))];
    return note(m, { op: method, isMethod: true, args: withNumbers(m, method, inputs), at }, (call) => run(m, call));
  });
}

function note(m: Machine, call: OpCall, made: (call: OpCall) => Value): Value {
  const value = made(call);
  call.outputs = tensorsOfValue(value);
  noteTensor(m, call.op, call.args.flatMap(tensorsIn), value, originOf(m, call.at));
  return value;
}

function run(m: Machine, call: OpCall): Value {
  const open = call.args.map(firstOpen).find((one) => one !== undefined);
  if (open) return partlyKnown(m, call) ?? unknownTensor(whyOpen(open), { kind: 'op', call, index: 0 });
  const outcomes = outcomesOf(m, call);
  call.macs = outcomes.map((outcome) => (isRefusedOp(outcome) ? NaN : (outcome.macs ?? NaN)));
  const refused = whyRefused(m, call, outcomes);
  if (refused !== undefined) return partlyKnown(m, call) ?? unknownTensor(refused, { kind: 'op', call, index: 0 });
  const tensors = call.args.flatMap(tensorsIn);
  return valueOf(m, outcomes, {
    dependsOn: inputDependencies(call.args),
    isDtypeOpen: tensors.some((tensor) => tensor.isDtypeOpen),
    source: (index): TensorSource => ({ kind: 'op', call, index }),
    unknown: tensors.map((tensor) => tensor.unknown).find((why) => why !== undefined),
  });
}

export const whyOpen = (open: Unknown | EagerTensor): string =>
  open instanceof EagerTensor
    ? (open.unknown ?? 'its shape is not known')
    : open.name === '?'
      ? `what it is given is not known: ${open.reason}`
      : `${open.name}: ${open.reason}`;

/** What TensorFlow.js makes of the call, for each stand-in; for one where nothing depends on unknowns. */
function outcomesOf(m: Machine, call: OpCall): readonly OpOutcome[] {
  const count = inputDependencies(call.args).size > 0 ? SAMPLES : 1;
  m.charge(count * STEPS_OF_AN_OP);
  return Array.from({ length: count }, (_, k) => once(call, k));
}

function once(call: OpCall, k: number): OpOutcome {
  const args: OpArgument[] = [];
  for (const input of call.args) {
    const concrete = concreteInput(input, k);
    if (!concrete) return { error: 'an argument was refused' };
    args.push(concrete.value);
  }
  if (!call.isMethod) return runOp(call.op, args);
  const [self, ...rest] = args;
  return runTensorMethod(call.op, self as OpTensor, rest);
}

/** Errors about sizes and ranks, in TensorFlow.js' words: only those are certain where no value is known. */
const ABOUT_SHAPES = /shape|rank|dimension|broadcast|size|axis|axes|depth|channels|must match|inner/i;
const ABOUT_DTYPE = /dtype|float32|int32|bool/i;

/** Why nothing is known of the result: the refusal, which is reported where it is certain. */
function whyRefused(m: Machine, call: OpCall, outcomes: readonly OpOutcome[]): string | undefined {
  const errors = outcomes.filter(isRefusedOp);
  const [first] = errors;
  if (!first || errors.length < outcomes.length) return undefined;
  if (first.limit) return first.error;
  const tensors = call.args.flatMap(tensorsIn);
  const message = outcomes.length > 1 ? openSizesOnly(m, call, outcomes) : first.error;
  if (message === undefined) return `no value that was tried for what is unknown fits: ${first.error}`;
  if (!ABOUT_SHAPES.test(message) || (tensors.some((tensor) => tensor.isDtypeOpen) && ABOUT_DTYPE.test(message)))
    return `TensorFlow.js refuses it: ${message}`;
  const origin = originOf(m, call.at);
  const shown = tensors.flatMap((tensor) => {
    const shape = outcomes.length > 1 ? undefined : tensorAt(tensor, 0)?.shape;
    const place = tensor.source.kind === 'op' ? tensor.source.call.at : undefined;
    return shape && place ? [{ origin: originOf(m, place), shape: showShape(shape) }] : [];
  });
  reportRefusal(m, origin, message, shown, 'shape-mismatch');
  return failsAt(m, call.op, { path: call.at.path, call: call.at });
}
