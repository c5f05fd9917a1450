import { Range, Selection, TextEditorRevealType, Uri, ViewColumn, window, workspace, type LogOutputChannel, type TextEditor } from 'vscode';
import type { SiteRangeResult } from '../protocol/lsp';
import type { RevealMessage } from '../protocol/panel';
import type { Answers } from './answers';
import { Owner } from './disposal';
import { Highlight, type Mark } from './highlight';
import type { Server } from './languageClient';
import { isModelFile } from './modelFiles';
import type { PanelHost } from './panelHost';

interface Caret {
  readonly uri: string;
  readonly selection: Selection;
}

const isSame = (one: Caret | undefined, other: Caret): boolean => one?.uri === other.uri && one.selection.isEqual(other.selection);

/**
 * Links the caret and the panel's selection: a caret in a layer's line selects the layer, a click on a layer marks its line. What came from the
 * other side is not sent back. A caret in a layer of another model has the panel show that one, unless it is to keep its own.
 */
export class CaretLink extends Owner {
  readonly #highlight = this.own(new Highlight());
  /** The caret that was last asked about, or that was put somewhere because the panel asked for it. */
  #last: Caret | undefined;
  #asking = false;
  #next: TextEditor | undefined;
  #selected = '';
  #reveals = 0;

  constructor(
    private readonly server: Server,
    private readonly panel: PanelHost,
    private readonly answers: Pick<Answers, 'again'>,
    output: LogOutputChannel,
  ) {
    super();
    this.own(
      panel.onReveal(
        (message) => void this.#reveal(message).catch((error: unknown) => output.warn(`The layer's source: ${String(error)}`)),
      ),
    );
    this.own(panel.onReplaced(() => this.#replaced()));
    this.own(window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor)));
    this.own(window.onDidChangeActiveTextEditor((editor) => editor && this.#moved(editor)));
  }

  /** The same caret means something else to another model. */
  #replaced(): void {
    this.#selected = '';
    this.#last = undefined;
    this.#highlight.clear();
    if (window.activeTextEditor) this.#moved(window.activeTextEditor);
  }

  /** A person chose a layer in the panel. */
  async #reveal({ site, callPath, option, focus }: RevealMessage): Promise<void> {
    const turn = ++this.#reveals;
    this.#selected = '';
    const places = await Promise.all([this.server.siteRange(site, option), ...callPath.map((id) => this.server.siteRange(id))]);
    const [place] = places;
    if (turn !== this.#reveals || place?.uri === undefined || place.range === undefined) return;
    const editor = await this.#editorOf(Uri.parse(place.uri), focus, place);
    if (turn !== this.#reveals) return;
    const { option: written } = place;
    // An option is pointed at alone: the lines around it are what was marked before.
    this.#highlight.show(written ? toMark({ ...place, range: written }) : places.flatMap(toMark));
    bringIntoView(editor, toRange(written ? { range: written } : place).start.line);
  }

  /** An editor with the place in it: one that is open, else a new one in the first column. Only `focus` moves caret and keyboard. */
  async #editorOf(uri: Uri, focus: boolean, place: SiteRangeResult): Promise<TextEditor> {
    const visible = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    if (visible && !focus) return visible;
    const document = await workspace.openTextDocument(uri);
    const { start } = toRange({ ...place, range: place.name ?? place.range });
    const selection = new Selection(start, start);
    if (focus) this.#last = { uri: document.uri.toString(), selection };
    return window.showTextDocument(document, {
      viewColumn: visible?.viewColumn ?? ViewColumn.One,
      preserveFocus: !focus,
      ...(focus && { selection }),
    });
  }

  #moved(editor: TextEditor): void {
    const caret = { uri: editor.document.uri.toString(), selection: editor.selection };
    // Also an editor that only becomes active again has not moved its caret.
    if (isSame(this.#last, caret) || !this.panel.isVisible || editor !== window.activeTextEditor) return;
    this.#last = caret;
    this.#next = editor;
    if (!this.#asking) void this.#ask();
  }

  /** One question at a time: carets that moved on meanwhile are asked about together, as the last of them. */
  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      for (let editor = this.#take(); editor; editor = this.#take()) {
        const sites = await this.#sitesUnder(editor);
        // A newer caret is about to be asked about; this answer would only flicker.
        if (this.#next) continue;
        if (sites.length > 0 && this.panel.followsCaret && !this.panel.shows(sites)) await this.#follow(editor);
        else this.#select(sites);
      }
    } finally {
      this.#asking = false;
    }
  }

  async #sitesUnder({ document, selection }: TextEditor): Promise<readonly string[]> {
    try {
      return isModelFile(document) ? (await this.server.sitesAt(document, selection.active)).sites : [];
    } catch {
      // The server is just being restarted, or gone: the selection stays as it is.
      return [];
    }
  }

  /** The caret is in a layer of another model than the one that is shown. */
  async #follow({ document, selection }: TextEditor): Promise<void> {
    try {
      const { found } = await this.server.modelAt(document, selection.active);
      // What is answered for a caret that moved on meanwhile would only flicker.
      if (found && !this.#next)
        this.panel.follow(await this.answers.again(found.uri, found.id, found.title).then((again) => again.found ?? found));
    } catch {
      // The server is just being restarted, or gone: what is shown stays.
    }
  }

  #take(): TextEditor | undefined {
    const editor = this.#next;
    this.#next = undefined;
    return editor;
  }

  /** A caret that is in no layer leaves the selection as it is. */
  #select(sites: readonly string[]): void {
    const key = sites.join('\n');
    if (sites.length === 0 || key === this.#selected) return;
    this.#selected = key;
    this.#highlight.clear();
    this.panel.select(sites);
  }
}

/** Scrolls only where the line is not on the screen, and never sideways. */
function bringIntoView(editor: TextEditor, line: number): void {
  const seen = editor.visibleRanges.some(({ start, end }) => start.line <= line && line <= end.line);
  if (!seen) editor.revealRange(new Range(line, 0, line, 0), TextEditorRevealType.InCenter);
}

const toRange = ({ range }: SiteRangeResult): Range =>
  range ? new Range(range.start.line, range.start.character, range.end.line, range.end.character) : new Range(0, 0, 0, 0);

const toMark = (place: SiteRangeResult): readonly Mark[] =>
  place.uri === undefined || place.range === undefined ? [] : [{ uri: Uri.parse(place.uri).toString(), range: toRange(place) }];
