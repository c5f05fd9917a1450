import { hover } from '../answers';
import type { Register } from './capability';

/** Milliseconds that a hover waits for what was typed last to be read; then the last good reading answers. */
const PATIENCE = 1_000;

export const registerHover: Register = (connection, context) => {
  connection.onHover(async ({ textDocument, position }, token) => {
    const document = context.documents.get(textDocument.uri);
    if (!document) return null;
    const { hover: settings, quiz } = await context.settingsOf(document.uri);
    if (!settings.enabled) return null;
    await context.ready(document, token, document.good ? PATIENCE : undefined);
    return token.isCancellationRequested ? null : hover(document, position, quiz.enabled ? context.quiz : undefined);
  });
  return { promises: { hoverProvider: true } };
};
