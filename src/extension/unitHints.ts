import { Diagnostic, DiagnosticSeverity, languages, Range, Uri, workspace, type LogOutputChannel } from 'vscode';
import type { UnitHint } from '../protocol/panel';
import { Owner } from './disposal';
import type { Server } from './languageClient';
import type { PanelHost } from './panelHost';
import { settingsFor } from './settings';

/** Layers of one line that are told one by one. */
const MOST_LAYERS = 4;

/** Marks lines whose layers had dead or duplicate units in the last run. A document that changes loses its marks, for they were of its old text. */
export class UnitHints extends Owner {
  readonly #hints = this.own(languages.createDiagnosticCollection('Layerscope'));
  /** The last message of the panel, for when the setting changes. */
  #last: readonly UnitHint[] = [];
  #turn = 0;

  constructor(
    private readonly server: Server,
    panel: PanelHost,
    private readonly output: LogOutputChannel,
  ) {
    super();
    this.own(panel.onUnits((hints) => this.#take(hints)));
    this.own(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        // What is being looked up at this moment would be of the old text as well.
        this.#turn++;
        this.#hints.delete(document.uri);
      }),
    );
    this.own(
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('layerscope.panel.unitHints') && this.#take(this.#last)),
    );
  }

  #take(hints: readonly UnitHint[]): void {
    this.#last = hints;
    const turn = ++this.#turn;
    this.#hints.clear();
    if (hints.length > 0 && settingsFor().panel.unitHints)
      void this.#show(hints, turn).catch((error: unknown) => this.output.warn(`Hints of units: ${String(error)}`));
  }

  async #show(hints: readonly UnitHint[], turn: number): Promise<void> {
    const sites = [...new Set(hints.map(({ site }) => site))];
    const places = await Promise.all(sites.map((site) => this.server.siteRange(site)));
    if (turn !== this.#turn) return;
    const found = new Map<string, Diagnostic[]>();
    places.forEach(({ uri, range, name }, index) => {
      const at = name ?? range;
      if (uri === undefined || !at) return;
      const texts = hints.filter(({ site }) => site === sites[index]).map(({ text }) => text);
      const list = found.get(uri) ?? [];
      list.push(diagnosticOf(new Range(at.start.line, at.start.character, at.end.line, at.end.character), texts));
      found.set(uri, list);
    });
    for (const [uri, list] of found) this.#hints.set(Uri.parse(uri), list);
  }
}

function diagnosticOf(range: Range, texts: readonly string[]): Diagnostic {
  const rest = texts.length - MOST_LAYERS;
  const more = rest > 0 ? [`${rest} more layers of this line have such units.`] : [];
  const hint = new Diagnostic(range, [...texts.slice(0, MOST_LAYERS), ...more].join('\n'), DiagnosticSeverity.Hint);
  hint.source = 'layerscope';
  hint.code = 'dead-units';
  return hint;
}
