import type * as tf from '@tensorflow/tfjs-core';
import type { ModelGraph } from '../../../src/model/graph';
import { changesOf, type StepChange } from '../build/changes';
import { compile } from '../build/compile';
import { matchLayers } from '../build/match';
import { needOf, type Need } from '../build/memory';
import type { Program, Step, ValueId } from '../build/program';
import { carryWeights } from '../weights/carry';
import { Contents, type Content } from './content';
import { execute, type StepOutcome } from './execute';
import { keptSteps } from './keep';
import { neededSteps } from './needed';
import { Results, Values } from './results';

/** What is fed in. */
export interface Feeding {
  /** Equal texts are equal values, run in the same mode. */
  readonly name: string;
  /** True where layers are to do what they do while a model is trained. */
  readonly training?: boolean;
  /** A tensor for each of the program's feeds, in their order; they belong to who asks. */
  make(): Promise<tf.Tensor[]>;
}

/** A run's signal, what it waits for, and who is told of each step. */
export interface Running {
  readonly signal: AbortSignal;
  readonly finished: () => Promise<void>;
  readonly ran: (outcome: StepOutcome, content: Content | undefined) => void;
  /** True for steps that were computed and must be computed again all the same, because their outputs are wanted and no longer at hand. */
  readonly isShort?: (step: Step) => boolean;
}

/**
 * One program with its weights and its outputs. A later one takes over from it what an edit left as it was: weights of layers that are still
 * there, and outputs of all steps that are not behind the edit.
 */
export class Computation {
  readonly program: Program;
  readonly need: Need;
  /** What became of each step since the computation before, by step key; empty where nothing came before. */
  readonly changes: ReadonlyMap<string, StepChange>;
  private readonly names: Contents;
  private readonly results: Results;
  /** Milliseconds of each content that was computed, whether or not its outputs are still at hand. */
  private readonly times: Map<Content, number>;
  private readonly kept: ReadonlySet<Step>;
  private contents: ReadonlyMap<string, Content> = new Map();
  private feeding: Feeding | undefined;
  /** Contents that were computed again because someone asked for them, and that the budget does not keep. */
  private again = new Set<Content>();

  /**
   * @param activationBudget bytes of outputs that may outlive a run
   * @param before what this one goes on from; it must have ended, and is empty afterwards
   */
  constructor(
    private readonly graph: ModelGraph,
    activationBudget: number,
    before?: Computation,
    options?: Parameters<typeof compile>[1],
  ) {
    this.program = compile(graph, options);
    this.need = needOf(this.program);
    this.kept = keptSteps(this.program, activationBudget);
    this.names = before?.names ?? new Contents();
    this.results = before?.results ?? new Results();
    this.times = before?.times ?? new Map<Content, number>();
    this.again = before?.again ?? new Set();
    this.changes = before ? this.takeOver(before) : new Map();
  }

  /** Content of a step in the run that was prepared last; undefined where it cannot run. */
  contentOf(step: Step): Content | undefined {
    return this.contents.get(step.key);
  }

  /** True where the step's outputs were computed, whether or not they are still at hand. */
  isDone(step: Step): boolean {
    const content = this.contentOf(step);
    return content !== undefined && this.times.has(content);
  }

  /** What computing the step took when it was computed, in milliseconds. */
  timeOf(step: Step): number {
    return this.times.get(this.contentOf(step) ?? -1) ?? 0;
  }

  /** Whether a step's outputs are kept for as long as they are up to date. */
  keeps(step: Step): boolean {
    return this.kept.has(step);
  }

  /** Decides what is to be computed for this input, and frees the outputs of everything else. All weights must have their values. */
  prepare(feeding: Feeding): readonly Content[] {
    this.feeding = feeding;
    this.contents = this.names.of(this.program, feeding.name);
    const live = new Set(this.contents.values());
    this.results.retain(live);
    this.names.retain(live);
    for (const content of this.times.keys()) if (!live.has(content)) this.times.delete(content);
    return [...live];
  }

  /** Computes all that is not up to date. What a stopped run has computed stays. */
  async run(running: Running): Promise<void> {
    this.dropAgain(new Set());
    const steps = neededSteps(
      this.program,
      (step) => !this.isDone(step) || running.isShort?.(step) === true,
      (id) => this.value(id) !== undefined,
    );
    await this.execute(steps, (step) => this.kept.has(step), running);
  }

  /** Sees to it that these values are at hand, until the next ones are asked for: what was not kept is computed again. */
  async bring(ids: readonly ValueId[], running: Pick<Running, 'signal' | 'finished'>): Promise<void> {
    const missing = new Set(ids.filter((id) => this.value(id) === undefined));
    if (missing.size === 0) return;
    const asked = (step: Step): boolean => step.outputs.some((id) => missing.has(id));
    this.dropAgain(
      new Set(this.program.steps.filter((step) => step.outputs.some((id) => ids.includes(id))).map((step) => this.contentOf(step))),
    );
    const steps = neededSteps(this.program, asked, (id) => this.value(id) !== undefined);
    for (const step of steps.filter(asked)) this.again.add(this.contentOf(step) ?? -1);
    await this.execute(steps, asked, { ...running, ran: () => undefined });
  }

  /** A value of the run that was prepared last, where it is at hand. */
  value(id: ValueId): tf.Tensor | undefined {
    return new Values(this.program, this.contents, this.results).get(id);
  }

  dispose(): void {
    this.results.dispose();
    for (const slot of this.program.slots) slot.dispose();
  }

  private takeOver(before: Computation): ReadonlyMap<string, StepChange> {
    const matches = matchLayers(before.graph, this.graph);
    const carried = carryWeights(before.program, this.program, matches);
    for (const slot of before.program.slots) slot.dispose();
    return changesOf(before.program, this.program, matches, carried);
  }

  private async execute(steps: readonly Step[], keep: (step: Step) => boolean, running: Running): Promise<void> {
    if (!this.feeding || steps.length === 0) return;
    const { program, contents, results } = this;
    const fed = new Set(program.feeds.map((feed) => feed.value));
    const feeds = steps.some((step) => step.outputs.some((id) => fed.has(id))) ? await this.feeding.make() : [];
    const ran = (outcome: StepOutcome): void => {
      const content = this.contentOf(outcome.step);
      if (content !== undefined && outcome.outputs.length > 0) this.times.set(content, this.times.get(content) ?? outcome.milliseconds);
      running.ran(outcome, content);
    };
    const { training = false } = this.feeding;
    await execute({ program, steps, contents, results, feeds, keep, training, finished: running.finished, ran, signal: running.signal });
  }

  private dropAgain(except: ReadonlySet<Content | undefined>): void {
    for (const content of this.again) {
      if (except.has(content)) continue;
      this.results.drop(content);
      this.again.delete(content);
    }
  }
}
