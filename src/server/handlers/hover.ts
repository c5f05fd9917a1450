import { hover, hoverOf } from '../answers';
import { within } from '../within';
import type { Register } from './capability';

/** Milliseconds that a hover waits for what was typed last to be read; then the last good reading answers. */
const PATIENCE = 1_000;

export const registerHover: Register = (connection, context) => {
  connection.onHover(async ({ textDocument, position }, token) => {
    const document = context.documents.get(textDocument.uri);
    if (!document) return null;
    const { hover: settings, quiz } = await context.settingsOf(document.uri);
    if (!settings.enabled || token.isCancellationRequested) return null;
    const since = Date.now();
    // A quiz keeps back what the last reading of the whole file knows, so there that one is waited for.
    const soon = quiz.enabled
      ? undefined
      : context.readings.hoverSoon(document, document.offsetAt(position), () => !token.isCancellationRequested);
    const known = soon && (await within(soon, token, PATIENCE));
    if (known) return known.answer ? hoverOf(known.answer, document.rangeOf(known.answer.span)) : null;
    await context.ready(document, token, document.good ? Math.max(0, PATIENCE - (Date.now() - since)) : undefined);
    return token.isCancellationRequested ? null : hover(document, position, quiz.enabled ? context.quiz : undefined);
  });
  return { promises: { hoverProvider: true } };
};
