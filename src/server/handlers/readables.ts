import type { CancellationToken } from 'vscode-languageserver';
import { Lines } from '../../features/lines';
import { summaryLines } from '../../features/summary';
import { SUMMARY, type ModelRef, type ReadableResult } from '../../protocol/lsp';
import { meantAgain } from '../answers';
import { namedLine } from '../readableLines';
import type { Register } from './capability';

/** Documents that are made for reading: a model's summary. */
export const registerReadables: Register = (connection, context) => {
  const { documents, nameOf } = context;
  connection.onRequest(SUMMARY, async (ref: ModelRef, token: CancellationToken): Promise<ReadableResult> => {
    const document = documents.get(ref.uri);
    if (!document) return { reason: 'The file of this model is not open.' };
    await context.ready(document, token);
    const { good } = document;
    const model = good && meantAgain(good.reading, ref, nameOf);
    if (!model) return { reason: document.refusal?.reason ?? 'The model is no longer in its file.' };
    const line = new Lines(good.text).lineOf(model.name.start);
    return { lines: summaryLines(model, document.path, line).map((one) => namedLine(one, nameOf)) };
  });
  return {};
};
