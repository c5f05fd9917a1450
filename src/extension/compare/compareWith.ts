import { window } from 'vscode';
import type { ModelRef } from '../../protocol/lsp';
import type { Server } from '../languageClient';
import type { Readables } from '../readables/readables';
import { modelHere } from '../runModel';
import { chooseOther } from './choose';

/** Puts a model beside what the person chooses: the model that is named, else the one under the caret. */
export async function compareWith(server: Server, readables: Readables, named?: ModelRef): Promise<void> {
  const model = named ?? (await underCaret(server));
  const other = model && (await chooseOther(server, model));
  if (model && other) await readables.show({ compare: model, with: other });
}

async function underCaret(server: Server): Promise<ModelRef | undefined> {
  const { found, reason } = await modelHere(server);
  if (found) return { uri: found.uri, id: found.id, title: found.title };
  void window.showInformationMessage(reason ?? 'No model was found here.');
  return undefined;
}
