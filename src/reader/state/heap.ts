import { Unknown, type ClassValue, type Closure, type Value } from '../values/values';
import { choose, sameValue } from './choose';
import { blurMap, joinMaps } from './environment';
import { Holder, type Version } from './holder';

/** A getter or setter of an object literal. */
export class Accessor {
  constructor(
    readonly get: Closure | undefined,
    readonly set: Closure | undefined,
  ) {}
}

interface ObjState {
  readonly properties: ReadonlyMap<string, Value>;
  readonly open: Unknown | undefined;
}

/** An object of the source. Its properties are a Map, so that `__proto__` is a key like any other. */
export class Obj extends Holder<ObjState> {
  properties = new Map<string, Value>();
  readonly accessors = new Map<string, Accessor>();
  /** Set where the object may hold more than is known (an unknown was spread into it, or code that cannot be read has had it). */
  open: Unknown | undefined;

  /** The entry points that assigned each property: more than one makes its value uncertain in the next. */
  readonly assignedAt = new Map<string, Set<number>>();

  /** Where members are looked for that it does not have itself. */
  proto: Obj | undefined;
  /** The function or class whose prototype this is. */
  constructorOf: Closure | ClassValue | undefined;

  constructor(
    readonly classOf?: ClassValue,
    born?: number,
  ) {
    super(born);
  }

  noteAssignment(key: string, root: number): void {
    this.assignedAt.set(key, (this.assignedAt.get(key) ?? new Set()).add(root));
  }

  save(): ObjState {
    return { properties: new Map(this.properties), open: this.open };
  }

  load(state: ObjState): void {
    this.properties = new Map(state.properties);
    this.open = state.open;
  }

  join(versions: readonly Version<ObjState>[]): void {
    this.properties = joinMaps(versions.map(({ literals, state }) => ({ literals, state: state.properties })));
    this.open = versions.find(({ state }) => state.open)?.state.open;
  }

  blur(other: ObjState, why: Unknown): void {
    blurMap(this.properties, other.properties, why);
    this.open ??= other.open;
  }
}

/** An array or model that has more states than this is not followed any further. */
export const MAX_VERSIONS = 8;

const DIFFERS = 'it differs between the sides of a condition';

let lost = 0;

export interface ArrState {
  readonly items: readonly Value[];
  readonly open: Unknown | undefined;
}

/** An array of the source. Where its length differs between the sides of a condition it has several versions. */
export class Arr extends Holder<ArrState | readonly Version<ArrState>[]> {
  items: Value[];
  /** Set where items beyond those known may exist, or any may have changed. */
  open: Unknown | undefined;
  versions: readonly Version<ArrState>[] | undefined;

  constructor(items: readonly Value[] = [], open?: Unknown) {
    super();
    this.items = [...items];
    this.open = open;
  }

  save(): ArrState | readonly Version<ArrState>[] {
    return this.versions ?? { items: [...this.items], open: this.open };
  }

  load(state: ArrState | readonly Version<ArrState>[]): void {
    if ('items' in state) {
      this.items = [...state.items];
      this.open = state.open;
      this.versions = undefined;
    } else this.versions = state;
  }

  join(versions: readonly Version<ArrState | readonly Version<ArrState>[]>[]): void {
    const flat = flatten(versions);
    const first = flat[0];
    if (!first) return;
    const alike = flat.every(({ state }) => state.items.length === first.state.items.length && state.open === first.state.open);
    if (!alike) {
      this.versions = flat.length <= MAX_VERSIONS ? flat : undefined;
      // Whoever does not ask for one version at a time must see that the items are not known.
      this.items = [];
      // Two arrays that are lost are two unknowns.
      this.open = new Unknown(`differs:${++lost}`, '?', DIFFERS);
      return;
    }
    this.versions = undefined;
    this.items = first.state.items.map((item, i) =>
      flat.every(({ state }) => sameValue(state.items[i], item))
        ? item
        : choose(flat.map(({ literals, state }) => ({ literals, value: state.items[i] }))),
    );
    this.open = first.state.open;
  }

  blur(other: ArrState | readonly Version<ArrState>[], why: Unknown): void {
    const alike = !this.versions && 'items' in other && other.items.length === this.items.length && other.open === this.open;
    if (alike) this.items = this.items.map((item, i) => (sameValue(item, other.items[i]) ? item : why.member(String(i))));
    else {
      this.versions = undefined;
      this.items = [];
      this.open = why;
    }
  }
}

/** Versions of versions as one list, each with all that must hold for it. */
export function flatten<State extends object>(versions: readonly Version<State | readonly Version<State>[]>[]): readonly Version<State>[] {
  return versions.flatMap(({ literals, state }) =>
    Array.isArray(state)
      ? (state as readonly Version<State>[])
          .filter((inner) => inner.literals.every((l) => literals.every((m) => m.key !== l.key || m.value === l.value)))
          .map((inner) => ({
            literals: [...literals, ...inner.literals.filter((l) => !literals.some((m) => m.key === l.key))],
            state: inner.state,
          }))
      : [{ literals, state: state as State }],
  );
}
