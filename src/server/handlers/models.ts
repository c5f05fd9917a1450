import type { CancellationToken } from 'vscode-languageserver';
import { CHANGED, MODEL_AGAIN, MODEL_AT, type ChangedParams, type ModelAgainParams, type ModelAtParams } from '../../protocol/lsp';
import { givenFor, modelAgain, modelGiven, modelUnder } from '../answers';
import type { Good, OpenDocument } from '../document';
import type { Register } from './capability';

/** The models that the panel shows, and the news that a document's models may be others now. */
export const registerModels: Register = (connection, context) => {
  const { documents, readings, nameOf } = context;
  connection.onRequest(MODEL_AT, async ({ textDocument, position }: ModelAtParams, token: CancellationToken) => {
    const document = documents.get(textDocument.uri);
    if (!document) return { reason: 'This document is not one that Layerscope reads.' };
    await context.ready(document, token);
    return modelUnder(document, position, nameOf);
  });
  connection.onRequest(MODEL_AGAIN, async (params: ModelAgainParams, token: CancellationToken) => {
    const document = documents.get(params.textDocument.uri);
    if (!document) return { reason: 'The file of this model is not open.' };
    await context.ready(document, token);
    const given = givenFor(document, params, nameOf);
    if (given.length === 0 || token.isCancellationRequested) return modelAgain(document, params, nameOf);
    const reading = await readings.readGiven(document, given);
    return modelGiven(document, reading, given, params, nameOf);
  });
  return {
    settled(document, before) {
      if (saysTheSame(document, before)) return;
      const changed: ChangedParams = {
        uri: document.uri,
        version: document.version,
        ...(document.refusal && { refusal: document.refusal.reason }),
      };
      context.send(connection.sendNotification(CHANGED, changed));
    },
  };
};

const saysTheSame = ({ good, refusal }: OpenDocument, before: Good | undefined): boolean =>
  refusal === undefined && before !== undefined && good !== undefined && (before === good || sameModels(before, good));

/** What most edits change is looked at first: texts of large models take milliseconds to write. */
const sameModels = (one: Good, other: Good): boolean => countsOf(one) === countsOf(other) && modelsText(one) === modelsText(other);

const countsOf = ({ reading }: Good): string =>
  reading.models
    .map(({ id, totalParams, trainableParams, graph }) => [id, totalParams, trainableParams, graph.layers.length].join())
    .join(';');

const texts = new WeakMap<Good, string>();

/** A reading's models as text: what is compared with the next reading's was compared with the last one's before. */
function modelsText(good: Good): string {
  const text = texts.get(good) ?? JSON.stringify(good.reading.models);
  texts.set(good, text);
  return text;
}
