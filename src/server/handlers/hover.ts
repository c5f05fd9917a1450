import { hover } from '../answers';
import type { Register } from './capability';

/** Milliseconds that a hover waits for what was typed last to be read; then the last good reading answers. */
const PATIENCE = 1_000;

export const registerHover: Register = (connection, context) => {
  connection.onHover(async ({ textDocument, position }, token) => {
    const document = context.documents.get(textDocument.uri);
    if (!document || !(await context.settingsOf(document.uri)).hover.enabled) return null;
    await context.ready(document, token, document.good ? PATIENCE : undefined);
    return token.isCancellationRequested ? null : hover(document, position);
  });
  return { promises: { hoverProvider: true } };
};
