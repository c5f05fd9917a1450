import {
  commands,
  DocumentLink,
  EventEmitter,
  FoldingRange,
  languages,
  Location,
  Position,
  Range,
  TabInputText,
  Uri,
  window,
  workspace,
  type Definition,
  type DocumentLinkProvider,
  type FoldingRangeProvider,
  type DefinitionProvider,
  type Tab,
  type TextDocument,
  type TextDocumentContentProvider,
} from 'vscode';
import type { ModelRef, ReadableLine, ReadableLink, ReadableResult } from '../../protocol/lsp';
import { Owner } from '../disposal';
import { uriAt, withFilesAt } from '../git/history';
import type { Server } from '../languageClient';
import { foldsOf } from './folds';
import { addressOf, READABLE, sourcesOf, subjectOf, type CommitRef, type Other, type Subject } from './address';

/** Lines that a large screen shows at once. */
const SCREEN = 60;

/** A link whose target is looked up when it is clicked: the source may have moved by then. */
class SiteLink extends DocumentLink {
  constructor(
    range: Range,
    readonly leadsTo: ReadableLink,
    readonly commit: CommitRef | undefined,
  ) {
    super(range);
    this.tooltip = 'Go to the source';
  }
}

/** Documents that the language server makes for reading, as text documents of VS Code: made anew when their source says something else. */
export class Readables
  extends Owner
  implements TextDocumentContentProvider, DocumentLinkProvider<SiteLink>, DefinitionProvider, FoldingRangeProvider
{
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
    this.own(languages.registerFoldingRangeProvider({ scheme: READABLE }, this));
    this.own(server.onChanged(({ uri }) => this.#renew(uri)));
    this.own(workspace.onDidCloseTextDocument(({ uri }) => this.#lines.delete(uri.toString())));
  }

  /** Opens the document beside the source, or shows it again. */
  async show(subject: Subject): Promise<void> {
    const address = addressOf(subject);
    const isShownAgain = tabOf(address) !== undefined;
    const document = await workspace.openTextDocument(address);
    await window.showTextDocument(document, { preview: true });
    // What did not change is out of the way, unless all fits on a screen or the person has arranged it.
    if (!isShownAgain && document.lineCount > SCREEN && 'compare' in subject) await commands.executeCommand('editor.foldAll');
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const subject = subjectOf(uri);
    const { lines, reason } = subject ? await this.#make(subject) : { reason: 'This address names no model.' };
    this.#lines.set(uri.toString(), lines ?? []);
    return lines ? `${lines.map(({ text }) => text).join('\n')}\n` : `${reason ?? 'There is nothing to show.'}\n`;
  }

  provideDocumentLinks({ uri }: TextDocument): SiteLink[] {
    const commit = commitOf(uri);
    return (this.#lines.get(uri.toString()) ?? []).flatMap(({ links }, line) =>
      (links ?? []).map((link) => new SiteLink(new Range(line, link.start, line, link.end), link, commit)),
    );
  }

  async resolveDocumentLink(link: SiteLink): Promise<SiteLink> {
    const place = await this.#placeOf(link.leadsTo, link.commit);
    if (place) link.target = place.uri.with({ fragment: `L${place.range.start.line + 1},${place.range.start.character + 1}` });
    return link;
  }

  provideFoldingRanges({ uri }: TextDocument): FoldingRange[] {
    return foldsOf(this.#lines.get(uri.toString()) ?? []).map(({ start, end }) => new FoldingRange(start, end));
  }

  /** Any place in a row means the row's layer; of several, the one that begins before it. */
  async provideDefinition({ uri }: TextDocument, { line, character }: Position): Promise<Definition | undefined> {
    const links = this.#lines.get(uri.toString())?.[line]?.links ?? [];
    const link = links.find(({ end }) => character <= end) ?? links.at(-1);
    return link && this.#placeOf(link, commitOf(uri));
  }

  async #make(subject: Subject): Promise<ReadableResult> {
    try {
      // A source that no editor shows is opened for the server.
      for (const source of sourcesOf(subject)) await workspace.openTextDocument(Uri.parse(source));
      return 'summary' in subject ? await this.server.summary(subject.summary) : await this.#compare(subject.compare, subject.with);
    } catch (error) {
      return { reason: `This could not be made: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  #compare(model: ModelRef, other: Other): Promise<ReadableResult> {
    if ('net' in other) return this.server.compare({ model, with: { net: other.net } });
    if ('model' in other) return this.server.compare({ model, with: { model: other.model } });
    return withFilesAt(Uri.parse(model.uri), model.uri, other.commit, (earlier) => this.server.compare({ model, with: { earlier } }));
  }

  async #placeOf({ site, earlier }: ReadableLink, commit: CommitRef | undefined): Promise<Location | undefined> {
    if (earlier && commit) {
      const then = await uriAt(Uri.parse(earlier.uri), commit);
      return then && new Location(then, new Position(earlier.position.line, earlier.position.character));
    }
    if (site === undefined) return undefined;
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

const tabOf = (uri: Uri): Tab | undefined =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString());

function commitOf(uri: Uri): CommitRef | undefined {
  const subject = subjectOf(uri);
  return subject && 'compare' in subject && 'commit' in subject.with ? subject.with.commit : undefined;
}
