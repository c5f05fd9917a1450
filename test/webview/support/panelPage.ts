import type { ModelGraph } from '../../../src/model/graph';
import type { PanelModel, PanelSettings, ToHost, ToPanel } from '../../../src/protocol/panel';
import type { DrawnPicture } from '../pages/bench';
import type { PageOptions, Stage, StagePage } from './browser';
import type { ThemeName } from './themes';
import { decodeTiles } from './tiles';

export const settings: PanelSettings = { backend: 'auto', seed: 42, activationBudget: 512e6 };

export const modelOf = (graph: ModelGraph, id = 'lenet5.ts#12'): PanelModel => ({
  id,
  title: graph.name,
  file: 'lenet5.ts',
  line: 12,
  version: 1,
  graph,
});

interface PanelOptions extends PageOptions {
  readonly theme?: ThemeName;
  /** With the engine that counts its reads and shows its graphics contexts. */
  readonly counted?: boolean;
  /** For a golden picture: letters are boxes, and no time is shown. */
  readonly boxes?: boolean;
}

/** The panel in a page that plays the host. */
export class PanelPage {
  private constructor(readonly opened: StagePage) {}

  static async open(stage: Stage, options: PanelOptions = {}): Promise<PanelPage> {
    const { theme = 'dark', counted, boxes } = options;
    const panel = new PanelPage(await stage.page(`/panel?theme=${theme}${counted ? '&counted' : ''}${boxes ? '&boxes' : ''}`, options));
    await panel.ready();
    return panel;
  }

  get page(): StagePage['page'] {
    return this.opened.page;
  }

  /** Waits until the panel said that it can receive. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => (window as unknown as { sent: ToHost[] }).sent.some((message) => message.type === 'ready'));
  }

  async tell(message: ToPanel): Promise<void> {
    await this.page.evaluate((sent) => window.postMessage(sent), message as object);
  }

  async sent(): Promise<ToHost[]> {
    return this.page.evaluate(() => (window as unknown as { sent: ToHost[] }).sent);
  }

  /** Shows a model and waits until it has run. */
  async run(graph: ModelGraph, changes: Partial<PanelSettings> = {}, id?: string): Promise<void> {
    const before = (await this.sent()).filter((message) => message.type === 'ran').length;
    await this.tell({ type: 'show', model: modelOf(graph, id), settings: { ...settings, ...changes } });
    await this.ran(before + 1);
  }

  /** Waits until so many runs have ended, and all that belongs to them is shown. */
  async ran(count: number): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as { sent: ToHost[] }).sent.filter((message) => message.type === 'ran').length >= wanted,
      count,
    );
    await this.page.locator('[data-phase="ready"]').waitFor();
  }

  /** The tiles of the selected layer, decoded from the canvases on the screen. */
  tiles(): Promise<DrawnPicture> {
    return decodeTiles(this.page);
  }

  async select(name: string): Promise<void> {
    await this.page.locator(`nav [data-layer="${name}"]`).click();
    await this.page.locator(`.tiles canvas[data-layer="${name}"]`).first().waitFor();
  }

  async selected(): Promise<string | null> {
    return this.page.locator('nav [aria-selected="true"]').getAttribute('data-layer');
  }

  close(): Promise<void> {
    return this.opened.close();
  }
}
