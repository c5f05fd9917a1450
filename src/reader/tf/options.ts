import type { SpecValue } from '../../layers/spec';
import type { Machine } from '../machine';
import type { Literal } from '../state/assumptions';
import { Arr, Obj, type ArrState } from '../state/heap';
import { decide } from '../operations/conditions';
import { Num, signature } from '../values/num';
import { Choice, Unknown, clip, type Value } from '../values/values';
import { LayerValue, ModelValue } from './entities';

/** An option's value, copied when the layer is made: later changes of the source's objects do not reach it. */
export type Option =
  undefined | null | boolean | number | string | Num | Unknown | readonly Option[] | OptionRecord | LayerValue | ModelValue;

export class OptionRecord {
  /** What `dependencies` has found in it. */
  dependsOn: ReadonlySet<string> | undefined;

  constructor(
    readonly entries: ReadonlyMap<string, Option>,
    /** Set where there may be more options than are known. */
    readonly open: Unknown | undefined,
  ) {}
}

/** A value has several alternatives: whoever asked must run once for each. */
export class NeedsFork extends Error {
  constructor(readonly paths: readonly (readonly Literal[])[]) {
    super('a choice where one value is needed');
  }
}

/** Runs `make`, once for each alternative of the choices it meets. */
export function forEachAlternative(m: Machine, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NeedsFork)) throw error;
    const isSettled = error.paths.some((literals) => m.assumptions.news(literals).length === 0);
    if (!m.canFork || isSettled) return m.tooMany();
    return m.fork(error.paths, () => forEachAlternative(m, make));
  }
}

/** Options whose values change neither shapes nor counts. */
const IGNORED =
  /^(activation|recurrentActivation|name|rate|dropout|recurrentDropout|seed|momentum|epsilon|alpha|theta|stddev|maxValue|noiseShape|dtype|weights|batchSize|implementation|threshold|negativeSlope|sampleWeight|\w*(Initializer|Regularizer|Constraint))$/;

/** Options of which nothing that is shown depends: several values of them are no several layers. */
const UNSEEN =
  /^(rate|dropout|recurrentDropout|seed|momentum|epsilon|alpha|theta|stddev|maxValue|threshold|negativeSlope|\w*(Initializer|Regularizer|Constraint))$/;

/** Options that are numbers, or lists of them. */
const NUMBERS =
  /^(units|filters|kernelSize|strides|poolSize|size|shape|inputShape|batchInputShape|batchShape|targetShape|inputDim|outputDim|inputLength|n|cropping|dilationRate|depthMultiplier|numTokens|height|width|dims|axes|axis|outputPadding)$/;

/** Options that are switches: an unknown one is read both ways. */
const SWITCHES = /^(useBias|returnSequences|returnState|stateful|goBackwards|unroll|scale|center|trainable|maskZero|sparse|normalize)$/;

const MAX_DEPTH = 12;
const MAX_ENTRIES = 20_000;

/** Copies a layer's argument. Unknowns in numeric places become stand-ins; unknown switches are read both ways. */
export function freeze(m: Machine, value: Value): Option {
  let entries = 0;
  const copy = (raw: Value, key: string, depth: number): Option => {
    if (++entries > MAX_ENTRIES || depth > MAX_DEPTH) return new Unknown(m.freshKey('large'), '?', 'the options are too large');
    const one = m.settle(raw);
    if (one instanceof Choice && (UNSEEN.test(key) || (IGNORED.test(key) && !m.canFork)))
      return new Unknown(m.freshKey('either'), key, 'it depends on a condition');
    if (one instanceof Choice) {
      const counted = NUMBERS.test(key) ? countOfRounds(one, key) : undefined;
      if (!counted) throw new NeedsFork(one.alternatives.map((alternative) => alternative.literals));
      return m.numberOf(counted);
    }
    if (one instanceof Unknown) return unknownOption(m, one, key, depth === 1);
    if (one instanceof Arr) return copyArray(m, one, (item) => copy(item, key, depth + 1));
    if (one instanceof Obj) {
      const entity = m.entityOf.get(one);
      if (entity) return entity;
      // An initializer of the source's own class changes neither shapes nor counts.
      if (one.classOf && IGNORED.test(key)) return undefined;
      return new OptionRecord(
        new Map([...one.properties].map(([name, item]) => [name, copy(item, depth === 0 ? name : key, depth + 1)])),
        one.open,
      );
    }
    if (one instanceof Num) noteExpression(m, one);
    if (one instanceof Num || one instanceof LayerValue || one instanceof ModelValue) return one;
    if (typeof one === 'object' && one !== null)
      return new Unknown(m.freshKey('option'), '?', 'a value of this kind is not read as an option');
    return one;
  };
  return copy(value, '', 0);
}

/** A size that only the number of a loop's rounds decides is a size that is not known: the rounds that were tried are not the sizes it may have. */
function countOfRounds(choice: Choice, key: string): Unknown | undefined {
  const { alternatives } = choice;
  const isGuess = alternatives.every(
    ({ literals, value }) => typeof value === 'number' && literals.length > 0 && literals.every((one) => one.tried),
  );
  if (!isGuess) return undefined;
  const identity = alternatives.map(
    ({ literals, value }) => `${literals.map((one) => `${one.key}=${String(one.value)}`).join('&')}:${String(value)}`,
  );
  const [first] = alternatives.flatMap(({ literals }) => literals.map((one) => one.text).filter(Boolean));
  return new Unknown(
    `counted:${identity.join('|')}`,
    key,
    `it depends on a number of rounds or items that is not known (${first ?? ''}, or more)`,
  );
}

