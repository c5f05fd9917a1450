import type { Position } from 'vscode';
import {
  DocumentLink,
  EventEmitter,
  languages,
  Location,
  Range,
  Uri,
  window,
  workspace,
  type Definition,
  type DocumentLinkProvider,
  type DefinitionProvider,
  type TextDocument,
  type TextDocumentContentProvider,
} from 'vscode';
import type { ReadableLine, ReadableResult } from '../../protocol/lsp';
import { Owner } from '../disposal';
import type { Server } from '../languageClient';
import { addressOf, READABLE, sourcesOf, subjectOf, type Subject } from './address';

/** A link whose target is looked up when it is clicked: the source may have moved by then. */
class SiteLink extends DocumentLink {
  constructor(
    range: Range,
    readonly site: string,
  ) {
    super(range);
    this.tooltip = 'Go to the source';
  }
}

/** Documents that the language server makes for reading, as text documents of VS Code: made anew when their source says something else. */
export class Readables extends Owner implements TextDocumentContentProvider, DocumentLinkProvider<SiteLink>, DefinitionProvider {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  /** What was last made, by address. */
  readonly #lines = new Map<string, readonly ReadableLine[]>();

  constructor(private readonly server: Server) {
    super();
    this.own(this.#changed);
    this.own(workspace.registerTextDocumentContentProvider(READABLE, this));
    this.own(languages.registerDocumentLinkProvider({ scheme: READABLE }, this));
    this.own(languages.registerDefinitionProvider({ scheme: READABLE }, this));
    this.own(server.onChanged(({ uri }) => this.#renew(uri)));
    this.own(workspace.onDidCloseTextDocument(({ uri }) => this.#lines.delete(uri.toString())));
  }

  /** Opens the document beside the source, or shows it again. */
  async show(subject: Subject): Promise<void> {
    const document = await workspace.openTextDocument(addressOf(subject));
    await window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const subject = subjectOf(uri);
    const { lines, reason } = subject ? await this.#make(subject) : { reason: 'This address names no model.' };
    this.#lines.set(uri.toString(), lines ?? []);
    return lines ? `${lines.map(({ text }) => text).join('\n')}\n` : `${reason ?? 'There is nothing to show.'}\n`;
  }

  provideDocumentLinks({ uri }: TextDocument): SiteLink[] {
    return (this.#lines.get(uri.toString()) ?? []).flatMap(({ links }, line) =>
      (links ?? []).map(({ start, end, site }) => new SiteLink(new Range(line, start, line, end), site)),
    );
  }

  async resolveDocumentLink(link: SiteLink): Promise<SiteLink> {
    const place = await this.#placeOf(link.site);
    if (place) link.target = place.uri.with({ fragment: `L${place.range.start.line + 1},${place.range.start.character + 1}` });
    return link;
  }

  /** Any place in a row means the row's layer; of several, the one that begins before it. */
  async provideDefinition({ uri }: TextDocument, { line, character }: Position): Promise<Definition | undefined> {
    const links = this.#lines.get(uri.toString())?.[line]?.links ?? [];
    const link = links.find(({ end }) => character <= end) ?? links.at(-1);
    return link && this.#placeOf(link.site);
  }

  async #make(subject: Subject): Promise<ReadableResult> {
    try {
      // A source that no editor shows is opened for the server.
      for (const source of sourcesOf(subject)) await workspace.openTextDocument(Uri.parse(source));
      return await this.server.summary(subject.summary);
    } catch (error) {
      return { reason: `This could not be made: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  async #placeOf(site: string): Promise<Location | undefined> {
    const { uri, range, name } = await this.server.siteRange(site);
    const at = name ?? range;
    if (uri === undefined || !at) return undefined;
    return new Location(Uri.parse(uri), new Range(at.start.line, at.start.character, at.end.line, at.end.character));
  }

  /** Those that were made from a document that now says something else. */
  #renew(source: string): void {
    for (const address of this.#lines.keys()) {
      const uri = Uri.parse(address);
      const subject = subjectOf(uri);
      if (subject && sourcesOf(subject).includes(source)) this.#changed.fire(uri);
    }
  }
}
