import type { ts } from 'ts-morph';
import type { Problem } from '../model/reading';
import type { Interpreter } from './interpreter';
import { Assumptions, type Literal } from './state/assumptions';
import { choose, mergedOf, sameValue } from './state/choose';
import { Environment } from './state/environment';
import { FunctionsRun } from './state/functionsRun';
import type { Arr, Obj } from './state/heap';
import type { Holder, Version } from './state/holder';
import { Journal, type Delta } from './state/journal';
import type { Module } from './state/module';
import { Pages } from './state/pages';
import type { RootRun } from './rootRuns';
import { StatementBook } from './statements/book';
import type { Application, LayerValue, ModelValue } from './tf/entities';
import type { TensorCall } from './tf/tensors/log';
import type { MakerNote } from './tf/makers';
import type { TrainingNote } from './tf/training';
import type { CallPlace } from './values/native';
import { Num } from './values/num';
import { standInsFor } from './values/standIns';
import { Choice, Unknown, type ClassValue, type Closure, type Value } from './values/values';
import type { ReaderSettings, Workspace } from './workspace';

/** The program that is read has thrown. */
export class Thrown extends Error {
  constructor(readonly value: Value) {
    super('thrown by the program that is read');
  }
}

/** The reading has used up what it may spend. */
export class OutOfSteps extends Error {}

/** A branch that has run: what held, what came out, what it changed. */
export interface Branch<T> {
  readonly literals: readonly Literal[];
  readonly value: T;
  readonly delta: Delta;
}

/** `tf.layers[type](…)` of an unknown type. */
export interface OpenFactory {
  readonly at: CallPlace;
  /** Why it is not known which layer this is. */
  readonly reason: string;
}

/** A use of a name, or of `.apply`, that stands for a layer. */
export interface Use {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly layer: LayerValue;
}

/** A token that stands for models: several where its line is reached with more than one. */
export interface ModelUse {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly models: Set<ModelValue>;
}

/** Decisions in force at one time; beyond that nothing is forked, so that cases cannot multiply without end. */
const MAX_DECISIONS = 6;
const MAX_CALL_DEPTH = 120;
/** Steps that saving, undoing and joining one side stand for. */
const STEPS_OF_A_BRANCH = 40;
/** Callbacks inside callbacks inside callbacks: further in, nothing is tried. */
const MAX_REHEARSALS = 3;

/** What a rehearsed callback may take; how far it has come by then is all that is known of it. */
const STEPS_OF_A_REHEARSAL = 50_000;

/** How long the log was at some point. */
interface LogMark {
  readonly layers: number;
  readonly applications: number;
  readonly models: number;
  readonly tensors: number;
  readonly trainings: number;
  readonly makers: number;
  readonly problems: number;
}

