import type { TrainingMethod } from '../../model/training';
import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import { Native, type CallPlace } from '../values/native';
import { Choice, Closure, Namespace, Unknown, type Value } from '../values/values';
import type { ModelValue, Origin } from './entities';
import { originOf } from './makeLayer';
import { forEachAlternative, freeze, NeedsFork, OptionRecord, stateOf, type Option } from './options';
import { EagerTensor } from './tensors/eager';

/** One call of `compile` or `fit`, with what it was given at that moment. */
export interface TrainingNote {
  readonly method: TrainingMethod;
  /** undefined where the model is not known. */
  readonly model: ModelValue | undefined;
  readonly given: Option;
  /** What `fit` is given to learn from. */
  readonly examples: EagerTensor | undefined;
  readonly origin: Origin;
}

/** Calls beyond this many are not kept: a search over settings compiles without end. */
const MAX_NOTES = 2_000;

const METHODS: ReadonlySet<string> = new Set<TrainingMethod>(['compile', 'fit', 'fitDataset']);

export const isTraining = (method: string | undefined): method is TrainingMethod => method !== undefined && METHODS.has(method);

/** Which argument has the options: `fit(x, y, { epochs })`, `fitDataset(dataset, { epochs })`, `compile({ loss })`. */
export const OPTIONS_AT: Readonly<Record<TrainingMethod, number>> = { compile: 0, fitDataset: 1, fit: 2 };

/** Remembers a call that prepares or starts training; the call itself is never made. */
export function noteTraining(
  m: Machine,
  method: TrainingMethod,
  model: ModelValue | undefined,
  args: readonly Value[],
  at: CallPlace,
): void {
  forEachAlternative(m, () => {
    const given = givenOption(m, args[OPTIONS_AT[method]], 0);
    const first = method === 'fit' ? m.settle(args[0]) : undefined;
    const x = first instanceof Arr && !first.open ? m.settle(first.items[0]) : first;
    if (m.trainings.length < MAX_NOTES)
      m.trainings.push({ method, model, given, examples: x instanceof EagerTensor ? x : undefined, origin: originOf(m, at) });
    return undefined;
  });
}

/** The same for a model that is not known: only where the options say that it is a model's method. */
export function noteTrainingOfUnknown(m: Machine, method: TrainingMethod, args: readonly Value[], at: CallPlace): void {
  const options = m.settle(args[OPTIONS_AT[method]]);
  const telling = method === 'compile' ? ['loss', 'optimizer'] : ['epochs', 'batchSize', 'batchesPerEpoch'];
  if (options instanceof Obj && telling.some((key) => options.properties.has(key))) noteTraining(m, method, undefined, args, at);
}

/** Lists and records of losses (one an output) are followed; deeper there is nothing to be read. */
const MAX_DEPTH = 3;

/** A value as it is now. Functions of TensorFlow.js become `{ $tf: 'losses.huberLoss' }`, those of the source have no value that could be shown. */
function givenOption(m: Machine, raw: Value, depth: number): Option {
  const value = m.settle(raw);
  if (value instanceof Choice) throw new NeedsFork(value.alternatives.map(({ literals }) => literals));
  if (value instanceof Namespace) return new OptionRecord(new Map([['$tf', value.path.slice(1).join('.')]]), undefined);
  if (value instanceof Closure || value instanceof Native)
    return new Unknown(m.freshKey('function'), value.name || 'function', 'it is a function of the source');
  if (value instanceof Arr && depth < MAX_DEPTH) {
    const { open, items } = stateOf(m, value);
    return open ?? items.map((item) => givenOption(m, item, depth + 1));
  }
  if (value instanceof Obj && depth < MAX_DEPTH) return givenRecord(m, value, depth);
  return freeze(m, value);
}

function givenRecord(m: Machine, value: Obj, depth: number): Option {
  if (value.classOf) return new Unknown(m.freshKey('object'), 'object', 'it is made by a class of the source');
  // What TensorFlow.js makes (an optimizer) is told by its call; its members are open, what made it is not.
  const isMade = value.properties.has('$tf');
  const entries = [...value.properties].map(([key, item]) => [key, givenOption(m, item, depth + 1)] as const);
  return new OptionRecord(new Map(entries), isMade ? undefined : value.open);
}
