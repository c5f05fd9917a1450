import { isAbort } from '../../src/protocol/channel';

/** Work of which only the newest counts: starting it again aborts what was started before, and late answers are dropped. */
export class Latest {
  private controller: AbortController | undefined;

  constructor(private readonly failed: (error: unknown) => void) {}

  /** Resolves when the work has ended, or was overtaken. `arrived` hears the answer only where nothing newer was started. */
  async start<T>(work: (signal: AbortSignal) => Promise<T>, arrived: (value: T) => void): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    try {
      const value = await work(controller.signal);
      if (!controller.signal.aborted) arrived(value);
    } catch (error) {
      if (!controller.signal.aborted && !isAbort(error)) this.failed(error);
    }
  }

  abort(): void {
    this.controller?.abort();
  }
}
