import { EventEmitter, Uri, ViewColumn, window, workspace, type ExtensionContext, type LogOutputChannel, type WebviewPanel } from 'vscode';
import type { ChangedParams, RunnableModel } from '../protocol/lsp';
import {
  LIVE_LIMIT,
  type PanelModel,
  type RanMessage,
  type RevealMessage,
  type UnitHint,
  type ToHost,
  type ToPanel,
} from '../protocol/panel';
import type { ChannelMessage } from '../protocol/panelRequests';
import type { Answers } from './answers';
import { PANEL_VIEW } from './contributions';
import { Owner } from './disposal';
import { Following, isLight, placesOf } from './following';
import type { Server } from './languageClient';
import { PanelChannel } from './panelChannel';
import { panelHtml } from './panelHtml';
import { PanelRequests } from './panelRequests';
import { panelSettings } from './settings';

/** What is remembered of the shown model, to find it again when the window comes back. */
interface Remembered {
  readonly uri: string;
  readonly id: string;
  readonly title: string;
}

const REMEMBERED = 'layerscope.shown';

const NOTHING_YET = 'No model has been run yet. Put the caret into a model and run "Layerscope: Run Model".';

/** The panel beside the editor: one at most, showing one model. It is told what to show when it says that it is ready, and again when it comes back. */
export class PanelHost extends Owner {
  #panel: WebviewPanel | undefined;
  #ready = false;
  readonly #revealed = new EventEmitter<RevealMessage>();
  readonly #replaced = new EventEmitter<void>();
  readonly #units = new EventEmitter<readonly UnitHint[]>();

  /** A person chose a layer in the panel. */
  readonly onReveal = this.#revealed.event;

  /** What was found of dead and duplicate units in the shown model; nothing where it is not shown any more. */
  readonly onUnits = this.#units.event;

  /** Another model is shown than before. */
  readonly onReplaced = this.#replaced.event;

  /** What a panel that becomes ready is told. */
  #shown: RunnableModel | undefined;
  #nothing = NOTHING_YET;
  /** A model that was to be shown and could not be found: it may come back. */
  #missed: Remembered | undefined;
  /** Where the caret is, for a panel that does not know the model's layers yet: told again when the first run ends. */
  #selected: readonly string[] = [];
  #built = false;
  #lastRun = 0;
  /** Set from a request to run until the caret has been asked about. */
  #followCaret = false;
  /** A weights file is to be asked for as soon as the panel is there. */
  #wantsWeights = false;
  /** When a text was changed last, by this side's clock: the time to the picture is counted from there. */
  #edited: number | undefined;
  /** Why what is shown is not up to date. */
  #stale: string | undefined;
  /** Of several answers about the shown model, the one to the latest question counts. */
  #question = 0;
  readonly #following: Following;
  /** What the page asks: files and dialogs. */
  readonly #channel: PanelChannel;