/** The interpreter's whole state: budget, branches, and the log of what the source built. */
export class Machine {
  readonly journal = new Journal();
  readonly assumptions = new Assumptions();
  readonly modules = new Map<string, Module>();
  readonly touched = new Set<string>();
  readonly layers: LayerValue[] = [];
  readonly applications: Application[] = [];
  readonly models: ModelValue[] = [];
  /** The calls of functions that give tensors, in their order. */
  readonly tensors: TensorCall[] = [];
  /** Of each place in the source, what it has in `tensors`; stale where a branch that threw was cut back. */
  readonly tensorsBySite = new Map<string, readonly { readonly call: TensorCall; readonly index: number }[]>();
  /** The calls of `compile` and `fit`, in their order. */
  readonly trainings: TrainingNote[] = [];
  readonly makers: MakerNote[] = [];
  /** By token, and by where the name of the layer's factory starts. */
  readonly uses = new Map<ts.Node, Map<number, Use>>();
  /** Tokens that stand for models. */
  readonly modelUses = new Map<string, ModelUse>();
  readonly problems: { readonly path: string; readonly problem: Problem }[] = [];
  readonly limits = new Set<string>();
  /** Calls of layer factories whose names are not known, by place: why they are not. */
  readonly openFactories = new Map<string, OpenFactory>();
  readonly statements = new StatementBook();
  readonly functions = new FunctionsRun();
  /** The runs of the read file's own entry points, its top level aside. */
  readonly rootRuns: RootRun[] = [];
  readonly classes: ClassValue[] = [];
  /** The layer or model behind an instance of a class that extends TensorFlow.js' own. */
  readonly entityOf = new WeakMap<Obj, LayerValue | ModelValue>();
  /** Classes of the source that a topology may name. */
  readonly registered = new Map<string, ClassValue>();
  readonly callStack: CallPlace[] = [];
  #path: readonly CallPlace[] = [];
  interpreter!: Interpreter;
  root = '';
  /** The names that no module declares, and those that sloppy code assigns without declaring. */
  readonly globals = new Environment(undefined, true);
  /** What the scripts of one page see of each other. */
  readonly pages = new Pages();
  /** The file whose code is running. */
  file!: ts.SourceFile;
  steps = 0;
  #unknowns = new Map<string, Num>();
  #nextStandIns = 0;
  /** The names that people see, by an unknown's key. */
  readonly names = new Map<string, Unknown>();
  /** The source's expressions for sizes that layers are given, by the values they have under the stand-ins. */
  readonly expressions = new Map<string, Num>();
  #fresh = 0;
  #limit = 0;
  #kept = 0;
  #inRoot = false;
  #rehearsals = 0;
  /** True while a function runs as nobody calls it: with its defaults, or with what another call left in the scope around it. */
  mayLackArguments = false;
  /** Which entry point is running. */
  rootIndex = 0;
  /** The first instance of each class. */
  readonly instances = new Map<ClassValue | Closure, Obj>();
  /** The texts of tagged templates, which have a property `raw`. */
  readonly templates = new WeakSet<Arr>();
  /** Objects and statics that functions of the source assign to. */
  readonly assigned = new Set<Obj>();
  /** True while a function runs that nothing has called: what it adds to would grow by every such run. */
  isTentative = false;

  constructor(
    readonly workspace: Workspace,
    readonly settings: ReaderSettings,
  ) {}

  tick(): void {
    this.charge(1);
  }

