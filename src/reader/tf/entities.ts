import { isRefused, type Applied, type ConcreteShape, type Constructed, type LayerSpec, type Refused } from '../../layers/spec';
import type { Literal } from '../state/assumptions';
import type { Mergeable } from '../state/choose';
import { flatten, MAX_VERSIONS } from '../state/heap';
import { Holder, type Version } from '../state/holder';
import type { Obj } from '../state/heap';
import type { CallPlace } from '../values/native';
import type { ClassValue, Unknown, Value } from '../values/values';
import type { Option } from './options';
import type { CallRead } from './tensors/customCall';

/** Where something was made, and what led there. */
export interface Origin {
  readonly path: string;
  /** The factory's name, or the keyword `new`. */
  readonly name: { readonly start: number; readonly end: number };
  readonly call: { readonly start: number; readonly end: number };
  /** The calls that led here, outermost first. */
  readonly callPath: readonly CallPlace[];
  readonly literals: readonly Literal[];
  /** The file whose entry point was running. */
  readonly root: string;
}

/** A layer of the source that extends `tf.layers.Layer`. */
export interface CustomLayer {
  readonly classOf: ClassValue;
  readonly instance: Obj;
}

let serial = 0;

interface LayerState {
  readonly builtBy: Application | undefined;
  readonly trainable: boolean | undefined;
  readonly weightsTrainable: boolean | undefined;
}

/** One layer object. Only whether it was built, and whether it is frozen, can change. */
export class LayerValue extends Holder<LayerState> {
  readonly serial = ++serial;
  builtBy: Application | undefined;
  trainable: boolean | undefined;
  /** What was last set of the weights, through the layer or through a model that has it. */
  weightsTrainable: boolean | undefined;
  /** The layer that has this one inside: bidirectional, timeDistributed, rnn. */
  wrapper: LayerValue | undefined;
  /** Every application, those of sides that were undone included. */
  readonly history: Application[] = [];

  constructor(
    /** `conv2d`; `input` for `tf.input`; the class' name for a custom layer. */
    readonly factory: string,
    readonly options: Option,
    readonly origin: Origin,
    /** By stand-in; one entry where nothing depends on unknowns. */
    readonly constructed: readonly (Constructed | Refused)[],
    readonly custom?: CustomLayer,
    /** Why nothing can be said of it (its options are not known). */
    readonly unknown?: string,
    /** By stand-in, where nothing that is inside the layer has a say in them; filled when they are asked for. */
    readonly specs: LayerSpec[] = [],
  ) {
    super();
  }

  save(): LayerState {
    return { builtBy: this.builtBy, trainable: this.trainable, weightsTrainable: this.weightsTrainable };
  }

  load(state: LayerState): void {
    this.builtBy = state.builtBy;
    this.trainable = state.trainable;
    this.weightsTrainable = state.weightsTrainable;
  }

  join(versions: readonly Version<LayerState>[]): void {
    const built = versions.find(({ state }) => state.builtBy);
    this.builtBy = built?.state.builtBy;
    const agreed = (read: (state: LayerState) => boolean | undefined): boolean | undefined => {
      const [first, ...rest] = versions.map(({ state }) => read(state));
      return rest.every((value) => value === first) ? first : undefined;
    };
    this.trainable = agreed((state) => state.trainable);
    this.weightsTrainable = agreed((state) => state.weightsTrainable);
  }

  blur(other: LayerState): void {
    this.builtBy ??= other.builtBy;
  }
}

/** What one application came to, by stand-in; one entry where nothing depends on unknowns. */
export type Outcome = Applied | Refused;

/** One application of a layer, or a model, to tensors. Immutable: the log from which models are replayed. */
export class Application {
  readonly serial = ++serial;
  /** For a layer class of the source: what its `call` gives for these inputs. */
  call: CallRead | undefined;
  constructor(
    readonly layer: LayerValue | ModelValue,
    readonly inputs: readonly TensorValue[],
    readonly outcomes: readonly Outcome[],
    /** Why the output's shape is not known. */
    readonly unknown: string | undefined,
    /** Keys of the unknowns that the outcomes depend on. */
    readonly dependsOn: ReadonlySet<string>,
    readonly literals: readonly Literal[],
  ) {}
}

export class TensorValue implements Mergeable {
  constructor(
    readonly application: Application,
    readonly index: number,
  ) {}

