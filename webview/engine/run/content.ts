import { signatureOf } from '../build/signature';
import { readBy, type Program, type Step } from '../build/program';

/**
 * A number for what a step's outputs hold. Equal numbers are equal contents, across edits and runs: a content is what the layer computes,
 * the tensors that are its weights, and the contents that it reads. So whatever an edit, another input or other weights change, exactly the
 * steps behind it have other contents, and the outputs of all others can be used again.
 */
export type Content = number;

/** A number for what is drawn and measured of a content: one example of its batch. Another example is another picture of the same values. */
export type Shown = number;

/** More examples than a batch has. */
const EXAMPLES = 2 ** 20;

/** @param example 0-based */
export const shownOf = (content: Content, example: number): Shown => content * EXAMPLES + example;

/** Names contents; one for the life of an engine. */
export class Contents {
  private readonly known = new Map<string, Content>();
  private next = 0;

  /**
   * Contents of a program's steps by step key; steps that cannot run have none. All weights must have their values.
   * @param fed what is fed in, as a text: equal texts are equal values
   */
  of(program: Program, fed: string): ReadonlyMap<string, Content> {
    const byValue = new Map<number, string>();
    const weights = weightsOf(program);
    const contents = new Map<string, Content>();
    for (const step of program.steps) {
      const text = this.text(program, step, fed, byValue, weights);
      if (text === undefined) continue;
      const content = this.named(text);
      contents.set(step.key, content);
      step.outputs.forEach((id, index) => byValue.set(id, `${content}.${index}`));
    }
    return contents;
  }

  /** Forgets names that nothing holds any more. */
  retain(contents: ReadonlySet<Content>): void {
    for (const [text, content] of this.known) if (!contents.has(content)) this.known.delete(text);
  }

  private text(
    program: Program,
    step: Step,
    fed: string,
    byValue: ReadonlyMap<number, string>,
    weights: ReadonlyMap<Step['runs'], readonly number[]>,
  ): string | undefined {
    const at = program.feeds.findIndex((feed) => feed.value === step.outputs[0]);
    const feed = program.feeds[at];
    if (feed) return JSON.stringify(['feed', fed, at, program.feeds.length, feed.name, feed.shape, feed.indicesBelow]);
    if (!step.runs) return undefined;
    const reads = readBy(step).map((id) => byValue.get(id));
    if (reads.includes(undefined)) return undefined;
    return JSON.stringify([signatureOf(step.layer), weights.get(step.runs) ?? [], reads]);
  }

  private named(text: string): Content {
    const content = this.known.get(text) ?? this.next++;
    this.known.set(text, content);
    return content;
  }
}

/** Ids of each layer's weight tensors: TensorFlow.js gives an id to one tensor only, and tensors never change. */
const weightsOf = (program: Program): ReadonlyMap<Step['runs'], readonly number[]> =>
  new Map(program.steps.filter((step) => !step.shared && step.runs).map((step) => [step.runs, step.slots.map((slot) => slot.read().id)]));
