import { CodeActionKind, type CancellationToken, type CodeActionParams } from 'vscode-languageserver';
import type { Trial } from '../../model/trial';
import { actionsAt } from '../actions';
import type { Good, OpenDocument } from '../document';
import type { Register } from './capability';

/** Milliseconds that a lightbulb waits for what was typed last to be read. */
const PATIENCE = 5_000;

/** Whole texts are kept. */
const MAX_KEPT = 40;

const KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

export const registerCodeActions: Register = (connection, context) => {
  const { documents, readings, pageOf } = context;
  /** Texts that were tried since a document was read: an editor asks again at every move of the caret. */
  const tried = new WeakMap<Good, Map<string, Trial>>();

  const attempt = async (document: OpenDocument, text: string, token: CancellationToken): Promise<Trial | undefined> => {
    const { good } = document;
    const isWanted = (): boolean => !token.isCancellationRequested && document.good === good;
    if (!good || !isWanted()) return undefined;
    const known = tried.get(good) ?? new Map<string, Trial>();
    tried.set(good, known);
    const trial = known.get(text) ?? (await readings.tryText(document, text, isWanted));
    if (known.size >= MAX_KEPT) known.clear();
    if (trial) known.set(text, trial);
    return trial;
  };

  connection.onCodeAction(async ({ textDocument, range, context: { only } }: CodeActionParams, token) => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    // Fixes are written into the text itself.
    void readings.whole(document);
    await context.ready(document, token, PATIENCE);
    if (token.isCancellationRequested) return [];
    const isKind = (kind: CodeActionKind): boolean => !only || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
    return actionsAt(document, { range, isKind, pageOf, attempt: (text) => attempt(document, text, token) });
  });
  return { promises: { codeActionProvider: { codeActionKinds: KINDS } } };
};
