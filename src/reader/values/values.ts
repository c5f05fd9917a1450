import type { ts } from 'ts-morph';
import type { Literal } from '../state/assumptions';
import type { Environment } from '../state/environment';
import type { Arr, Obj } from '../state/heap';
import type { LayerValue, ModelValue, TensorValue } from '../tf/entities';
import type { EagerTensor } from '../tf/tensors/eager';
import type { CallPlace, Native } from './native';
import { boundedKey } from './keys';
import type { Num } from './num';

/** What an expression of the source comes to. Known numbers, strings and booleans are themselves. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Num
  | Unknown
  | Choice
  | Obj
  | Arr
  | Closure
  | ClassValue
  | Native
  | Namespace
  | LayerValue
  | TensorValue
  | ModelValue
  | EagerTensor
  | PromiseValue
  | GeneratorValue;

/** A value the source does not tell. */
export class Unknown {
  /** Identity: two unknowns with one key are the same value. */
  readonly key: string;

  constructor(
    key: string,
    /** How the source calls it: `numClasses`, `config.units`. */
    readonly name: string,
    /** Why it is not known, for people: `parameter of createModel, called from no file of this project`. */
    readonly reason: string,
  ) {
    this.key = boundedKey(key);
  }

  member(key: string): Unknown {
    const isIndex = /^\d+$/.test(key);
    const suffix = isIndex ? `[${key}]` : `.${key}`;
    return new Unknown(this.key + suffix, clip(this.name + suffix), this.reason);
  }

  /** The same unknown under the name of the variable that holds it, where its own name is a whole expression. */
  heldBy(variable: string): Unknown {
    if (/^[\w$]+([.[][\w$]+\]?)*$/.test(this.name) || this.constructor !== Unknown) return this;
    return new Unknown(this.key, variable, this.name === '?' ? this.reason : `${this.name}: ${this.reason}`);
  }

  derived(key: string, name: string): Unknown {
    return new Unknown(key, clip(name), this.reason);
  }
}

/** A value that differs between the sides of a condition that is not known. */
export class Choice {
  constructor(readonly alternatives: readonly Alternative[]) {}
}

export interface Alternative {
  /** All of these hold where this alternative does. */
  readonly literals: readonly Literal[];
  readonly value: Value;
}

export class Closure {
  /** Properties of the function object, made when the source first asks for one. */
  properties: Obj | undefined;
  /** What the function is a method of, where no class says so: an object literal, or the constructor whose prototype has it. */
  owner: Obj | Closure | ClassValue | undefined;

  constructor(
    readonly node: ts.FunctionLikeDeclaration,
    readonly scope: Environment,
    readonly path: string,
    readonly name: string,
    readonly boundThis: Value,
    /** The class whose `super` this function sees. */
    readonly home?: ClassValue,
  ) {}
}

export class ClassValue {
  /** What the source put on the class' prototype from outside. */
  prototype: Obj | undefined;
  readonly methods = new Map<string, Closure>();
  readonly getters = new Map<string, Closure>();
  readonly setters = new Map<string, Closure>();
  readonly staticGetters = new Map<string, Closure>();
  readonly staticSetters = new Map<string, Closure>();
  constructor(
    readonly node: ts.ClassLikeDeclaration,
    readonly scope: Environment,
    readonly path: string,
    readonly name: string,
    readonly base: Value,
    readonly statics: Obj,
  ) {}
}

/** A call of a generator function: its body runs where it is iterated. */
export class GeneratorValue {
  isDone = false;
  constructor(
    readonly closure: Closure,
    readonly self: Value,
    readonly args: readonly Value[],
    readonly at: CallPlace,
  ) {}
}

/** A part of TensorFlow.js' own namespace: `tf`, `tf.layers`, `tf.layers.conv2d`. */
export class Namespace {
  constructor(readonly path: readonly string[]) {}
}

export class PromiseValue {
  constructor(readonly inner: Value) {}
}

const MAX_NAME = 80;

/** Names come from source text and are shown to people: they stay short. */
export const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MAX_NAME ? line : `${line.slice(0, MAX_NAME - 1)}…`;
};
