import type { BackendName } from '../../src/protocol/panel';
import type { Avoided } from '../engine/contract/device';

/** A backend that is lost twice within so long is not tried a third time; milliseconds. */
const SOON = 60_000;

/** What starting again takes. */
export interface Restart {
  /** The backend that is running; undefined where none has started yet. */
  readonly running: () => BackendName | undefined;
  /** Ends the engine, and builds and runs what was shown on a new one. */
  readonly again: () => void;
  /** Shows what happened to the person; undefined takes it away. */
  readonly tell: (text: string | undefined) => void;
  /** Writes to the host's log. */
  readonly log: (text: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * The graphics device can go away at any time: a driver restarts, a laptop changes its GPU, memory runs out. The engine then starts again by itself,
 * once; where the device is lost again soon after, the engine goes on with the next backend. What the person had chosen stays as it is.
 */
export class Recovery {
  private readonly given: Avoided[] = [];
  private last: { readonly name: BackendName | undefined; readonly at: number } | undefined;

  constructor(private readonly restart: Restart) {}

  /** Backends that were lost again and again, with the reason. */
  get avoided(): readonly Avoided[] {
    return this.given;
  }

  /** The device is gone. */
  lost(reason: string): void {
    const { running, again, tell, log, now } = this.restart;
    const name = running();
    const at = now();
    const isAgain = this.last !== undefined && this.last.name === name && at - this.last.at < SOON;
    this.last = { name, at };
    if (isAgain && name) this.given.push({ name, why: 'lost twice' });
    const what = reason.endsWith('.') ? reason : `${reason}.`;
    const text = isAgain
      ? `${what} That happened twice, so the panel no longer uses ${name ?? 'it'}.`
      : `${what} The engine has started again.`;
    tell(text);
    log(text);
    again();
  }

  /** The person wants another backend, or to try again: what was lost may be tried once more. */
  forgive(): void {
    this.given.length = 0;
    this.last = undefined;
    this.restart.tell(undefined);
  }
}
