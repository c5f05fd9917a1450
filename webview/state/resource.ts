import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { EngineChannel } from '../engine/client';
import type { EngineKeeper } from './engineKeeper';
import { Latest } from './latest';

/** What a resource holds. `error` is why there is no value, in words for people. */
export interface Loaded<K, V> {
  readonly key: K | undefined;
  readonly value: V | undefined;
  readonly error: string | undefined;
  readonly loading: boolean;
}

/**
 * A value of the engine for what is wanted now. Asked for again whenever `wanted` changes (make it depend on `store.ran` where a new run makes a
 * new value); older questions are aborted and late answers dropped. The last value stays while the next is on its way, so that nothing blinks.
 * Nothing is asked while nothing is wanted: a view that is closed costs nothing.
 */
export class Resource<K, V> {
  readonly state = signal<Loaded<K, V>>({ key: undefined, value: undefined, error: undefined, loading: false });
  private readonly latest = new Latest((error) => {
    this.state.value = {
      ...this.state.value,
      value: undefined,
      error: error instanceof Error ? error.message : String(error),
      loading: false,
    };
  });
  private readonly stop: () => void;

  constructor(
    wanted: ReadonlySignal<K | undefined>,
    private readonly keeper: EngineKeeper,
    private readonly ask: (key: K, engine: EngineChannel, signal: AbortSignal) => Promise<V>,
  ) {
    this.stop = effect(() => this.fetch(wanted.value));
  }

  dispose(): void {
    this.stop();
    this.latest.abort();
  }

  private fetch(key: K | undefined): void {
    if (key === undefined) {
      this.latest.abort();
      this.state.value = { key: undefined, value: undefined, error: undefined, loading: false };
      return;
    }
    // Read without subscribing: this runs inside an effect.
    this.state.value = { ...this.state.peek(), loading: true };
    void this.latest.start(
      async (signal) => {
        const engine = await this.keeper.current;
        return engine ? { value: await this.ask(key, engine.channel, signal) } : undefined;
      },
      (answer) => {
        if (answer) this.state.value = { key, value: answer.value, error: undefined, loading: false };
      },
    );
  }
}
