import * as tf from '@tensorflow/tfjs-core';
import type { Program, ValueId } from '../build/program';
import type { Content } from './content';

/** What one step gave. */
export interface Result {
  readonly outputs: readonly tf.Tensor[];
  /** Of all outputs, as TensorFlow.js has it. */
  readonly mask: tf.Tensor | undefined;
}

/** Outputs that outlive their run, by content; they are freed here alone. */
export class Results {
  private readonly results = new Map<Content, Result>();

  get(content: Content | undefined): Result | undefined {
    return content === undefined ? undefined : this.results.get(content);
  }

  /** Takes a result over. */
  add(content: Content, result: Result): void {
    this.drop(content);
    this.results.set(content, result);
  }

  drop(content: Content): void {
    const result = this.results.get(content);
    this.results.delete(content);
    if (result) disposeResult(result);
  }

  /** Frees all but these. */
  retain(contents: ReadonlySet<Content>): void {
    for (const content of [...this.results.keys()]) if (!contents.has(content)) this.drop(content);
  }

  /** Bytes of the outputs that are held. */
  get bytes(): number {
    return [...this.results.values()].reduce((total, { outputs }) => outputs.reduce((sum, { size }) => sum + size * 4, total), 0);
  }

  dispose(): void {
    this.retain(new Set());
  }
}

export const disposeResult = ({ outputs, mask }: Result): void => tf.dispose(mask ? [...outputs, mask] : [...outputs]);

/** A program's values by id, as far as results hold them. */
export class Values {
  private readonly made: ReadonlyMap<ValueId, { readonly content: Content | undefined; readonly index: number }>;

  constructor(
    program: Program,
    contents: ReadonlyMap<string, Content>,
    private readonly results: Results,
  ) {
    this.made = new Map(
      program.steps.flatMap((step) => step.outputs.map((id, index) => [id, { content: contents.get(step.key), index }] as const)),
    );
  }

  get(id: ValueId): tf.Tensor | undefined {
    const made = this.made.get(id);
    return made && this.results.get(made.content)?.outputs[made.index];
  }

  /** The mask that came with a value. */
  mask(id: ValueId): tf.Tensor | undefined {
    return this.results.get(this.made.get(id)?.content)?.mask;
  }
}
