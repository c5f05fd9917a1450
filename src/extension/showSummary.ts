import { window } from 'vscode';
import type { ModelRef } from '../protocol/lsp';
import type { Server } from './languageClient';
import type { Readables } from './readables/readables';
import { modelHere } from './runModel';

/** Opens a model's summary: of the one named, else of the one under the caret. */
export async function showSummary(server: Server, readables: Readables, named?: ModelRef): Promise<void> {
  if (named) return readables.show({ summary: named });
  const { found, reason } = await modelHere(server);
  if (found) await readables.show({ summary: { uri: found.uri, id: found.id, title: found.title } });
  else void window.showInformationMessage(reason ?? 'No model was found here.');
}
