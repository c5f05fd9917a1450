import { ProgressLocation, Uri, ViewColumn, window, type TextEditor } from 'vscode';
import type { ModelAtResult, ModelRef } from '../protocol/lsp';
import type { Answers } from './answers';
import type { Server } from './languageClient';
import { isModelFile, isSource } from './modelFiles';
import type { PanelHost } from './panelHost';
import { settingsFor } from './settings';

/**
 * Runs a model in the panel beside the editor: the one named, else the one under the caret. Where there is none, says why; it never asks which.
 * What the source leaves open is asked for once.
 */
export async function runModel(server: Server, answers: Answers, panel: PanelHost, named?: ModelRef): Promise<void> {
  if (named) await showSource(named.uri);
  const { found, reason } = named ? await answers.again(named.uri, named.id, named.title) : await modelHere(server);
  if (found) panel.show(await answers.complete(found));
  else void window.showInformationMessage(reason ?? 'No model was found here.');
}

/** A model that the tree names may be in a file that no one has open: the panel is to stand beside its source. */
async function showSource(uri: string): Promise<void> {
  if (window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri)) return;
  try {
    await window.showTextDocument(Uri.parse(uri), { preview: true, preserveFocus: true, viewColumn: ViewColumn.One });
  } catch {
    // A file that is gone: whoever asks for its model says so.
  }
}

/** The model under the caret of the active editor, or why there is none. */
export async function modelHere(server: Server): Promise<ModelAtResult> {
  const editor = window.activeTextEditor;
  const refusal = whyNot(editor);
  if (!editor || refusal !== undefined) return { reason: refusal ?? 'Open a file with a TensorFlow.js model first.' };
  return read(server, editor);
}

function whyNot(editor: TextEditor | undefined): string | undefined {
  if (!editor) return 'Open a file with a TensorFlow.js model first, and put the caret into the model.';
  const { document } = editor;
  if (!isSource(document)) return 'Layerscope reads models in TypeScript, JavaScript and HTML files.';
  if (!settingsFor(document.uri).enable) return 'Layerscope is switched off for this file (layerscope.enable).';
  return isModelFile(document) ? undefined : 'This file does not mention TensorFlow.js, so it defines no model.';
}

/** The status bar shows that something is being read; nothing takes the keyboard. */
const read = (server: Server, { document, selection }: TextEditor): Thenable<ModelAtResult> =>
  window.withProgress({ location: ProgressLocation.Window, title: 'Layerscope: reading the model' }, async () => {
    try {
      return await server.modelAt(document, selection.active);
    } catch (error) {
      return { reason: `The language server did not answer: ${error instanceof Error ? error.message : String(error)}` };
    }
  });