  /** Counts work that is worth many steps. */
  charge(steps: number): void {
    this.steps += steps;
    if (this.steps > this.#limit) throw new OutOfSteps();
  }

  /** Gives the next entry point at most so many steps of what is left. */
  allow(steps: number): void {
    this.#limit = Math.min(this.settings.stepBudget - this.#kept, this.steps + steps);
  }

  /** Steps that are left to entry points, those that are kept back aside. */
  get left(): number {
    return Math.max(0, this.settings.stepBudget - this.#kept - this.steps);
  }

  /** Keeps so many steps for entry points that come later. */
  keepBack(steps: number): void {
    this.#kept = steps;
  }

  /** Runs an entry point that is called from nowhere: its own call is no part of the way to what it makes. */
  inRoot(run: () => void): void {
    this.#inRoot = true;
    run();
  }

  /** A key that no other unknown has. */
  freshKey(kind: string): string {
    return `${kind}#${++this.#fresh}`;
  }

  /** The stand-ins of an unknown number; one unknown has the same ones throughout a reading. */
  numberOf(unknown: Unknown): Num {
    const known = this.#unknowns.get(unknown.key);
    if (this.names.get(unknown.key)?.name === '?') this.names.set(unknown.key, unknown);
    if (known) return known;
    const num = new Num(standInsFor(this.#nextStandIns++), new Set([unknown.key]), unknown.name);
    this.#unknowns.set(unknown.key, num);
    this.names.set(unknown.key, unknown);
    return num;
  }

  /** How many sets of stand-ins are taken. */
  get standInsTaken(): number {
    return this.#nextStandIns;
  }

  /** Leaves sets of stand-ins to unknowns that are not met this time. */
  leaveStandIns(upTo: number): void {
    this.#nextStandIns = Math.max(this.#nextStandIns, upTo);
  }

  /** Unknown numbers in the order in which the reading met them, whatever the order in which they came together. */
  inOrder(keys: Iterable<string>): readonly string[] {
    const wanted = new Set(keys);
    return wanted.size < 2 ? [...wanted] : [...this.#unknowns.keys()].filter((key) => wanted.has(key));
  }

  /** A value as it stands under the present assumptions. */
  settle(value: Value): Value {
    if (value instanceof Choice) {
      const open = value.alternatives.filter((one) => this.assumptions.allows(one.literals));
      const only = open[0];
      if (open.length === 1 && only) return this.settle(only.value);
      if (open.length === value.alternatives.length) return value;
      return choose(open);
    }
    if (value instanceof Unknown) {
      const held = this.assumptions.valueOf(`is:${value.key}`);
      if (held !== undefined) return decodeConstant(held);
      const { members } = this.statements;
      if (members.size > 0 && members.has(value.key)) return members.get(value.key);
    }
    return value instanceof Num ? this.#decided(value) : value;
  }

  /** A number that depends on one unknown, which is held to be one of the values that stand in for it. */
  #decided(value: Num): Value {
    const [key, ...others] = value.dependsOn;
    const held = key !== undefined && others.length === 0 ? this.assumptions.valueOf(`is:${key}`) : undefined;
    if (typeof held !== 'string') return value;
    const at = this.#unknowns.get(key ?? '')?.samples.indexOf(Number(held)) ?? -1;
    return at < 0 ? value : (value.samples[at] ?? value);
  }

  /** Runs a branch under assumptions and undoes it. undefined where it throws: such a side drops out. */
  branch<T>(literals: readonly Literal[], run: () => T, before?: Delta): Branch<T> | Thrown {
    this.charge(STEPS_OF_A_BRANCH);
    const news = this.assumptions.news(literals);
    const depth = this.callStack.length;
    const mark = this.#mark();
    this.journal.begin();
    this.assumptions.push(news);
    let outcome: { value: T } | Thrown;
    try {
      if (before) this.journal.apply(before);
      outcome = { value: run() };
    } catch (error) {
      if (!(error instanceof Thrown)) {
        this.assumptions.pop(news.length);
        this.journal.end();
        throw error;
      }
      outcome = error;
      // A side that throws never comes to be, nor does what it made.
      this.#cutBack(mark);
    }
    this.callStack.length = depth;
    this.assumptions.pop(news.length);
    const delta = this.journal.end();
    return outcome instanceof Thrown ? outcome : { literals, value: outcome.value, delta };
  }

  get canFork(): boolean {
    return new Set(this.assumptions.all.map((literal) => literal.subject ?? literal.key)).size < MAX_DECISIONS;
  }

  /** Evaluates under each of several sets of assumptions and joins what comes out. */
  fork(paths: readonly (readonly Literal[])[], run: (index: number) => Value): Value {
    const branches: Branch<Value>[] = [];
    let thrown: Thrown | undefined;
    paths.forEach((literals, index) => {
      const branch = this.branch(literals, () => run(index));
      if (branch instanceof Thrown) thrown = branch;
      else branches.push(branch);
    });
    const [only] = branches;
    if (!only) throw thrown ?? new Thrown(undefined);
    if (branches.length === 1) {
      this.journal.apply(only.delta);
      return only.value;
    }
    this.journal.join(branches);
    return choose(branches);
  }

  /** Runs what may or may not run, and makes unknown all in which it would matter. Used where no more cases are followed. */
  blur(runs: readonly (() => unknown)[], why = this.tooMany()): void {
    this.limits.add('more conditions are unknown at once than are followed');
    const deltas: Delta[] = [];
    for (const run of runs) {
      const branch = this.branch([], run);
      if (!(branch instanceof Thrown)) deltas.push(branch.delta);
    }
    this.journal.blur(deltas, why);
  }

  /** Runs code only for what it would change, which becomes unknown: nothing that it makes is kept, and it still counts as not called. */
  rehearse(run: () => unknown, why: Unknown): void {
    if (this.#rehearsals >= MAX_REHEARSALS) return;
    const mark = this.#mark();
    this.#rehearsals++;
    try {
      this.functions.attempt(() => {
        const branch = this.branch([], () => this.#briefly(run));
        if (!(branch instanceof Thrown)) this.journal.blur([branch.delta], why);
      });
    } finally {
      this.#rehearsals--;
      this.#cutBack(mark);
    }
  }

  /** A callback that never ends (a game's loop) must not use up what the code around it has. */
  #briefly(run: () => unknown): void {
    const limit = this.#limit;
    this.#limit = Math.min(limit, this.steps + STEPS_OF_A_REHEARSAL);
    try {
      run();
    } catch (error) {
      if (!(error instanceof OutOfSteps) || this.steps > limit) throw error;
    } finally {
      this.#limit = limit;
    }
  }

  #mark(): LogMark {
    return {
      layers: this.layers.length,
      applications: this.applications.length,
      models: this.models.length,
      tensors: this.tensors.length,
      trainings: this.trainings.length,
      makers: this.makers.length,
      problems: this.problems.length,
    };
  }

  #cutBack(mark: LogMark): void {
    this.layers.length = mark.layers;
    this.applications.length = mark.applications;
    this.models.length = mark.models;
    this.tensors.length = mark.tensors;
    this.trainings.length = mark.trainings;
    this.makers.length = mark.makers;
    this.problems.length = mark.problems;
  }

  /** True while code runs only for what it would change. */
  get isRehearsing(): boolean {
    return this.#rehearsals > 0;
  }

  tooMany(): Unknown {
    return new Unknown(this.freshKey('deep'), '?', 'it depends on too many conditions at once');
  }

  /** Applies `use` to a definite value: to each alternative in a branch of its own where there are several. */
  each(value: Value, use: (definite: Value) => Value): Value {
    const settled = this.settle(value);
    if (!(settled instanceof Choice)) return use(settled);
    if (!this.canFork) return use(mergedOf(settled.alternatives.map((one) => this.settle(one.value))) ?? this.tooMany());
    return this.fork(
      settled.alternatives.map((one) => one.literals),
      (index) => use(this.settle(settled.alternatives[index]?.value)),
    );
  }

  /** Runs `use` on a holder that has one state, forking where it has several. */
  eachVersion<State>(
    holder: Holder<State | readonly Version<State>[]> & { versions: readonly Version<State>[] | undefined },
    use: () => Value,
  ): Value {
    if (!holder.versions) return use();
    const open = holder.versions.filter(({ literals }) => this.assumptions.allows(literals));
    const pick = (version: Version<State> | undefined): Value => {
      if (version) {
        this.journal.touch(holder);
        holder.load(version.state);
      }
      return use();
    };
    if (open.length <= 1 || !this.canFork) return pick(open[0] ?? holder.versions[0]);
    return this.fork(
      open.map(({ literals }) => literals),
      (index) => pick(open[index]),
    );
  }

  /** The calls that are running, outermost first, to be kept: one list for all that is made before the next call. */
  get callPath(): readonly CallPlace[] {
    const { callStack } = this;
    const isSame = callStack.length === this.#path.length && callStack.every((at, k) => at === this.#path[k]);
    return isSame ? this.#path : (this.#path = [...callStack]);
  }

  /** Runs a function of the source one call deeper. */
  inCall<T>(at: CallPlace, run: () => T): T {
    if (this.callStack.length >= MAX_CALL_DEPTH) {
      this.limits.add(`calls nest deeper than ${MAX_CALL_DEPTH}`);
      throw new Thrown(undefined);
    }
    const isRoot = this.#inRoot;
    this.#inRoot = false;
    if (isRoot) return run();
    // A copy: what a built-in calls back many times is many calls from one place.
    const { path, start, end, name } = at;
    this.callStack.push(name ? { path, start, end, name } : { path, start, end });
    try {
      return run();
    } finally {
      this.callStack.pop();
    }
  }

  /** Writes a name of a scope, remembering the place for names that several places assign. */
  assign(scope: Environment, name: string, value: Value, at?: number, isUpdate = false): void {
    this.journal.touch(scope);
    const places = scope.assignedAt.get(name) ?? new Set();
    const isSame = places.size > 0 && sameValue(scope.own(name), value);
    scope.put(name, value);
    if (at === undefined || value === undefined || value === null || isSame || this.isRehearsing) return;
    scope.assignedAt.set(name, places.add(this.rootIndex));
    if (isUpdate && this.isTentative) places.add(-this.rootIndex);
  }

  /** The same for a property: an update (`count++`) by a function that nothing calls may happen any number of times. */
  assignProperty(target: Obj, key: string, value: Value, isUpdate = false): void {
    this.journal.touch(target);
    const isSame = target.assignedAt.has(key) && sameValue(target.properties.get(key), value);
    target.properties.set(key, value);
    if (value === undefined || value === null || isSame || this.isRehearsing) return;
    target.noteAssignment(key, this.rootIndex);
    if (isUpdate && this.isTentative) target.noteAssignment(key, -this.rootIndex);
    this.assigned.add(target);
  }
}

/** Constants are kept in literals as JSON. */
export const encodeConstant = (value: string | number | boolean | null): string => JSON.stringify(value);

function decodeConstant(text: boolean | string): Value {
  if (typeof text === 'boolean') return text;
  return text === 'undefined' ? undefined : (JSON.parse(text) as Value);
}
