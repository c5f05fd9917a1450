import type { InlayHint } from 'vscode-languageserver';
import { hints } from '../answers';
import { TextRefresh } from '../textRefresh';
import type { Register } from './capability';

export const registerInlayHints: Register = (connection, context) => {
  let refresh: TextRefresh | undefined;
  connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
    const document = context.documents.get(textDocument.uri);
    if (!document) return null;
    // Old texts at new places at once; where they turn out to be others, a refresh follows.
    if (!document.good) await context.ready(document, token);
    const { inlayHints } = await context.settingsOf(document.uri);
    if (token.isCancellationRequested) return null;
    refresh?.given(document, textsOf(hints(document, undefined, inlayHints)));
    return hints(document, range, inlayHints);
  });
  return {
    promises: { inlayHintProvider: true },
    started({ workspace }) {
      if (workspace?.inlayHint?.refreshSupport)
        refresh = new TextRefresh(() => context.send(connection.languages.inlayHint.refresh()), textsOf([]));
    },
    settled(document) {
      void context
        .settingsOf(document.uri)
        .then(({ inlayHints }) => refresh?.settled(document, textsOf(hints(document, undefined, inlayHints))));
    },
    closed: (document) => refresh?.forget(document),
    settingsChanged: () => refresh?.forgetAll(),
  };
};

const textsOf = (hints: readonly InlayHint[]): string => JSON.stringify(hints.map(({ label, tooltip }) => [label, tooltip]));
