import type { InlayHint, Position } from 'vscode-languageserver';
import { QUIZ, type QuizParams } from '../../protocol/lsp';
import type { Settings } from '../../protocol/settings';
import { hints, hintsOn } from '../answers';
import { stands, type OpenDocument } from '../document';
import { TextRefresh } from '../textRefresh';
import { within } from '../within';
import type { Register } from './capability';

/** Milliseconds that hints wait for a reading that is under way. */
const PATIENCE = 100;

export const registerInlayHints: Register = (connection, context) => {
  const { documents, quiz } = context;
  let refresh: TextRefresh | undefined;
  /** Who leaves the quiz begins the next one anew. */
  const quizOf = (document: OpenDocument, settings: Settings): typeof quiz | undefined => {
    if (!settings.quiz.enabled) quiz.forget(document);
    return settings.quiz.enabled ? quiz : undefined;
  };
  const update = async (document: OpenDocument): Promise<void> => {
    const settings = await context.settingsOf(document.uri);
    refresh?.settled(document, textsOf(hints(document, settings.inlayHints, quizOf(document, settings))));
  };
  connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    // Old texts at new places at once; where they turn out to be others, a refresh follows. What is just being read is waited for.
    if (!document.good) await context.ready(document, token);
    else await within(context.readings.underWay(document) ?? Promise.resolve(), token, PATIENCE);
    const settings = await context.settingsOf(document.uri);
    if (token.isCancellationRequested) return null;
    const all = hints(document, settings.inlayHints, quizOf(document, settings));
    refresh?.given(document, textsOf(all));
    return all.filter(({ position }) => !isBefore(position, range.start) && !isBefore(range.end, position));
  });
  connection.onNotification(QUIZ, async (params: QuizParams) => {
    const document = documents.get(params.uri);
    if (!document) return;
    const settings = await context.settingsOf(document.uri);
    if (!settings.quiz.enabled) return;
    quiz.reveal(document, params, (line) => hintsOn(document, settings.inlayHints, quiz, line));
    await update(document);
  });
  return {
    promises: { inlayHintProvider: true },
    started({ workspace }) {
      if (workspace?.inlayHint?.refreshSupport)
        refresh = new TextRefresh(() => context.send(connection.languages.inlayHint.refresh()), textsOf([]));
    },
    settled(document, before) {
      if (!stands(document, before)) void update(document);
    },
    closed(document) {
      refresh?.forget(document);
      quiz.forget(document);
    },
    settingsChanged: () => refresh?.forgetAll(),
  };
};

const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

const textsOf = (hints: readonly InlayHint[]): string => JSON.stringify(hints.map(({ label, tooltip }) => [label, tooltip]));
