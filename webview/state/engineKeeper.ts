import type { BackendChoice } from '../../src/protocol/panel';
import type { ShardPart } from '../../src/protocol/panelRequests';
import { startEngine, type Engine, type Places } from '../engine/client';
import type { BackendReport } from '../engine/contract/device';
import type { Recovery } from './recovery';

/** An engine that does not answer for so long is inside a layer that cannot be interrupted; milliseconds. */
const PATIENCE = 2000;

/** What the keeper tells while it works. */
export interface KeeperTells {
  starting(): void;
  started(report: BackendReport): void;
  filling(bytes: number, of: number): void;
  failed(error: unknown): void;
  /** A part of a weights file, from the extension. */
  readShard(part: ShardPart, signal: AbortSignal): Promise<ArrayBuffer>;
  /** What happens when the engine's device is gone. */
  readonly recovery: Recovery;
}

/** Keeps one engine: starts it when it is first needed, and replaces it when it is lost. */
export class EngineKeeper {
  private engine: Promise<Engine> | undefined;

  constructor(
    private readonly places: Places,
    private readonly tells: KeeperTells,
  ) {}

  /** The person wants another backend, or to try again. */
  forgive(): void {
    this.tells.recovery.forgive();
  }

  /** The engine as it is, where there is one. */
  get current(): Promise<Engine | undefined> {
    return this.engine ?? Promise.resolve(undefined);
  }

  /** An engine that listens: one that is lost in a layer's computation is ended, and another takes its place. */
  async listening(choice: BackendChoice, signal: AbortSignal): Promise<Engine> {
    const running = await this.engine?.catch(() => undefined);
    if (running && !(await answers(running)) && !signal.aborted) this.drop();
    this.engine ??= this.launch(choice);
    return this.engine;
  }

  /** Ends the engine, whatever it is doing. */
  drop(): void {
    void this.engine?.then(
      (engine) => engine.dispose(),
      () => undefined,
    );
    this.engine = undefined;
  }

  private async launch(choice: BackendChoice): Promise<Engine> {
    const { tells } = this;
    tells.starting();
    const engine = await startEngine(
      this.places,
      (text) => tells.failed(new Error(text)),
      (part, signal) => tells.readShard(part, signal),
    );
    engine.channel.on('filling', ({ bytes, of }) => tells.filling(bytes, of));
    // A driver complains many times of one loss.
    const off = engine.channel.on('lost', ({ reason }) => {
      off();
      tells.recovery.lost(reason);
    });
    tells.started(await engine.channel.request('start', { backend: choice, avoid: tells.recovery.avoided }));
    return engine;
  }
}

const answers = (engine: Engine): Promise<boolean> => {
  const answered = engine.channel.request('memory', {}).then(
    () => true,
    () => false,
  );
  const tired = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE));
  return Promise.race([answered, tired]);
};
