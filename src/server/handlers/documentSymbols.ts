import { DocumentSymbolRequest, SymbolKind, type Disposable, type DocumentSymbol } from 'vscode-languageserver';
import { documentSymbols, type OutlineSymbol } from '../../features/documentSymbols';
import type { Settings } from '../../protocol/settings';
import type { OpenDocument } from '../document';
import { TextRefresh } from '../textRefresh';
import { turns } from '../turns';
import type { Register } from './capability';

/** Milliseconds for which symbols wait for a reading where they can be asked for anew: an editor shows nobody's before it has all of them. */
const PATIENCE = 400;

/** Turns of the event loop in which who waits for a hover or hints has them, and problems and hints of a reading are told: then the outline is drawn. */
const UNTIL_TOLD = 5;

/** What the editor calls our part of the outline, beside that of the language itself. */
const OPTIONS = { label: 'Models' };

/** Models, layers and helpers in the editor's outline, breadcrumbs and list of symbols. */
export const registerDocumentSymbols: Register = (connection, context) => {
  const { documents } = context;
  let isDynamic = false;
  let refresh: TextRefresh | undefined;
  let registered: Promise<Disposable> | undefined;

  /** The protocol has no refresh for symbols; an editor asks again where somebody new answers. */
  const registerAnew = async (): Promise<void> => {
    const before = registered;
    registered = (async () => {
      (await before)?.dispose();
      return connection.client.register(DocumentSymbolRequest.type, { documentSelector: null, ...OPTIONS });
    })();
    await registered;
  };
  const update = async (document: OpenDocument): Promise<void> =>
    refresh?.settled(document, textsOf(symbols(document, await context.settingsOf(document.uri))));

  connection.onDocumentSymbol(async ({ textDocument }, token) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    await context.ready(document, token, isDynamic ? PATIENCE : undefined);
    await turns(UNTIL_TOLD);
    const settings = await context.settingsOf(document.uri);
    if (token.isCancellationRequested) return null;
    const all = symbols(document, settings);
    refresh?.given(document, textsOf(all));
    return all;
  });
  return {
    get promises() {
      return isDynamic ? {} : { documentSymbolProvider: OPTIONS };
    },
    started({ textDocument }) {
      isDynamic = textDocument?.documentSymbol?.dynamicRegistration ?? false;
    },
    initialized() {
      if (!isDynamic) return;
      refresh = new TextRefresh(() => context.send(registerAnew()), textsOf([]));
      context.send(registerAnew());
    },
    settled: (document) => void update(document),
    closed: (document) => refresh?.forget(document),
    settingsChanged: () => refresh?.forgetAll(),
  };
};

/** The last reading's symbols where they stand now; those whose places are gone are left out. In a quiz the figures would be the answers. */
function symbols(document: OpenDocument, { outline, quiz }: Settings): DocumentSymbol[] {
  const { good } = document;
  if (!good || !outline.enabled) return [];
  const place = (symbol: OutlineSymbol): DocumentSymbol[] => {
    const [range, selectionRange] = [document.present(symbol.span), document.present(symbol.selection)];
    if (!range || !selectionRange) return [];
    const { name, detail, kind } = symbol;
    return [
      {
        name: name === '' ? '?' : name,
        kind: KINDS[kind],
        range,
        selectionRange,
        ...(!quiz.enabled && { detail }),
        children: symbol.children.flatMap(place),
      },
    ];
  };
  return documentSymbols(good.reading, good.text).flatMap(place);
}

const KINDS = {
  model: SymbolKind.Class,
  helper: SymbolKind.Function,
  layer: SymbolKind.Field,
  calls: SymbolKind.Method,
} as const;

const textsOf = (symbols: readonly DocumentSymbol[]): string => {
  const text = ({ name, detail, children }: DocumentSymbol): readonly unknown[] => [name, detail, children?.map(text)];
  return JSON.stringify(symbols.map(text));
};
