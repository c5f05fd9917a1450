import { Unknown, type Value } from '../values/values';
import { choose, sameValue } from './choose';
import { Holder, type Version } from './holder';

/** A binding that lives elsewhere: an imported name. */
export interface LiveBinding {
  get(): Value;
}

type Slots = ReadonlyMap<string, Value>;

/** The value of a `let`, `const` or class that has not been reached yet. */
export const NOT_YET_VALUE = new Unknown('not-yet', '?', 'it is used before it is declared');

/** A scope of the source: its own names, and the scope around it. */
export class Environment extends Holder<Slots> {
  #slots = new Map<string, Value>();
  readonly #live = new Map<string, LiveBinding>();
  /** The entry points that assigned each name: more than one makes its value uncertain in the next. */
  readonly assignedAt = new Map<string, Set<number>>();

  constructor(
    readonly outer: Environment | undefined,
    /** Set for scopes that `var` and function declarations hoist to. */
    readonly isFunctionScope: boolean,
  ) {
    super();
  }

  find(name: string): Environment | undefined {
    if (this.hasOwn(name)) return this;
    for (let at = this.outer; at; at = at.outer) if (at.hasOwn(name)) return at;
    return undefined;
  }

  own(name: string): Value {
    const live = this.#live.get(name);
    return live ? live.get() : this.#slots.get(name);
  }

  hasOwn(name: string): boolean {
    return this.#slots.has(name) || this.#live.has(name);
  }

  names(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /** The caller has touched the journal. */
  put(name: string, value: Value): void {
    this.#slots.set(name, value);
  }

  bindLive(name: string, binding: LiveBinding): void {
    this.#live.set(name, binding);
  }

  save(): Slots {
    return new Map(this.#slots);
  }

  load(state: Slots): void {
    this.#slots = new Map(state);
  }

  join(versions: readonly Version<Slots>[]): void {
    this.#slots = joinMaps(versions);
  }

  blur(other: Slots, why: Unknown): void {
    blurMap(this.#slots, other, why);
  }
}

/** Makes unknown the values of keys in which the maps differ. */
export function blurMap(map: Map<string, Value>, other: ReadonlyMap<string, Value>, why: Unknown): void {
  for (const key of new Set([...map.keys(), ...other.keys()])) {
    if (!sameValue(map.get(key), other.get(key)))
      map.set(key, new Unknown(`${why.key}.${key}`, key.startsWith('%') ? '?' : key, why.reason));
  }
}

/** Joins maps key by key; a key that a side lacks is undefined there. */
export function joinMaps(versions: readonly Version<ReadonlyMap<string, Value>>[]): Map<string, Value> {
  const keys = new Set<string>();
  for (const { state } of versions) for (const key of state.keys()) keys.add(key);
  const joined = new Map<string, Value>();
  for (const key of keys) joined.set(key, choose(versions.map(({ literals, state }) => ({ literals, value: state.get(key) }))));
  return joined;
}
