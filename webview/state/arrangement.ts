import { arrangeModel, nameOf, restoreArranged, type Arranged, type ArrangedModel } from './arranged';
import type { Host } from './host';
import type { Store } from './store';

/** Writes what the person arranged, into the store and to the host that keeps it. */
export class Arrangement {
  constructor(
    private readonly store: Store,
    private readonly host: Host,
  ) {
    store.arranged.value = restoreArranged(host.readState());
  }

  /** Changes what holds for all models. */
  change(change: Partial<Omit<Arranged, 'models'>>): void {
    this.write({ ...this.store.arranged.value, ...change });
  }

  /** Changes what holds for the shown model. */
  changeModel(change: ArrangedModel): void {
    const { model, arranged } = this.store;
    if (model.value) this.write(arrangeModel(arranged.value, nameOf(model.value), change));
  }

  private write(arranged: Arranged): void {
    this.store.arranged.value = arranged;
    this.host.writeState(arranged);
  }
}
