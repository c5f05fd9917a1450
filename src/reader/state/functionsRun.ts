import type { ts } from 'ts-morph';
import type { Closure } from '../values/values';

/** Which functions of the source have run, and the first closure of each that may still have to, in the order in which they came to be. */
export class FunctionsRun {
  readonly #ran = new Set<ts.Node>();
  readonly #met = new Map<ts.Node, Closure>();
  readonly #finished = new Set<ts.Node>();
  /** What was noted since the outermost attempt that will be undone began. */
  readonly #notes: { readonly of: 'ran' | 'met' | 'finished'; readonly node: ts.Node }[] = [];
  #attempts = 0;

  /** All that have run by now. */
  get all(): Iterable<ts.Node> {
    return this.#ran;
  }

  has(node: ts.Node): boolean {
    return this.#ran.has(node);
  }

  ran(node: ts.Node): void {
    if (this.#ran.has(node)) return;
    this.#ran.add(node);
    if (this.#attempts > 0) this.#notes.push({ of: 'ran', node });
  }

  /** It has run to its end: what it did not come to is not on its way. */
  finished(node: ts.Node): void {
    if (this.#finished.has(node)) return;
    this.#finished.add(node);
    if (this.#attempts > 0) this.#notes.push({ of: 'finished', node });
  }

  hasFinished(node: ts.Node): boolean {
    return this.#finished.has(node);
  }

  met(node: ts.Node, closure: Closure): void {
    if (this.#ran.has(node) || this.#met.has(node)) return;
    this.#met.set(node, closure);
    if (this.#attempts > 0) this.#notes.push({ of: 'met', node });
  }

  /** The first closure of a function, whether or not it has run. */
  firstOf(node: ts.Node): Closure | undefined {
    return this.#met.get(node);
  }

  /** Functions that have not run; those that come to be meanwhile are among them. */
  *uncalled(): Generator<Closure> {
    for (const [node, closure] of this.#met) if (!this.#ran.has(node)) yield closure;
  }

  /** Runs `body` and forgets what it noted. */
  attempt(body: () => void): void {
    const before = this.#notes.length;
    this.#attempts++;
    try {
      body();
    } finally {
      this.#attempts--;
      for (const { of, node } of this.#notes.splice(before)) {
        if (of === 'ran') this.#ran.delete(node);
        else if (of === 'finished') this.#finished.delete(node);
        else this.#met.delete(node);
      }
    }
  }
}
