import { basename } from 'node:path';
import { Uri, window, workspace, type Memento, type OpenDialogOptions } from 'vscode';
import type { Handlers } from '../protocol/channel';
import type { HostContract } from '../protocol/panelRequests';
import { openModelFile } from './files/modelFile';
import type { OpenFiles } from './files/openFiles';
import { isPng, pictureName } from './files/pictureName';
import { readTextFile } from './files/textFile';

/** What a person chose, by what it was chosen for and the model. */
const CHOSEN = 'layerscope.chosenFiles';
/** Choices that are remembered. */
const MOST_CHOSEN = 40;

type Purpose = 'weights' | 'classNames';

const DIALOGS: Readonly<Record<Purpose, OpenDialogOptions>> = {
  weights: { title: 'Weights of TensorFlow.js (model.json)', openLabel: 'Load Weights', filters: { 'TensorFlow.js model': ['json'] } },
  classNames: {
    title: 'Names of the classes',
    openLabel: 'Use Names',
    filters: { 'One name a line, or a JSON list': ['txt', 'json', 'names', 'labels'] },
  },
};

/** The native dialogs, and the files that were chosen in them. No other file is read, but for the shards that a chosen one names. */
export class PanelRequests {
  constructor(
    private readonly memory: Memento,
    /** Where the shown model stands, to begin looking there. */
    private readonly source: () => Uri | undefined,
  ) {}

  /** @param files what the asking page has open */
  handlers(files: OpenFiles): Handlers<HostContract> {
    return {
      chooseWeights: async () => {
        const path = await this.#choose('weights');
        return path === undefined ? null : files.add(await openModelFile(path));
      },
      rememberWeights: async ({ model, file }) => {
        const path = files.pathOf(file);
        if (path !== undefined) await this.#remember('weights', model, path);
        return null;
      },
      reopenWeights: async ({ model }) => {
        const path = this.#chosen('weights', model);
        return path === undefined ? null : files.add(await openModelFile(path));
      },
      forgetWeights: async ({ model }) => {
        await this.#remember('weights', model, undefined);
        return null;
      },
      readShard: (part) => files.read(part),
      closeWeights: async ({ file }) => {
        await files.close(file);
        return null;
      },
      chooseClassNames: async ({ model }) => {
        const path = await this.#choose('classNames');
        if (path === undefined) return null;
        const file = await readTextFile(path);
        await this.#remember('classNames', model, path);
        return file;
      },
      reopenClassNames: async ({ model }) => {
        const path = this.#chosen('classNames', model);
        return path === undefined ? null : readTextFile(path);
      },
      save: ({ name, png }) => this.#save(name, png),
    };
  }

  async #choose(purpose: Purpose): Promise<string | undefined> {
    const [chosen] = (await window.showOpenDialog({ ...DIALOGS[purpose], ...this.#folder() })) ?? [];
    if (!chosen) return undefined;
    if (chosen.scheme !== 'file') throw new Error(`${basename(chosen.path)} is not on this computer's disk.`);
    return chosen.fsPath;
  }

  #folder(): { defaultUri?: Uri } {
    const source = this.source();
    const folder = source?.scheme === 'file' ? Uri.joinPath(source, '..') : workspace.workspaceFolders?.[0]?.uri;
    return folder?.scheme === 'file' ? { defaultUri: folder } : {};
  }

  async #save(name: string, png: ArrayBuffer): Promise<{ name: string } | null> {
    const bytes = new Uint8Array(png);
    if (!isPng(bytes)) throw new Error('What was to be saved is no picture.');
    const { defaultUri } = this.#folder();
    const suggested = pictureName(name);
    const place = await window.showSaveDialog({
      title: 'Save the picture',
      filters: { 'PNG picture': ['png'] },
      ...(defaultUri ? { defaultUri: Uri.joinPath(defaultUri, suggested) } : {}),
    });
    if (!place) return null;
    await workspace.fs.writeFile(place, bytes);
    return { name: basename(place.path) };
  }

  #chosen(purpose: Purpose, model: string): string | undefined {
    const path = Object.entries(this.#all()).find(([key]) => key === `${purpose}:${model}`)?.[1];
    return typeof path === 'string' ? path : undefined;
  }

  async #remember(purpose: Purpose, model: string, path: string | undefined): Promise<void> {
    const key = `${purpose}:${model}`;
    const others = Object.entries(this.#all()).filter(([other]) => other !== key);
    const all = path === undefined ? others : [...others, [key, path] as const];
    await this.memory.update(CHOSEN, Object.fromEntries(all.slice(-MOST_CHOSEN)));
  }

  #all(): Readonly<Record<string, unknown>> {
    return this.memory.get<Record<string, unknown>>(CHOSEN) ?? {};
  }
}
