import { CodeLensRefreshRequest, type CodeLens } from 'vscode-languageserver';
import { EARLIER, type EarlierParams } from '../../protocol/lsp';
import type { Settings } from '../../protocol/settings';
import { stands } from '../document';
import { Lenses } from '../lenses';
import { TextRefresh } from '../textRefresh';
import type { Register } from './capability';

export const registerCodeLens: Register = (connection, context) => {
  const { documents, readings } = context;
  const lenses = new Lenses(context.nameOf);
  let refresh: TextRefresh | undefined;
  connection.onCodeLens(async ({ textDocument }, token) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    // Old texts at new places at once; where they turn out to be others, a refresh follows.
    if (!document.good) await context.ready(document, token);
    const settings = await context.settingsOf(document.uri);
    if (token.isCancellationRequested || !settings.codeLens.enabled) return null;
    const all = shown(lenses.at(document), settings);
    refresh?.given(document, textsOf(all));
    return all;
  });
  connection.onNotification(EARLIER, async ({ uri, text }: EarlierParams) => {
    const document = documents.get(uri);
    if (!document) return;
    lenses.setEarlier(document, text === undefined ? undefined : (await readings.readText(document, text))?.reading);
    refresh?.settled(document, textsOf(shown(lenses.at(document), await context.settingsOf(uri))));
  });
  return {
    promises: { codeLensProvider: {} },
    started({ workspace }) {
      if (workspace?.codeLens?.refreshSupport)
        refresh = new TextRefresh(() => context.send(connection.sendRequest(CodeLensRefreshRequest.type)), textsOf([]));
    },
    settled(document, before) {
      if (stands(document, before)) return;
      lenses.settled(document, before);
      void context
        .settingsOf(document.uri)
        .then((settings) => refresh?.settled(document, textsOf(settings.codeLens.enabled ? shown(lenses.at(document), settings) : [])));
    },
    closed(document) {
      lenses.forget(document);
      refresh?.forget(document);
    },
    settingsChanged: () => refresh?.forgetAll(),
  };
};

/** In a quiz only what can be clicked: the figures beside it would be the answers. */
const shown = (lenses: readonly CodeLens[], { quiz }: Settings): CodeLens[] =>
  lenses.filter(({ command }) => !quiz.enabled || command?.command !== '');

const textsOf = (lenses: readonly CodeLens[]): string => JSON.stringify(lenses.map(({ command }) => [command?.title, command?.command]));
