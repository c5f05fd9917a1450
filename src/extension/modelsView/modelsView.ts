import {
  commands,
  EventEmitter,
  Range,
  TextEditorRevealType,
  Uri,
  window,
  type LogOutputChannel,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
} from 'vscode';
import { COMMANDS, CONTEXT_KEYS, MODELS_VIEW } from '../contributions';
import { Owner } from '../disposal';
import type { Server } from '../languageClient';
import { CaretFollower } from './caretFollower';
import { itemOf } from './items';
import {
  fileNode,
  idOf,
  layerAt,
  layerNode,
  leavesOf,
  parentOf,
  type FileNode,
  type LayerNode,
  type ModelNode,
  type Node,
  type NoteNode,
} from './nodes';

type Layers = readonly (LayerNode | NoteNode)[];

/**
 * The tree of the workspace's models and their layers. The server looks for models while the tree is on the screen, and layers are asked for where
 * a model is open or the caret is in it. A click leads to the source; the caret selects its layer, and neither is answered by the other.
 */
export class ModelsView extends Owner implements TreeDataProvider<Node> {
  readonly #changed = this.own(new EventEmitter<Node | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<Node>;
  readonly #follower: CaretFollower;
  #files: readonly FileNode[] = [];
  /** Layers by their model's id, with the stamp of the file that they were asked for at. */
  readonly #layers = new Map<string, { readonly stamp: string; readonly layers: Promise<Layers> }>();
  #filter = '';
  #pulling: Promise<void> | undefined;
  /** What was asked for while another answer was on its way: the list, or (true) all of it anew. */
  #pullAgain: boolean | undefined;

