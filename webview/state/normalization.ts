import { batch, computed, signal } from '@preact/signals';
import type { BatchNormChannel, BatchNormIdentity, BatchNormReport } from '../engine/contract/batchNorm';
import type { Numbers } from '../engine/contract/run';
import type { EngineKeeper } from './engineKeeper';
import { Resource } from './resource';
import type { Store } from './store';

interface OfLayer {
  readonly key: string;
  /** Of the run that it was read from. */
  readonly run: Numbers;
}

interface OfChannel extends OfLayer {
  readonly channel: number;
  readonly identity: boolean;
}

/** What is known of the batch norm that is looked at, and how the person looks at it. */
export class Normalization {
  /** Key of the layer whose tab is in sight; undefined where none is. */
  readonly open = signal<string | undefined>(undefined);
  readonly channel = signal(0);
  /** True while gamma and beta are shown as those that hand the input on; no layer is changed by it. */
  readonly identity = signal(false);
  readonly report: Resource<OfLayer, BatchNormReport>;
  readonly values: Resource<OfChannel, BatchNormChannel>;
  readonly handsOn: Resource<OfLayer, BatchNormIdentity>;

  constructor(store: Store, keeper: EngineKeeper) {
    const layer = computed((): OfLayer | undefined => {
      const [key, run] = [this.open.value, store.numbers.value];
      return key === undefined || !run ? undefined : { key, run };
    });
    const channel = computed((): OfChannel | undefined => {
      const of = layer.value;
      return of && { ...of, channel: this.channel.value, identity: this.identity.value };
    });
    const identity = computed(() => (this.identity.value ? layer.value : undefined));
    this.report = new Resource(layer, keeper, ({ key }, engine, signal) => engine.request('batchNorm', { key }, signal));
    this.values = new Resource(channel, keeper, ({ run: _run, ...job }, engine, signal) => engine.request('batchNormChannel', job, signal));
    this.handsOn = new Resource(identity, keeper, ({ key }, engine, signal) => engine.request('batchNormIdentity', { key }, signal));
  }

  /** Another layer is looked at, or none: channel and setting begin anew. */
  show(key: string | undefined): void {
    batch(() => {
      this.open.value = key;
      this.channel.value = 0;
      this.identity.value = false;
    });
  }
}
