import { isRefused, type Applied, type ConcreteShape } from '../../layers/spec';
import { UNKNOWN_SIZE, type Count, type Dim, type Shape, type Shapes } from '../../model/shape';
import type { Machine } from '../machine';
import type { Outcome } from '../tf/entities';
import { isOpenSize } from '../tf/tensors/openSizes';
import { signature, type Num } from '../values/num';
import { fit, type Named } from './fit';

/** So many expressions of the source are tried as parts of a formula. */
const MAX_RELATED = 4;

/** Stands for the sizes that a symbolic shape leaves open, which no name of a source looks like. */
const OPEN = '\0open';

/** Turns samples in lockstep into what people see: numbers, names, formulas, "?". */
export class Numbers {
  readonly #unknowns: readonly (Named & { readonly reason: string })[];
  /** How the source writes numbers that are no polynomial: `Math.min(256, 2*filters)`, found by their values. */
  readonly #expressions: ReadonlyMap<string, Num>;
  readonly #dependsOn: ReadonlySet<string>;

  static readonly #overNothing = new WeakMap<Machine, Numbers>();

  /** @param dependsOn keys of the unknowns that the numbers depend on. */
  static over(m: Machine, dependsOn: ReadonlySet<string>): Numbers {
    if (dependsOn.size > 0) return new Numbers(m, dependsOn);
    const known = Numbers.#overNothing.get(m) ?? new Numbers(m, dependsOn);
    Numbers.#overNothing.set(m, known);
    return known;
  }

  private constructor(m: Machine, dependsOn: ReadonlySet<string>) {
    this.#expressions = m.expressions;
    this.#dependsOn = dependsOn;
    this.#unknowns = m.inOrder(dependsOn).flatMap((key) => {
      const unknown = m.names.get(key);
      const name = isOpenSize(key) ? OPEN : unknown?.name;
      return unknown && name !== undefined ? [{ name, reason: unknown.reason, samples: m.numberOf(unknown).samples }] : [];
    });
  }

  /** The unknowns by whose names any of these numbers is told. */
  namedIn(...shown: readonly (Count | Shapes | undefined)[]): readonly { readonly name: string; readonly reason: string }[] {
    const formulas = shown.flat(2).filter((value) => typeof value === 'string');
    const named = this.#unknowns.filter(({ name }) => formulas.some((formula) => formula.includes(name)));
    return named.map(({ name, reason }) => ({ name, reason }));
  }

  count(samples: readonly (number | undefined)[]): Count {
    const found = fit(samples, this.#unknowns);
    if (found !== UNKNOWN_SIZE || this.#unknowns.length === 0) return found;
    const written = this.#expressions.get(signature(samples));
    return written ? written.text : fit(samples, [...this.#unknowns, ...this.#related()]);
  }

  /** Expressions that depend on nothing else than what these numbers depend on, as names of their own. */
  #related(): readonly Named[] {
    const related = [...this.#expressions.values()].filter(({ dependsOn }) => [...dependsOn].every((key) => this.#dependsOn.has(key)));
    return related.slice(0, MAX_RELATED).map(({ text, samples }) => ({ name: text, samples }));
  }

  /** A dimension over the samples; null only where it is open in all of them. */
  dim(samples: readonly (number | null | undefined)[]): Dim {
    const known = samples.filter((size) => size !== undefined);
    if (known.length > 0 && known.every((size) => size === null)) return null;
    if (known.some((size) => size === null)) return '?';
    const sizes = samples as readonly (number | undefined)[];
    if (!this.#unknowns.some(({ name }) => name === OPEN)) return this.count(sizes);
    const size = fit(sizes, this.#unknowns);
    return typeof size === 'string' && size.includes(OPEN) ? null : size;
  }

  shape(samples: readonly (ConcreteShape | undefined)[]): Shape | undefined {
    const known = samples.filter((shape) => shape !== undefined);
    const rank = known[0]?.length;
    if (rank === undefined || known.some((shape) => shape.length !== rank)) return undefined;
    return Array.from({ length: rank }, (_, axis) => this.dim(samples.map((shape) => shape?.[axis])));
  }

  /** The output shapes of an application over the stand-ins. */
  outputShapes(outcomes: readonly Outcome[]): Shapes | undefined {
    const [only] = outcomes;
    if (only && outcomes.length === 1 && !isRefused(only) && isCertain(only.outputShape)) return only.outputShape;
    const samples = outcomes.map((outcome) => (isRefused(outcome) ? undefined : outcome.outputShape));
    const known = samples.find((shape) => shape !== undefined);
    if (!known) return undefined;
    if (!isList(known)) return this.shape(samples as readonly (ConcreteShape | undefined)[]);
    const all = known.map((_, index) => this.shape(samples.map((shape) => (shape && isList(shape) ? shape[index] : undefined))));
    return all.every((shape) => shape !== undefined) ? all : undefined;
  }

  of(outcomes: readonly Outcome[], read: (applied: Applied) => number | undefined): Count | undefined {
    const samples = outcomes.map((outcome) => (isRefused(outcome) ? undefined : read(outcome)));
    return samples.some((value) => value !== undefined) ? this.count(samples) : undefined;
  }
}

/** A shape that can be told as TensorFlow.js gave it. */
const isCertain = (shape: ConcreteShape | readonly ConcreteShape[]): boolean =>
  isList(shape) ? shape.every(isCertain) : !shape.some(Number.isNaN);

export const isList = (shape: ConcreteShape | readonly ConcreteShape[]): shape is readonly ConcreteShape[] => Array.isArray(shape[0]);
