import { batch } from '@preact/signals';
import type { PanelModel, PanelSettings, SelectMessage, ShowMessage, ToPanel } from '../../src/protocol/panel';
import { nameOf } from './arranged';
import type { Arrangement } from './arrangement';
import type { Drawing } from './drawing';
import type { EngineKeeper } from './engineKeeper';
import { layerAt } from './calls';
import type { Host } from './host';
import type { Layers } from './layers';
import { moveSteps } from './places';
import type { Live } from './live';
import type { Runs } from './running';
import type { Store } from './store';

/** What the controller has others do. */
export interface Hands {
  readonly host: Host;
  readonly keeper: EngineKeeper;
  readonly arrangement: Arrangement;
  readonly drawing: Drawing;
  readonly runs: Runs;
  readonly layers: Layers;
  readonly live: Live;
}

/** Turns messages of the host and choices of the person into work for others. */
export class Controller {
  constructor(
    private readonly store: Store,
    private readonly hands: Hands,
  ) {
    hands.host.onMessage((message) => this.receive(message));
    hands.host.send({ type: 'ready' });
  }

  /** A person chose a layer. `focus`: the caret is to go there too. */
  choose(key: string, focus: boolean): void {
    this.select(key);
    this.reveal(key, focus);
  }

  /** Shows where a layer is made, or one of its options, and leaves the panel as it is. */
  reveal(key: string, focus = false, option?: string): void {
    const step = this.store.built.value?.steps.find((one) => one.key === key);
    if (!step?.site) return;
    const what = option === undefined ? {} : { option };
    this.hands.host.send({ type: 'reveal', site: step.site.id, callPath: step.callPath, ...what, focus });
  }

  /** A person wants another value for a name that the source leaves open: the host asks for it. */
  ask(name: string): void {
    this.hands.host.send({ type: 'ask', name });
  }

  /** After a failure: everything from the start. */
  again(): void {
    this.hands.keeper.forgive();
    this.startAgain();
  }

  /** On a new engine, with everything that the person had chosen. */
  startAgain(): void {
    this.dropEngine();
    this.hands.runs.rebuild();
  }

  private receive(message: ToPanel): void {
    switch (message.type) {
      case 'show':
        return this.show(message);
      case 'select':
        return this.selectSites(message);
      case 'settings':
        return this.setSettings(message.settings);
      case 'stale':
        this.store.stale.value = message.reason;
        return;
      case 'nothing':
        return this.showNothing(message.reason);
    }
  }

  private show({ model, settings, editedAgo }: ShowMessage): void {
    const { store } = this;
    const before = store.model.value;
    const same = before !== undefined && nameOf(before) === nameOf(model);
    const built = same && sameWork(before, model, store.settings.value, settings) && store.failure.value === undefined;
    const restart = store.settings.value !== undefined && store.settings.value.backend !== settings.backend;
    batch(() => {
      store.stale.value = undefined;
      store.nothing.value = undefined;
      store.settings.value = settings;
      if (!same) store.clear();
      store.model.value = model;
      // The same layers at new places in the source: the list follows, nothing is computed again.
      if (built && store.built.value) store.built.value = { ...store.built.value, steps: moveSteps(store.built.value.steps, model.graph) };
    });
    if (restart) this.changeBackend();
    if (!built) this.hands.live.arrived(same && !restart ? editedAgo : undefined);
    if (!built) this.hands.runs.rebuild();
  }

  private showNothing(reason: string): void {
    this.hands.runs.abort();
    this.hands.drawing.abort();
    batch(() => {
      this.store.clear();
      this.store.model.value = undefined;
      this.store.stale.value = undefined;
      this.store.nothing.value = reason;
      this.store.phase.value = { kind: 'waiting' };
    });
  }

  private setSettings(settings: PanelSettings): void {
    const before = this.store.settings.value;
    this.store.settings.value = settings;
    if (before?.backend !== settings.backend) this.changeBackend();
    if (this.store.model.value && JSON.stringify(before) !== JSON.stringify(settings)) this.hands.runs.rebuild();
  }

  /** The caret went to these sites and call lines: the layer is selected, and nothing is said back. */
  private selectSites({ sites }: SelectMessage): void {
    const { steps, branches } = this.hands.layers;
    // The third of a helper's sixteen layers stays selected while the caret is in the helper.
    const step = layerAt(steps.value, branches.value, sites, this.store.selected.value);
    if (step) this.select(step.key);
  }

  private select(key: string): void {
    this.hands.layers.reveal(key);
    if (this.store.selected.value === key) return;
    batch(() => {
      this.store.everyMap.value = false;
      this.hands.arrangement.changeModel({ selected: key });
    });
    void this.hands.drawing.draw();
  }

  private changeBackend(): void {
    this.hands.keeper.forgive();
    this.dropEngine();
  }

  private dropEngine(): void {
    this.hands.runs.abort();
    this.hands.drawing.abort();
    this.hands.keeper.drop();
    this.store.backend.value = undefined;
  }
}

/** True where nothing that is computed would come out differently. Places in the source may differ. */
const sameWork = (before: PanelModel, after: PanelModel, settings: PanelSettings | undefined, next: PanelSettings): boolean =>
  JSON.stringify(settings) === JSON.stringify(next) && workOf(before) === workOf(after);

const workOf = (model: PanelModel): string =>
  JSON.stringify(model.graph, (key, value: unknown) => (key === 'site' || key === 'callPath' ? undefined : value));
