import { signal } from '@preact/signals';
import { isAbort } from '../../src/protocol/channel';
import type { TextFile } from '../../src/protocol/panelRequests';
import { arrangedModel, nameOf } from './arranged';
import type { Arrangement } from './arrangement';
import { readClassNames } from './classNameFile';
import type { Host } from './host';
import type { Runs } from './running';
import type { Store } from './store';

/** Names of a model's classes from a file that a person chose; `store.built.classNames` has them. */
export class ClassNames {
  /** Why a file gave no names, in words for people. */
  readonly problem = signal<string | undefined>(undefined);
  private found: { readonly model: string; readonly names: readonly string[] } | undefined;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly arrangement: Arrangement,
    runs: Runs,
  ) {
    runs.afterFill(() => this.restore());
  }

  /** Lets the person choose a file. */
  async choose(): Promise<void> {
    const model = this.model();
    if (model === undefined) return;
    const file = await this.asked(() => this.host.channel.request('chooseClassNames', { model }));
    if (!file || model !== this.model()) return;
    this.take(model, file);
    if (this.found?.model === model) this.arrangement.changeModel({ classNames: file.name });
  }

  /** What was built again knows its own names only. */
  private async restore(): Promise<void> {
    const model = this.model();
    if (model === undefined) return;
    if (this.found?.model === model) return this.show();
    this.problem.value = undefined;
    if (arrangedModel(this.store.arranged.value, model).classNames === undefined) return;
    const file = await this.asked(() => this.host.channel.request('reopenClassNames', { model }));
    if (file && model === this.model()) this.take(model, file);
  }

  private async asked(ask: () => Promise<TextFile | null>): Promise<TextFile | null> {
    this.problem.value = undefined;
    try {
      return await ask();
    } catch (error) {
      if (!isAbort(error)) this.problem.value = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  private take(model: string, { name, text }: TextFile): void {
    try {
      this.found = { model, names: readClassNames(name, text) };
      this.show();
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : String(error);
    }
  }

  private show(): void {
    const { built } = this.store;
    if (built.value && this.found) built.value = { ...built.value, classNames: this.found.names };
  }

  private model(): string | undefined {
    const { model } = this.store;
    return model.value && nameOf(model.value);
  }
}