const MAX_EXPRESSION = 48;

function noteExpression(m: Machine, number: Num): void {
  const { samples, text } = number;
  if (text.length > MAX_EXPRESSION || text.includes('?') || m.expressions.size > MAX_ENTRIES) return;
  const key = signature(samples);
  if (!m.expressions.has(key)) m.expressions.set(key, number);
}

function copyArray(m: Machine, array: Arr, copy: (item: Value) => Option): Option {
  const { open, items } = stateOf(m, array);
  return open ?? items.map(copy);
}

/** The state that an array is in under the present assumptions. Throws NeedsFork where it has several. */
export function stateOf(m: Machine, array: Arr): ArrState {
  if (!array.versions) return array;
  const open = array.versions.filter(({ literals }) => m.assumptions.allows(literals));
  const [only] = open;
  if (open.length !== 1 || !only) throw new NeedsFork(open.map(({ literals }) => literals));
  return only.state;
}

/** Options that are lists of sizes: an unknown one has an unknown length, and can be no single number. */
const LISTS = /^(shape|inputShape|batchInputShape|batchShape|targetShape|dims|axes)$/;

function unknownOption(m: Machine, unknown: Unknown, key: string, isWhole: boolean): Option {
  if (isWhole && LISTS.test(key)) return unknown;
  if (NUMBERS.test(key)) return m.numberOf(unknown);
  if (!SWITCHES.test(key)) return unknown;
  const decision = decide(m, unknown);
  if (typeof decision === 'boolean') return decision;
  throw new NeedsFork([decision.ifTrue, decision.ifFalse]);
}

/** Why shapes and counts cannot be told from these options; undefined where they can. */
export function whyUnknown(option: Option, factory = ''): string | undefined {
  if (option instanceof Unknown) return because(option, 'the options are');
  if (!(option instanceof OptionRecord)) return undefined;
  if (option.open) return because(option.open, 'some options are');
  for (const [key, value] of option.entries) {
    // A flattened input is a vector whatever its shape: what comes out is known in part.
    if (IGNORED.test(key) || (factory === 'flatten' && key === 'inputShape')) continue;
    const open = firstUnknown(value);
    if (open) return because(open, `${clip(key)} is`);
  }
  return undefined;
}

export const because = (unknown: Unknown, what: string): string =>
  unknown.name === '?' ? `${what} not known: ${unknown.reason}` : `${unknown.name}: ${unknown.reason}`;

function firstUnknown(option: Option): Unknown | undefined {
  if (option instanceof Unknown) return option;
  // Only its own methods know what it makes of an input, and nothing runs them inside another layer.
  if (option instanceof LayerValue && option.custom)
    return new Unknown('inside', option.factory, 'a class of the source, which is not followed inside another layer');
  // What is inside a wrapper must be known for the wrapper to be.
  if ((option instanceof LayerValue || option instanceof ModelValue) && option.unknown !== undefined)
    return new Unknown('inside', '?', option.unknown);
  if (Array.isArray(option)) return (option as readonly Option[]).map(firstUnknown).find(Boolean);
  if (option instanceof OptionRecord)
    return option.open ?? [...option.entries].map(([key, value]) => (IGNORED.test(key) ? undefined : firstUnknown(value))).find(Boolean);
  return undefined;
}

/** Keys of the unknown numbers in it. */
export function dependencies(option: Option): ReadonlySet<string> {
  if (option instanceof OptionRecord && option.dependsOn) return option.dependsOn;
  const found = new Set<string>();
  addDependencies(option, found);
  if (option instanceof OptionRecord) option.dependsOn = found;
  return found;
}

function addDependencies(option: Option, into: Set<string>): void {
  if (typeof option !== 'object' || option === null) return;
  if (option instanceof Num) for (const key of option.dependsOn) into.add(key);
  else if (Array.isArray(option)) for (const item of option as readonly Option[]) addDependencies(item, into);
  else if (option instanceof OptionRecord) for (const item of option.entries.values()) addDependencies(item, into);
  else if (option instanceof LayerValue) addDependencies(option.options, into);
}

/** The option with stand-in `k` in place of each unknown number. Unknowns that change nothing are left out. */
export function concretise(option: Option, k: number, layerSpec: (layer: LayerValue | ModelValue, k: number) => SpecValue): SpecValue {
  if (option instanceof Num) return option.samples[k];
  if (option instanceof Unknown) return undefined;
  if (option instanceof LayerValue || option instanceof ModelValue) return layerSpec(option, k);
  if (option instanceof OptionRecord) {
    const record: Record<string, SpecValue> = Object.create(null) as Record<string, SpecValue>;
    for (const [key, value] of option.entries) if (!(value instanceof Unknown)) record[key] = concretise(value, k, layerSpec);
    return record;
  }
  if (Array.isArray(option)) return (option as readonly Option[]).map((item) => concretise(item, k, layerSpec));
  return option as SpecValue;
}
