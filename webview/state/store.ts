/**
 * Everything the panel knows, and whose it is.
 *
 * - The host's: `model`, `settings`, `nothing`, `stale`. They arrive in messages and are never changed here.
 * - The engine's: `phase`, `backend`, `built`, `rows`, `ran`, `numbers`, `picture`, `maps`, `failure`. They are computed again from the
 *   host's part and the person's part whenever the panel starts, and are not kept.
 * - The person's: `arranged` (scale; for each model the selected layer, the inputs, the batch). Only this persists, through the host's `setState`.
 *   `held` (pixels of pictures and drawings) is the person's as well and lives as long as the panel does.
 *
 * Views read signals; only the classes of this folder write them. A view with state of its own has a class of its own beside this one, made in panel.ts.
 */
import { computed, signal } from '@preact/signals';
import type { PanelModel, PanelSettings } from '../../src/protocol/panel';
import type { Statistics } from '../draw/painter';
import type { BackendReport } from '../engine/contract/device';
import type { Picture } from '../engine/contract/picture';
import type { Built, StepInfo } from '../engine/contract/program';
import type { InputChoice } from '../engine/contract/input';
import type { LayerRan, Numbers, Ran } from '../engine/contract/run';
import { arrangedModel, nameOf, type Arranged } from './arranged';
import { inputFor, type Held } from './sources';

/** What the panel is at. `done` and `total` are bytes while filling, layers while running. */
export type Phase =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'building' }
  | { readonly kind: 'filling' | 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'ready' };

export class Store {
  readonly model = signal<PanelModel | undefined>(undefined);
  readonly settings = signal<PanelSettings | undefined>(undefined);
  readonly nothing = signal<string | undefined>(undefined);
  readonly stale = signal<string | undefined>(undefined);

  readonly phase = signal<Phase>({ kind: 'waiting' });
  readonly backend = signal<BackendReport | undefined>(undefined);
  readonly built = signal<Built | undefined>(undefined);
  /** What became of each layer in the last run, by key. */
  readonly rows = signal<ReadonlyMap<string, LayerRan>>(new Map());
  readonly ran = signal<Ran | undefined>(undefined);
  readonly numbers = signal<Numbers | undefined>(undefined);
  readonly picture = signal<Picture | undefined>(undefined);
  /** Figures of the maps of the layer in `picture`, once they were read. */
  readonly maps = signal<readonly Statistics[]>([]);
  /** The panel's own failure, in words. */
  readonly failure = signal<string | undefined>(undefined);

  /** True where layers run as they do while a model is trained. */
  readonly training = signal(false);
  /** What became of a lost graphics device, in words. */
  readonly lost = signal<string | undefined>(undefined);

  readonly arranged = signal<Arranged>({ scale: 'shared', models: {} });
  /** True where the person asked for all maps of the selected layer, not the first 64. */
  readonly everyMap = signal(false);

  /** The selected layer's key: the person's choice where it is still there, else the first convolution, else the first layer that does something. */
  readonly selected = computed((): string | undefined => {
    const steps = this.built.value?.steps ?? [];
    const { model } = this;
    const wanted = model.value && arrangedModel(this.arranged.value, nameOf(model.value)).selected;
    if (steps.some((step) => step.key === wanted)) return wanted;
    return (steps.find((step) => /^(Depthwise|Separable)?Conv/.test(step.className)) ?? steps[1] ?? steps[0])?.key;
  });

  readonly selectedStep = computed((): StepInfo | undefined => this.built.value?.steps.find((step) => step.key === this.selected.value));

  /** Pictures and drawings by model and input (`heldKey`); they live as long as the panel does. */
  readonly held = signal<ReadonlyMap<string, Held>>(new Map());

  private readonly arrangedHere = computed(() => {
    const { model } = this;
    return model.value ? arrangedModel(this.arranged.value, nameOf(model.value)) : {};
  });

  /** Examples that run at once. */
  readonly batch = computed(() => this.arrangedHere.value.batch ?? 1);
  /** Which of them is shown. */
  readonly example = computed(() => Math.min(this.arrangedHere.value.example ?? 0, this.batch.value - 1));
  /** By input, sizes for the axes that its source leaves open. */
  readonly sizes = computed(() => this.arrangedHere.value.sizes ?? {});

  /** What is fed in: the person's choices where the model's inputs take them, else a seven, else random values. */
  readonly input = computed((): InputChoice => {
    const feeds = this.built.value?.feeds ?? [];
    return inputFor(feeds, this.arrangedHere.value.inputs ?? {}, (feed) => this.heldFor(feed), this.settings.value?.seed ?? 0);
  });

  heldKey(feed: string): string | undefined {
    return this.model.value && JSON.stringify([nameOf(this.model.value), feed]);
  }

  heldFor(feed: string): Held | undefined {
    return this.held.value.get(this.heldKey(feed) ?? '');
  }

  /** Forgets the model: nothing is built. */
  clear(): void {
    this.built.value = undefined;
    this.failure.value = undefined;
    this.everyMap.value = false;
    this.clearRun();
  }

  /** Forgets what the last run gave. */
  clearRun(): void {
    this.rows.value = new Map();
    this.ran.value = undefined;
    this.numbers.value = undefined;
    this.picture.value = undefined;
    this.maps.value = [];
  }
}
