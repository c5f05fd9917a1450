import { computed, effect, signal, type Signal } from '@preact/signals';
import type { TextFile } from '../../src/protocol/panelRequests';
import { isAbort } from '../../src/protocol/channel';
import type { Prediction } from '../engine/contract/predictions';
import type { Numbers } from '../engine/contract/run';
import { nameOf } from './arranged';
import { readClassNames } from './classNames';
import type { EngineKeeper } from './engineKeeper';
import type { Host } from './host';
import { Resource } from './resource';
import type { Store } from './store';

export interface NamesFile {
  /** For the eye. */
  readonly file: string;
  readonly names: readonly string[];
}

/** What the model says, and what its classes are called in a file that the person chose for it. */
export class Predictions {
  readonly list: Resource<Numbers, readonly Prediction[]>;
  readonly names: Signal<NamesFile | undefined> = signal(undefined);
  /** Why the chosen file is not used; undefined where it is. */
  readonly trouble: Signal<string | undefined> = signal(undefined);
  private readonly model = computed(() => this.store.model.value && nameOf(this.store.model.value));

  constructor(
    private readonly store: Store,
    keeper: EngineKeeper,
    private readonly host: Host,
  ) {
    this.list = new Resource(store.numbers, keeper, (_, engine, signal) => engine.request('predictions', {}, signal));
    effect(() => {
      const model = this.model.value;
      this.names.value = undefined;
      this.trouble.value = undefined;
      if (model !== undefined) void this.take(model, () => host.channel.request('reopenClassNames', { model }));
    });
  }

  /** Lets the person choose a file of names. */
  choose(): void {
    const model = this.model.peek();
    if (model !== undefined) void this.take(model, () => this.host.channel.request('chooseClassNames', { model }));
  }

  private async take(model: string, open: () => Promise<TextFile | null>): Promise<void> {
    try {
      const file = await open();
      if (!file || this.model.peek() !== model) return;
      this.names.value = { file: file.name, names: readClassNames(file.text) };
      this.trouble.value = undefined;
    } catch (error) {
      if (!isAbort(error) && this.model.peek() === model) this.trouble.value = error instanceof Error ? error.message : String(error);
    }
  }
}
