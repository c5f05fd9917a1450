import { batch, computed, signal } from '@preact/signals';
import type { StepInfo } from '../engine/contract/program';
import { arrangedModel, nameOf } from './arranged';
import type { Arrangement } from './arrangement';
import { foldsAround, hitRows, LARGE, rowsOf, type Row } from './folding/rows';
import { treeOf } from '../../src/model/folding/tree';
import type { Branch, Fold } from './folding/tree';
import { readersOf } from './folding/wiring';
import { search } from './search';
import type { Store } from './store';

/** What the list and the graph of layers show: the folds, which of them are open, and what is searched for. */
export class Layers {
  readonly query = signal('');
  /** The fold that the keyboard is on; undefined where it is on the selected layer. */
  readonly fold = signal<string | undefined>(undefined);

  readonly steps = computed((): readonly StepInfo[] => this.store.built.value?.steps ?? []);
  readonly branches = computed((): readonly Branch[] => treeOf(this.steps.value));
  /** For each step's key, the keys of the steps that read it. */
  readonly readers = computed(() => readersOf(this.steps.value));
  readonly hits = computed(() => search(this.steps.value, this.query.value));
  readonly searching = computed(() => this.query.value.trim() !== '');
  readonly shape = computed((): 'list' | 'graph' => this.store.arranged.value.layers ?? 'list');
  readonly rows = computed((): readonly Row[] =>
    this.searching.value ? hitRows(this.hits.value) : rowsOf(this.branches.value, this.isOpen.value),
  );

  /** True for a fold whose layers are shown: as the person left it, else where the model is not large. */
  readonly isOpen = computed(() => {
    const { model, arranged } = this.store;
    const folds = (model.value && arrangedModel(arranged.value, nameOf(model.value)).folds) ?? {};
    const otherwise = this.steps.value.length <= LARGE;
    return ({ id }: Fold): boolean => (Object.hasOwn(folds, id) ? folds[id] === true : otherwise);
  });

  constructor(
    private readonly store: Store,
    private readonly arrangement: Arrangement,
  ) {}

  setShape(shape: 'list' | 'graph'): void {
    this.arrangement.change({ layers: shape });
  }

  setOpen(folds: readonly Fold[], open: boolean): void {
    const { model, arranged } = this.store;
    const before = (model.value && arrangedModel(arranged.value, nameOf(model.value)).folds) ?? {};
    const known = Object.entries(before).slice(-MOST_FOLDS);
    this.arrangement.changeModel({ folds: Object.fromEntries([...known, ...folds.map(({ id }) => [id, open] as const)]) });
  }

  /** Opens what a layer that was chosen elsewhere is folded into. */
  reveal(key: string): void {
    const closed = foldsAround(this.branches.value, key).filter((fold) => !this.isOpen.value(fold));
    batch(() => {
      this.fold.value = undefined;
      if (closed.length > 0) this.setOpen(closed, true);
    });
  }
}

/** Folds of a model that are remembered. */
const MOST_FOLDS = 500;
