/**
 * One end of a typed conversation over `postMessage`: events, and requests that are answered, refused or aborted.
 * Both ends use this class with `Mine` and `Theirs` swapped.
 */

/** What one end offers the other: requests by name (argument -> answer), and the events it sends. */
export interface Contract {
  readonly requests: { readonly [name: string]: { readonly takes: unknown; readonly gives: unknown } };
  readonly events: { readonly [name: string]: unknown };
}

/** The part of Worker, MessagePort and DedicatedWorkerGlobalScope that a channel needs. */
export interface Port {
  postMessage(message: unknown, transfer: readonly unknown[]): void;
  onmessage: ((event: { readonly data: never }) => void) | null;
}

/** How an answer hands over buffers and bitmaps instead of copying them. */
export class Transferred<T> {
  constructor(
    readonly value: T,
    readonly transfer: readonly unknown[],
  ) {}
}

export type Handlers<C extends Contract> = {
  readonly [Name in keyof C['requests']]: (
    takes: C['requests'][Name]['takes'],
    signal: AbortSignal,
  ) => Answer<C['requests'][Name]['gives']> | Promise<Answer<C['requests'][Name]['gives']>>;
};

type Answer<T> = T | Transferred<T>;

type Wire =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly takes: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly gives: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: string; readonly aborted: boolean }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'event'; readonly name: string; readonly body: unknown };

/** The other end threw while answering; `message` is its text. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
  readonly forget: () => void;
}

const aborted = (): DOMException => new DOMException('The request was aborted.', 'AbortError');

/** True for the rejection of a request that was aborted by either end. */
export const isAbort = (reason: unknown): boolean => reason instanceof Error && reason.name === 'AbortError';

export class Channel<Mine extends Contract, Theirs extends Contract> {
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();
  private readonly listeners = new Map<string, Set<(body: never) => void>>();
  private nextId = 1;
  private disposed = false;

  constructor(
    private readonly port: Port,
    private readonly handlers: Handlers<Mine>,
  ) {
    port.onmessage = (event) => this.receive(event.data as Wire);
  }

  /** Asks the other end. Rejects with RemoteError where it threw, with AbortError where `signal` fired or this channel was disposed. */
  request<Name extends keyof Theirs['requests'] & string>(
    name: Name,
    takes: Theirs['requests'][Name]['takes'],
    signal?: AbortSignal,
  ): Promise<Theirs['requests'][Name]['gives']> {
    if (this.disposed || signal?.aborted) return Promise.reject(aborted());
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.post({ kind: 'abort', id });
        this.settle(id)?.reject(aborted());
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.pending.set(id, { resolve, reject, forget: () => signal?.removeEventListener('abort', abort) });
      this.post({ kind: 'request', id, name, takes });
    });
  }

  /** Tells the other end; nothing comes back. */
  emit<Name extends keyof Mine['events'] & string>(name: Name, body: Mine['events'][Name], transfer: readonly unknown[] = []): void {
    this.post({ kind: 'event', name, body }, transfer);
  }

  /** Calls `listener` for each event of the other end, until the returned function is called. */
  on<Name extends keyof Theirs['events'] & string>(name: Name, listener: (body: Theirs['events'][Name]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known);
    known.add(listener);
    return () => known.delete(listener);
  }

  /** Rejects what is pending, aborts what is being answered, and ignores whatever still arrives. */
  dispose(): void {
    this.disposed = true;
    this.port.onmessage = null;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(aborted());
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
    this.listeners.clear();
  }

  private receive(message: Wire): void {
    switch (message.kind) {
      case 'request':
        void this.answer(message.id, message.name, message.takes);
        return;
      case 'answer':
        this.settle(message.id)?.resolve(message.gives as never);
        return;
      case 'refusal':
        this.settle(message.id)?.reject(message.aborted ? aborted() : new RemoteError(message.error));
        return;
      case 'abort':
        this.running.get(message.id)?.abort();
        return;
      case 'event':
        for (const listener of this.listeners.get(message.name) ?? []) listener(message.body as never);
    }
  }

  private async answer(id: number, name: string, takes: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      if (!Object.hasOwn(this.handlers, name)) throw new Error(`No one answers '${name}'.`);
      const handler = this.handlers[name] as (takes: unknown, signal: AbortSignal) => unknown;
      const gives = await handler(takes, controller.signal);
      if (gives instanceof Transferred) this.post({ kind: 'answer', id, gives: gives.value }, gives.transfer);
      else this.post({ kind: 'answer', id, gives });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.post({ kind: 'refusal', id, error: text, aborted: controller.signal.aborted || isAbort(error) });
    } finally {
      this.running.delete(id);
    }
  }

  /** Takes a pending request off the list; a second settling of it (an answer after an abort) finds nothing and is dropped. */
  private settle(id: number): Pending | undefined {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    waiting?.forget();
    return waiting;
  }

  private post(message: Wire, transfer: readonly unknown[] = []): void {
    if (!this.disposed) this.port.postMessage(message, transfer);
  }
}