  constructor(
    private readonly context: ExtensionContext,
    server: Server,
    private readonly answers: Answers,
    private readonly output: LogOutputChannel,
  ) {
    super();
    this.#following = new Following(context.workspaceState);
    this.own(this.#revealed);
    this.own(this.#replaced);
    this.own(this.#units);
    this.own(
      server.onChanged((params) => void this.#changed(params).catch((error: unknown) => output.warn(`The shown model: ${String(error)}`))),
    );
    this.own(window.registerWebviewPanelSerializer(PANEL_VIEW, { deserializeWebviewPanel: (panel) => this.#comeBack(panel) }));
    this.own(
      workspace.onDidChangeConfiguration(
        (event) => event.affectsConfiguration('layerscope.panel') && this.#configured(event.affectsConfiguration('layerscope.panel.live')),
      ),
    );
    const requests = new PanelRequests(context.workspaceState, () => (this.#shown ? Uri.parse(this.#shown.uri) : undefined));
    this.#channel = this.own(
      new PanelChannel(
        (message) => void this.#panel?.webview.postMessage(message),
        (files) => requests.handlers(files),
      ),
    );
    this.own(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme !== 'output') this.#edited = Date.now();
      }),
    );
    this.own({ dispose: () => this.#panel?.dispose() });
  }

  get isVisible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Shows a model beside the editor; the caret and the keyboard stay where they are. */
  show(model: RunnableModel): void {
    this.#question++;
    this.#lastRun = 0;
    this.#open();
    this.#followCaret = true;
    this.#tell(model);
    if (this.isVisible && this.#ready) this.#linkCaret();
  }

  /** Whether a model is shown, the panel is in sight, and it is to follow the caret to another model. */
  get followsCaret(): boolean {
    return this.isVisible && this.#built && this.#shown !== undefined && !this.#following.isLocked;
  }

  /** True where one of these sites, or calls that led to one, belongs to the shown model. */
  shows(sites: readonly string[]): boolean {
    const here = new Set(this.#shown ? placesOf(this.#shown.graph) : []);
    return sites.some((site) => here.has(site));
  }

  /** The caret went into another model: it is shown, where that costs little and nothing has to be asked for. */
  follow(model: RunnableModel): void {
    if (!this.followsCaret || model.id === this.#shown?.id || !isLight(model)) return;
    this.#question++;
    this.#lastRun = 0;
    this.#tell(model);
  }

  #configured(liveToo: boolean): void {
    this.#send({ type: 'settings', settings: panelSettings() });
    if (!liveToo) return;
    this.#tellFollowing();
    // What waited for it is shown now.
    if (this.#following.isLive(this.#shown) && this.#shown && this.#stale !== undefined) {
      void this.#changed({ uri: this.#shown.uri }).catch((error: unknown) => this.output.warn(`The shown model: ${String(error)}`));
    }
  }

  #tellFollowing(): void {
    this.#send({ type: 'following', live: this.#following.isLive(this.#shown), locked: this.#following.isLocked });
  }

  /** A run that was asked for begins with the caret's layer, also where the panel has shown the same model before. */
  #linkCaret(): void {
    if (this.#followCaret) this.#replaced.fire();
    this.#followCaret = false;
  }

  /** Brings the panel back, with the model that it showed last. */
  async bringBack(): Promise<void> {
    this.#open();
    if (!this.#shown) await this.#find(this.context.workspaceState.get<Remembered>(REMEMBERED));
  }

  /** Has the panel ask for a weights file: now, or when it is there. */
  async loadWeights(): Promise<void> {
    await this.bringBack();
    if (!this.#shown) return void window.showInformationMessage(this.#nothing);
    if (this.#ready) this.#send({ type: 'loadWeights' });
    else this.#wantsWeights = true;
  }

  /** Selects the layers of these sites in the panel: now, or when it has the model. */
  select(sites: readonly string[]): void {
    this.#selected = sites;
    if (this.#built) this.#send({ type: 'select', sites });
  }

  /** A document says something different: shows the model anew if it is one of that document's. */
  async #changed({ uri, refusal }: Pick<ChangedParams, 'uri' | 'refusal'>): Promise<void> {
    const wanted = this.#shown ?? this.#missed;
    if (!wanted || !this.#panel || wanted.uri !== uri) return;
    if (refusal !== undefined) {
      this.#grey(refusal);
      return;
    }
    const question = ++this.#question;
    const { found, reason } = await this.answers.again(uri, wanted.id, wanted.title);
    if (question !== this.#question) return;
    if (found && this.#shown) this.#renew(this.#shown, found);
    else if (found) this.#tell(found);
    else if (this.#shown) this.#grey(reason ?? 'The model is no longer in its file.');
  }

  #renew(shown: RunnableModel, found: RunnableModel): void {
    // Layers that only moved to other lines are not computed again by the panel.
    if (workOf(found) === workOf(shown)) this.#tell(found);
    else if (!this.#following.isLive(shown)) this.#grey('The source has changed since this run.');
    else if (this.#lastRun > LIVE_LIMIT) {
      const seconds = (this.#lastRun / 1000).toFixed(1);
      this.#grey(`The source has changed. The last run took ${seconds} s, so the next one waits for "Layerscope: Run Model".`);
    } else this.#tell(found, this.#edited);
  }

  /** The panel keeps what it shows, greyed, with the reason. */
  #grey(reason: string): void {
    this.#stale = reason;
    this.#send({ type: 'stale', reason });
  }

  /** @param edited when the source was changed that this answers; undefined where it answers no change */
  #tell(model: RunnableModel, edited?: number): void {
    this.#stale = undefined;
    const replaced = this.#shown?.id !== model.id;
    if (replaced) {
      this.#selected = [];
      this.#built = false;
    }
    this.#shown = model;
    void this.context.workspaceState.update(REMEMBERED, { uri: model.uri, id: model.id, title: model.title } satisfies Remembered);
    if (this.#panel) this.#panel.title = model.title;
    const ago = edited === undefined ? {} : { editedAgo: Date.now() - edited };
    this.#send({ type: 'show', model: toPanel(model), settings: panelSettings(), ...ago });
    if (replaced) {
      this.#units.fire([]);
      this.#replaced.fire();
    }
  }

  #tellNothing(reason: string, missed?: Remembered): void {
    this.#shown = undefined;
    this.#missed = missed;
    this.#nothing = reason;
    this.#units.fire([]);
    this.#send({ type: 'nothing', reason });
  }

  #open(): void {
    if (this.#panel) {
      // An editor in the panel's own column would disappear behind it.
      const isCovered = window.activeTextEditor?.viewColumn === this.#panel.viewColumn;
      this.#panel.reveal(isCovered ? ViewColumn.Beside : undefined, true);
      return;
    }
    this.#take(window.createWebviewPanel(PANEL_VIEW, 'Layerscope', { viewColumn: ViewColumn.Beside, preserveFocus: true }));
  }

  #take(panel: WebviewPanel): void {
    const files = Uri.joinPath(this.context.extensionUri, 'dist', 'panel');
    this.#panel = panel;
    this.#ready = false;
    panel.webview.options = { enableScripts: true, localResourceRoots: [files] };
    panel.iconPath = Uri.joinPath(this.context.extensionUri, 'images', 'icon.png');
    panel.webview.onDidReceiveMessage((message: ToHost | ChannelMessage) => this.#receive(panel, message));
    // A hidden panel's page is gone; it says that it is ready when it is back.
    panel.onDidChangeViewState(() => (this.#ready = this.#ready && panel.visible));
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#channel.dispose();
    });
    panel.webview.html = panelHtml(panel.webview, (path) => panel.webview.asWebviewUri(Uri.joinPath(files, path)));
  }

  /** VS Code brings a panel of an earlier window back. */
  async #comeBack(panel: WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#take(panel);
    await this.#find(this.context.workspaceState.get<Remembered>(REMEMBERED));
  }

  async #find(remembered: Remembered | undefined): Promise<void> {
    if (!remembered) return this.#tellNothing(NOTHING_YET);
    const question = ++this.#question;
    this.#tellNothing(`Looking for ${remembered.title}, which was shown last.`, remembered);
    try {
      await workspace.openTextDocument(Uri.parse(remembered.uri));
      const { found, reason } = await this.answers.again(remembered.uri, remembered.id, remembered.title);
      if (question !== this.#question) return;
      if (found) this.#tell(found);
      else this.#tellNothing(reason ?? NOTHING_YET, remembered);
    } catch (error) {
      this.output.warn(`The model that was shown last: ${String(error)}`);
      if (question === this.#question) this.#tellNothing(`The model that was shown last cannot be read any more (${remembered.title}).`);
    }
  }

  #receive(panel: WebviewPanel, message: ToHost | ChannelMessage): void {
    if (panel !== this.#panel) return;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#answerReady();
        return;
      case 'channel':
        this.#channel.receive(message);
        return;
      case 'reveal':
        this.#selected = [];
        this.#revealed.fire(message);
        return;
      case 'follow':
        void this.#following
          .change(message)
          .then(() => this.#tellFollowing())
          .catch((error: unknown) => this.output.warn(`What the panel follows: ${String(error)}`));
        return;
      case 'ask':
        void this.#ask(message.name).catch((error: unknown) => this.output.warn(`Asking for ${message.name}: ${String(error)}`));
        return;
      case 'ran':
        this.#ran(message);
        return;
      case 'units':
        if (message.model === this.#shown?.id) this.#units.fire(message.hints);
        return;
      case 'problem':
        this.output.error(`Panel: ${message.text}`);
    }
  }

  /** A person wants another value for a name that the source leaves open. */
  async #ask(name: string): Promise<void> {
    const shown = this.#shown;
    const model = shown && (await this.answers.ask(shown, name));
    if (model && this.#shown?.id === model.id) {
      this.#question++;
      this.#tell(model);
    }
  }

  #answerReady(): void {
    if (!this.#shown) this.#send({ type: 'nothing', reason: this.#nothing });
    else this.#send({ type: 'show', model: toPanel(this.#shown), settings: panelSettings() });
    if (this.#shown && this.#stale !== undefined) this.#send({ type: 'stale', reason: this.#stale });
    this.#tellFollowing();
    if (this.#wantsWeights) this.#send({ type: 'loadWeights' });
    this.#wantsWeights = false;
    this.#built = false;
    this.#linkCaret();
  }

  #ran({ model, backend, milliseconds, steady, layers, stop }: RanMessage): void {
    if (model === this.#shown?.id) {
      this.#lastRun = steady;
      if (!this.#built && this.#selected.length > 0) this.#send({ type: 'select', sites: this.#selected });
      this.#built = true;
    }
    this.output.info(
      `Ran ${layers} layers on ${backend} in ${Math.round(milliseconds)} ms${stop === undefined ? '' : `; stopped: ${stop}`}`,
    );
  }

  #send(message: ToPanel): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }
}

/** What of a model decides what is computed: all but where it stands in the source. */
const workOf = ({ graph }: RunnableModel): string =>
  JSON.stringify(graph, (key, value: unknown) => (key === 'site' || key === 'callPath' ? undefined : value));

const toPanel = ({ id, title, uri, line, version, graph, leftOpen, given }: RunnableModel): PanelModel => ({
  id,
  title,
  file: Uri.parse(uri).path.split('/').at(-1) ?? uri,
  line: line + 1,
  version,
  graph,
  leftOpen,
  given,
});