  /** Tensors of one shape, which conditions tell apart, as one of which all but the shape is open. */
  mergedWith(others: readonly Value[]): TensorValue | undefined {
    const shapes = this.#shapes();
    const same = (other: Value): boolean => other instanceof TensorValue && sameShapes(shapes, other.#shapes());
    if (shapes.includes(undefined) || !others.every(same)) return undefined;
    const all = [this, ...(others as readonly TensorValue[])].map(({ application }) => application);
    const why =
      all.find(({ unknown }) => unknown !== undefined)?.unknown ?? 'which layers lead to it depends on more conditions than are followed';
    const outcomes = this.application.outcomes.map((one, k) => (isRefused(one) ? one : { ...one, outputShape: shapes[k] ?? [] }));
    const dependsOn = new Set(all.flatMap((one) => [...one.dependsOn]));
    return new TensorValue(new Application(this.application.layer, [], outcomes, why, dependsOn, []), 0);
  }

  /** By stand-in. */
  #shapes(): readonly (ConcreteShape | undefined)[] {
    return this.application.outcomes.map((outcome) => {
      if (isRefused(outcome)) return undefined;
      const { outputShape } = outcome;
      return (Array.isArray(outputShape[0]) ? outputShape[this.index] : outputShape) as ConcreteShape | undefined;
    });
  }
}

const sameShapes = (a: readonly (ConcreteShape | undefined)[], b: readonly (ConcreteShape | undefined)[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

export interface SequentialState {
  readonly members: readonly (LayerValue | ModelValue)[];
  readonly applications: readonly Application[];
  /** The input that TensorFlow.js adds for a first layer with an inputShape. */
  readonly input: Application | undefined;
  /** Why the state is not known from here on. */
  readonly lost: string | undefined;
}

const EMPTY: SequentialState = { members: [], applications: [], input: undefined, lost: undefined };

/** A `tf.sequential` (which grows) or a `tf.model` (which does not). */
export class ModelValue extends Holder<SequentialState | readonly Version<SequentialState>[]> {
  readonly serial = ++serial;
  state: SequentialState = EMPTY;
  versions: readonly Version<SequentialState>[] | undefined;
  trainable: boolean | undefined;
  builtBy: Application | undefined;

  constructor(
    readonly kind: 'sequential' | 'functional',
    readonly givenName: string | undefined,
    readonly origin: Origin,
    readonly inputs: readonly TensorValue[] = [],
    readonly outputs: readonly TensorValue[] = [],
    /** Why nothing can be said of it. */
    readonly unknown?: string,
    /** The instance, where a class of the source extends the model class. */
    readonly instance?: Obj,
    /** The file or address that it was loaded from, as people are told. */
    readonly readFrom?: string,
  ) {
    super();
  }

  save(): SequentialState | readonly Version<SequentialState>[] {
    return this.versions ?? this.state;
  }

  load(state: SequentialState | readonly Version<SequentialState>[]): void {
    if ('members' in state) {
      this.state = state;
      this.versions = undefined;
    } else this.versions = state;
  }

  join(versions: readonly Version<SequentialState | readonly Version<SequentialState>[]>[]): void {
    const flat = flatten(versions);
    const first = flat[0];
    if (!first) return;
    if (flat.every(({ state }) => sameMembers(state, first.state))) {
      this.state = first.state;
      this.versions = undefined;
    } else if (flat.length <= MAX_VERSIONS) this.versions = flat;
    else {
      this.versions = undefined;
      this.state = { ...first.state, lost: 'its layers depend on too many conditions' };
    }
  }

  blur(other: SequentialState | readonly Version<SequentialState>[], why: Unknown): void {
    if (!this.versions && 'members' in other && sameMembers(this.state, other)) return;
    this.versions = undefined;
    this.state = { ...this.state, lost: why.reason };
  }
}

const sameMembers = (a: SequentialState, b: SequentialState): boolean =>
  a.lost === b.lost && a.applications.length === b.applications.length && a.applications.every((one, i) => one === b.applications[i]);

/** True for values that are TensorFlow.js' own objects. */
export const isEntity = (value: Value): value is LayerValue | TensorValue | ModelValue =>
  value instanceof LayerValue || value instanceof TensorValue || value instanceof ModelValue;
