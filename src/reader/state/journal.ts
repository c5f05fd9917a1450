import { birthsSoFar, type Holder, type Version } from './holder';
import type { Unknown } from '../values/values';
import type { Literal } from './assumptions';

/** What a branch changed: the state of each holder it touched, as it left it. */
export type Delta = ReadonlyMap<Holder, unknown>;

interface Page {
  /** Holders born later than this are the branch's own. */
  readonly since: number;
  readonly before: Map<Holder, unknown>;
}

/** Remembers what was there before each change, so that a branch can be undone. Branches nest. */
export class Journal {
  readonly #pages: Page[] = [];
  /** Holders born later than this are not watched. */
  #watchedSince = -1;
  #changed = new Set<number>();

  /** From here on `changedOld` tells what of all that is there by now changes. */
  watch(): void {
    this.#watchedSince = birthsSoFar();
    this.#changed = new Set();
  }

  /** The births (`Holder.born`) of what has changed; what was undone again counts as well. */
  get changedOld(): ReadonlySet<number> {
    return this.#changed;
  }

  begin(): void {
    this.#pages.push({ since: birthsSoFar(), before: new Map() });
  }

  /** Must be called before a holder changes. */
  touch(holder: Holder): void {
    if (holder.born <= this.#watchedSince) this.#changed.add(holder.born);
    const page = this.#pages.at(-1);
    if (!page || holder.born > page.since || page.before.has(holder)) return;
    page.before.set(holder, holder.save());
  }

  /** Ends the innermost branch, puts everything back as it was before, and returns what the branch had made of it. */
  end(): Delta {
    const page = this.#pages.pop();
    const delta = new Map<Holder, unknown>();
    if (!page) return delta;
    for (const [holder, before] of page.before) {
      delta.set(holder, holder.save());
      holder.load(before);
    }
    return delta;
  }

  /** Ends the innermost branch and keeps what it changed. */
  commit(): void {
    const page = this.#pages.pop();
    const outer = this.#pages.at(-1);
    if (!page || !outer) return;
    for (const [holder, before] of page.before)
      if (holder.born <= outer.since && !outer.before.has(holder)) outer.before.set(holder, before);
  }

  /** Makes unknown whatever these branches would have changed in the present state. */
  blur(deltas: readonly Delta[], why: Unknown): void {
    for (const delta of deltas) {
      for (const [holder, state] of delta) {
        this.touch(holder);
        holder.blur(state, why);
      }
    }
  }

  apply(delta: Delta): void {
    for (const [holder, state] of delta) {
      this.touch(holder);
      holder.load(state);
    }
  }

  /** Joins the outcomes of several branches that started from the present state. */
  join(branches: readonly { readonly literals: readonly Literal[]; readonly delta: Delta }[]): void {
    const touched = new Set<Holder>();
    for (const branch of branches) for (const holder of branch.delta.keys()) touched.add(holder);
    for (const holder of touched) {
      const present = holder.save();
      const versions: Version<unknown>[] = branches.map(({ literals, delta }) => ({
        literals,
        state: delta.has(holder) ? delta.get(holder) : present,
      }));
      this.touch(holder);
      holder.join(versions);
    }
  }
}
