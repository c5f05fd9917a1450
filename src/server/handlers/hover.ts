import type { CancellationToken, Position } from 'vscode-languageserver';
import type { HoverKnown } from '../../protocol/analysis';
import { hover, hoverOf } from '../answers';
import type { OpenDocument } from '../document';
import type { Register } from './capability';

/** Milliseconds that a hover waits for what was typed last to be read; then the last good reading answers. */
const PATIENCE = 1_000;

export const registerHover: Register = (connection, context) => {
  /** A quiz keeps back what the last reading of the whole file knows, so there that one is waited for. */
  const soon = async (document: OpenDocument, position: Position, token: CancellationToken): Promise<HoverKnown['known']> => {
    let timer: NodeJS.Timeout | undefined;
    const known = context.readings.hoverSoon(document, document.offsetAt(position), () => !token.isCancellationRequested);
    const ends = [
      new Promise<undefined>((done) => token.onCancellationRequested(() => done(undefined))),
      new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), PATIENCE))),
    ];
    return Promise.race([known, ...ends]).finally(() => clearTimeout(timer));
  };
  connection.onHover(async ({ textDocument, position }, token) => {
    const document = context.documents.get(textDocument.uri);
    if (!document) return null;
    const { hover: settings, quiz } = await context.settingsOf(document.uri);
    if (!settings.enabled || token.isCancellationRequested) return null;
    const since = Date.now();
    const known = quiz.enabled ? undefined : await soon(document, position, token);
    if (known) return known.answer ? hoverOf(known.answer, document.rangeOf(known.answer.span)) : null;
    await context.ready(document, token, document.good ? Math.max(0, PATIENCE - (Date.now() - since)) : undefined);
    return token.isCancellationRequested ? null : hover(document, position, quiz.enabled ? context.quiz : undefined);
  });
  return { promises: { hoverProvider: true } };
};
