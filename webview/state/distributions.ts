import { computed, effect, signal } from '@preact/signals';
import type { NamedDistribution } from '../engine/contract/histograms';
import type { Built } from '../engine/contract/program';
import type { Numbers } from '../engine/contract/run';
import type { EngineKeeper } from './engineKeeper';
import { Resource } from './resource';
import type { Store } from './store';

/** What a set of distributions belongs to: a layer, and the run or the weights that it was read from. */
export interface DistributionsOf<Source> {
  readonly key: string;
  readonly source: Source;
}

/** Histograms of the layer that is looked at. Outputs are read again after each run, weights only where they may have changed. */
export class Distributions {
  /** Key of the layer whose histograms are in sight; undefined where none are. */
  readonly open = signal<string | undefined>(undefined);
  /** Bars by the logarithm of their counts. */
  readonly logarithmic = signal(false);
  readonly outputs: Resource<DistributionsOf<Numbers>, readonly NamedDistribution[]>;
  readonly weights: Resource<DistributionsOf<Built>, readonly NamedDistribution[]>;
  /** What was built when its weights had their values: the first figures of a run say so. */
  private readonly filled = signal<Built | undefined>(undefined);

  constructor(store: Store, keeper: EngineKeeper) {
    effect(() => {
      this.filled.value = store.numbers.value && store.built.peek();
    });
    this.outputs = new Resource(
      computed(() => keyed(this.open.value, store.numbers.value)),
      keeper,
      ({ key }, engine, signal) => engine.request('outputHistograms', { key }, signal),
    );
    this.weights = new Resource(
      computed(() => keyed(this.open.value, this.filled.value)),
      keeper,
      ({ key }, engine, signal) => engine.request('weightHistograms', { key }, signal),
    );
  }
}

const keyed = <Source>(key: string | undefined, source: Source | undefined): DistributionsOf<Source> | undefined =>
  key === undefined || source === undefined ? undefined : { key, source };
