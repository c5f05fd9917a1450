import { fork, type ChildProcess } from 'node:child_process';
import type { TextEdit } from '../sources/edits';

/** What one of the two sides of a comparison is asked. Each answers with one number. */
export type Question =
  /** Take this text for the file's; answers the milliseconds until it is read. */
  | { readonly ask: 'open'; readonly text: string }
  /** Change the text; answers the milliseconds until all is known again. */
  | { readonly ask: 'edit'; readonly edit: TextEdit }
  /** Answers the process' resident memory in bytes, after a collection of garbage. */
  | { readonly ask: 'memory' };

export type Answer = { readonly value: number } | { readonly error: string };

/** A process of its own, so that neither side's memory or compiled code is the other's. */
export class Side {
  readonly #child: ChildProcess;

  /** @param program path of a module that calls `answering`. */
  constructor(program: string, args: readonly string[] = []) {
    this.#child = fork(program, args, { execArgv: ['--import', 'tsx', '--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  ask(question: Question): Promise<number> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`a side of the bench ended (${String(code)})`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (answer: Answer) => {
        this.#child.off('exit', onExit);
        if ('value' in answer) resolve(answer.value);
        else reject(new Error(answer.error));
      });
      this.#child.send(question);
    });
  }

  end(): void {
    this.#child.kill();
  }
}

/** Answers the questions that this process is asked, one after the other. */
export function answering(answer: (question: Question) => number | Promise<number>): void {
  const reply = async (question: Question): Promise<Answer> => {
    try {
      return { value: await answer(question) };
    } catch (error) {
      return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (question: Question) => void reply(question).then((one) => process.send?.(one)));
}

/** Bytes of this process, threads included. */
export function residentMemory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
