import { effect, signal } from '@preact/signals';
import type { UnitHint } from '../../src/protocol/panel';
import type { UnitReport } from '../engine/contract/units';
import type { EngineKeeper } from './engineKeeper';
import type { Host } from './host';
import { Latest } from './latest';
import type { Store } from './store';
import { unitsSentence } from './unitWords';

/** A run must have ended so long ago before its units are looked at: edits in quick succession cost nothing. Milliseconds. */
const QUIET = 400;

/** Looks for dead and duplicate units after each run, one layer at a time, and tells the host what was found at which source line. */
export class Units {
  /** By step key; layers that were not looked at yet, or have no units, are missing. */
  readonly reports = signal<ReadonlyMap<string, UnitReport>>(new Map());
  private readonly latest: Latest;
  /** True where the host was told of something that may not hold any more. */
  private told = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly keeper: EngineKeeper,
  ) {
    // A finding is worth nothing where it cannot be had: the layers are shown all the same.
    this.latest = new Latest(() => undefined);
    effect(() => {
      const ran = store.ran.value;
      const ready = store.phase.value.kind === 'ready';
      clearTimeout(this.timer);
      if (!ready || !ran) {
        this.latest.abort();
        if (!ran) this.forget();
      } else this.timer = setTimeout(() => this.look(), QUIET);
    });
  }

  private look(): void {
    const { built, settings } = this.store;
    const steps = built.value?.steps ?? [];
    // Outputs that were not kept would be computed again for each layer.
    if (!built.value || built.value.need.activations > (settings.value?.activationBudget ?? 0)) return;
    void this.latest.start(
      async (aborted) => {
        const engine = await this.keeper.current;
        const found = new Map<string, UnitReport>();
        for (const { key, stop, unreached } of steps) {
          const row = this.store.rows.value.get(key);
          if (!engine || stop !== undefined || unreached || row?.stop !== undefined || row?.unreached) continue;
          const report = await engine.channel.request('units', { key }, aborted);
          if (report) found.set(key, report);
        }
        return found;
      },
      (found) => {
        this.reports.value = found;
        this.tell();
      },
    );
  }

  private forget(): void {
    if (this.reports.peek().size > 0) this.reports.value = new Map();
    if (this.told) this.tell();
  }

  private tell(): void {
    const { model, built } = this.store;
    const hints = (built.peek()?.steps ?? []).flatMap((step): UnitHint[] => {
      const report = this.reports.peek().get(step.key);
      const text = report && step.site && unitsSentence(step.name, report, built.peek()?.weights);
      return text === undefined || !step.site ? [] : [{ site: step.site.id, text }];
    });
    const shown = model.peek();
    if (!shown || (hints.length === 0 && !this.told)) return;
    this.told = hints.length > 0;
    this.host.send({ type: 'units', model: shown.id, hints });
  }
}