  constructor(
    private readonly server: Server,
    private readonly output: LogOutputChannel,
  ) {
    super();
    this.#view = this.own(window.createTreeView(MODELS_VIEW, { treeDataProvider: this, showCollapseAll: true }));
    this.#follower = this.own(new CaretFollower(server, (sites, model) => this.#select(sites, model)));
    this.own(this.#view.onDidChangeVisibility(({ visible }) => this.#watch(visible)));
    this.own(server.onStarted(() => this.#watch(this.#view.visible)));
    this.own(server.onModelsChanged(() => void this.#pull(false)));
    this.own(commands.registerCommand(COMMANDS.goToLayer, (node: LayerNode) => this.#go(node)));
    this.own(commands.registerCommand(COMMANDS.refreshModels, () => this.#pull(true)));
    this.own(commands.registerCommand(COMMANDS.filterModels, () => this.#askFilter()));
    this.own(commands.registerCommand(COMMANDS.clearModelsFilter, () => this.#setFilter('')));
  }

  getTreeItem(node: Node): TreeItem {
    return itemOf(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return [...this.#files];
    if (node.kind === 'file') return [...node.models];
    if (node.kind === 'model') return [...(await this.#layersOf(node))];
    return node.kind === 'layer' ? [...node.children] : [];
  }

  getParent(node: Node): Node | undefined {
    return parentOf(node);
  }

  #watch(isVisible: boolean): void {
    this.#follower.isOn = isVisible;
    this.server.watchModels(isVisible).catch((error: unknown) => this.output.debug(`Models: ${String(error)}`));
    if (isVisible) void this.#pull(false);
  }

  /** Asks for the list; what is asked for meanwhile is asked for once, afterwards. */
  async #pull(anew: boolean): Promise<void> {
    if (this.#pulling) {
      this.#pullAgain = anew || (this.#pullAgain ?? false);
      return this.#pulling;
    }
    this.#pulling = this.#pullOnce(anew).catch((error: unknown) => this.output.debug(`Models: ${String(error)}`));
    await this.#pulling;
    this.#pulling = undefined;
    const again = this.#pullAgain;
    this.#pullAgain = undefined;
    if (again !== undefined) await this.#pull(again);
  }

  async #pullOnce(anew: boolean): Promise<void> {
    if (!this.#view.visible && !anew) return;
    const { files, note } = await this.server.models({ ...(this.#filter !== '' && { filter: this.#filter }), ...(anew && { anew }) });
    const before = JSON.stringify(this.#files.map(signature));
    const now = files.map(fileNode);
    this.#view.message = [this.#filter === '' ? '' : `Filter: ${this.#filter}`, note ?? ''].filter((part) => part !== '').join(' · ');
    if (JSON.stringify(now.map(signature)) === before) return;
    this.#files = now;
    const models = new Set(now.flatMap((file) => file.models.map(idOf)));
    for (const id of this.#layers.keys()) if (!models.has(id)) this.#layers.delete(id);
    this.#changed.fire(undefined);
    this.#follower.again();
  }

  #layersOf(model: ModelNode): Promise<Layers> {
    const id = idOf(model);
    const known = this.#layers.get(id);
    if (known?.stamp === model.stamp) return known.layers;
    const layers = this.#ask(model);
    this.#layers.set(id, { stamp: model.stamp, layers });
    return layers;
  }

  async #ask(parent: ModelNode): Promise<Layers> {
    const { uri, id, title } = parent;
    try {
      const { rows, reason } = await this.server.modelLayers({ uri, id, title });
      if (rows && rows.length > 0) return rows.map((row) => layerNode(row, parent, parent));
      return [{ kind: 'note', text: reason ?? 'No layer is known.', parent }];
    } catch (error) {
      this.#layers.delete(idOf(parent));
      return [{ kind: 'note', text: `The language server did not answer: ${String(error)}`, parent }];
    }
  }

  /** The caret is at these places. The model that it means comes first, then those that are open here. */
  async #select(sites: readonly string[], meant: string | undefined): Promise<void> {
    const models = this.#files.flatMap((file) => file.models);
    const first = models.find(({ id }) => id === meant);
    const others = models.filter((model) => model !== first && this.#layers.get(idOf(model))?.stamp === model.stamp);
    const [selected] = this.#view.selection;
    const chosen = selected && idOf(selected);
    for (const model of [...(first ? [first] : []), ...others]) {
      const layer = layerAt(leavesOf(await this.#layersOf(model)), sites, chosen);
      if (layer) return this.#reveal(layer, chosen);
    }
    if (first && sites.length === 0) await this.#reveal(first, chosen);
  }

  async #reveal(node: Node, chosen: string | undefined): Promise<void> {
    if (!this.#view.visible || idOf(node) === chosen) return;
    await this.#view.reveal(node, { select: true, focus: false, expand: false });
  }

  /** Shows where a layer is made; once more, and the keyboard goes there. */
  async #go({ row }: LayerNode): Promise<void> {
    if (row.site === undefined) return;
    const { uri, range, name } = await this.server.siteRange(row.site);
    const at = name ?? range;
    if (uri === undefined || !at) return void window.setStatusBarMessage('The line of this layer is gone.', 5_000);
    const target = Uri.parse(uri);
    const selection = new Range(at.start.line, at.start.character, at.start.line, at.start.character);
    const active = window.activeTextEditor;
    const isThere = active?.document.uri.toString() === target.toString() && active.selection.isEqual(selection);
    this.#follower.expect(target, selection.start);
    const editor = await window.showTextDocument(target, { selection, preserveFocus: !isThere, preview: true });
    editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async #askFilter(): Promise<void> {
    const filter = await window.showInputBox({
      title: 'Filter Models',
      prompt: 'Part of a name: a file, a model, a layer, or a class such as lstm. Nothing shows all.',
      value: this.#filter,
    });
    if (filter !== undefined) await this.#setFilter(filter.trim());
  }

  async #setFilter(filter: string): Promise<void> {
    this.#filter = filter;
    await commands.executeCommand('setContext', CONTEXT_KEYS.modelsFiltered, filter !== '');
    await this.#pull(false);
  }
}

const signature = ({ uri, models }: FileNode): unknown => [uri, models.map(({ model, stamp }) => [model, stamp])];
