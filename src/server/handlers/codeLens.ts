import { CodeLensRefreshRequest, type CodeLens } from 'vscode-languageserver';
import { EARLIER, type EarlierParams } from '../../protocol/lsp';
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
    const { codeLens } = await context.settingsOf(document.uri);
    if (token.isCancellationRequested || !codeLens.enabled) return null;
    const all = lenses.at(document);
    refresh?.given(document, textsOf(all));
    return all;
  });
  connection.onNotification(EARLIER, async ({ uri, text }: EarlierParams) => {
    const document = documents.get(uri);
    if (!document) return;
    lenses.setEarlier(document, text === undefined ? undefined : await readings.readText(document, text));
    refresh?.settled(document, textsOf(lenses.at(document)));
  });
  return {
    promises: { codeLensProvider: {} },
    started({ workspace }) {
      if (workspace?.codeLens?.refreshSupport)
        refresh = new TextRefresh(() => context.send(connection.sendRequest(CodeLensRefreshRequest.type)), textsOf([]));
    },
    settled(document, before) {
      lenses.settled(document, before);
      void context
        .settingsOf(document.uri)
        .then(({ codeLens }) => refresh?.settled(document, textsOf(codeLens.enabled ? lenses.at(document) : [])));
    },
    closed(document) {
      lenses.forget(document);
      refresh?.forget(document);
    },
    settingsChanged: () => refresh?.forgetAll(),
  };
};

const textsOf = (lenses: readonly CodeLens[]): string => JSON.stringify(lenses.map(({ command }) => [command?.title, command?.command]));
