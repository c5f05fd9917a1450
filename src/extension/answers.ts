import type { Memento } from 'vscode';
import { readTyped, restoreGiven, showGivenValue, suggestedFor, withGiven } from '../model/given';
import type { Given, LeftOpen } from '../model/reading';
import type { ModelAtResult, RunnableModel } from '../protocol/lsp';
import type { Server } from './languageClient';

const REMEMBERED = 'layerscope.given';
/** Models whose answers are remembered. */
const MOST_MODELS = 40;
/** An answer may bring up another question, a loop's rounds for one; in the end the model is shown as far as it is known. */
const MOST_ROUNDS = 3;

/** One question. `refuse` says why a text is no answer. */
export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly refuse: (text: string) => string | undefined;
}

/** Puts a question to the person; undefined where it was dismissed. */
export type Prompt = (question: Question) => Thenable<string | undefined>;

/** What a person takes for the same model: its file and what it is called. (Its id is another in the next session.) */
type Named = Pick<RunnableModel, 'uri' | 'title'>;

/** What a person answered for names that sources leave open: asked for once, remembered for file and model. */
export class Answers {
  constructor(
    private readonly memory: Pick<Memento, 'get' | 'update'>,
    private readonly server: Pick<Server, 'modelAgain'>,
    private readonly prompt: Prompt,
  ) {}

  /** The model with all that it needs: what was not answered before is asked for. Where a question is dismissed, the model is as far as it is known. */
  async complete(model: RunnableModel): Promise<RunnableModel> {
    let latest = await this.#read(model);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const open = unanswered(latest);
      const all = await this.#askAll(latest, open);
      if (open.length > 0) latest = await this.#read(latest);
      if (!all || open.length === 0) break;
    }
    return latest;
  }

  /** A model that was shown before, as it is now, with what was answered. Nothing is asked. */
  again(uri: string, id: string, title: string): Promise<ModelAtResult> {
    const given = this.#of({ uri, title });
    return this.server.modelAgain(uri, id, title, given);
  }

  /** Asks for one name again. The model with the new answer; undefined where the question was dismissed. */
  async ask(model: RunnableModel, name: string): Promise<RunnableModel | undefined> {
    const open = model.leftOpen.find((one) => one.name === name);
    const answered = open && (await this.#ask(model, open, ''));
    return answered ? this.#read(model) : undefined;
  }

  async #read(model: RunnableModel): Promise<RunnableModel> {
    if (this.#of(model).length === 0) return model;
    return (await this.again(model.uri, model.id, model.title)).found ?? model;
  }

  /** False where a question was dismissed. */
  async #askAll(model: RunnableModel, open: readonly LeftOpen[]): Promise<boolean> {
    for (const [k, one] of open.entries()) {
      const step = open.length > 1 ? ` (${k + 1} of ${open.length})` : '';
      if (!(await this.#ask(model, one, step))) return false;
    }
    return true;
  }

  async #ask(model: Named, open: LeftOpen, step: string): Promise<boolean> {
    const before = this.#of(model).find(({ name }) => name === open.name);
    const typed = await this.prompt({
      title: `${model.title}: ${open.name}${step}`,
      prompt: `The source does not tell it (${open.reason}). Your answer is remembered for this model.`,
      value: before ? showGivenValue(before.value) : suggestedFor(open),
      refuse: (text) => {
        const read = readTyped(text, open);
        return 'refusal' in read ? read.refusal : undefined;
      },
    });
    const read = typed === undefined ? undefined : readTyped(typed, open);
    if (!read || 'refusal' in read) return false;
    await this.#remember(model, { name: open.name, value: read.value });
    return true;
  }

  #of(model: Named): readonly Given[] {
    return restoreGiven(this.#all()[keyOf(model)]);
  }

  async #remember(model: Named, one: Given): Promise<void> {
    const key = keyOf(model);
    const others = Object.entries(this.#all()).filter(([other]) => other !== key);
    const entries = [...others, [key, withGiven(this.#of(model), one)] as const];
    await this.memory.update(REMEMBERED, Object.fromEntries(entries.slice(-MOST_MODELS)));
  }

  #all(): Readonly<Record<string, unknown>> {
    const all = this.memory.get<unknown>(REMEMBERED);
    return typeof all === 'object' && all !== null ? (all as Record<string, unknown>) : {};
  }
}

const keyOf = ({ uri, title }: Named): string => `${uri}#${title}`;

const unanswered = ({ leftOpen, given }: RunnableModel): readonly LeftOpen[] =>
  leftOpen.filter(({ name }) => !given.some((one) => one.name === name));
