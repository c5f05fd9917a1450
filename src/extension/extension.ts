import { commands, window, type ExtensionContext } from 'vscode';
import { LENS_COMMANDS } from '../protocol/lsp';
import { Answers } from './answers';
import { CaretLink } from './caretLink';
import { compareWith } from './compare/compareWith';
import { COMMANDS } from './contributions';
import { openExample } from './examples';
import { GitHeads } from './git/heads';
import { goTo } from './goTo';
import { inputBox } from './inputBox';
import { Server } from './languageClient';
import { ModelFiles } from './modelFiles';
import { modelRefIn } from './modelRef';
import { ModelsView } from './modelsView/modelsView';
import { PanelHost } from './panelHost';
import { Readables } from './readables/readables';
import { registerQuiz } from './quiz';
import { runModel } from './runModel';
import { showSummary } from './showSummary';
import { UnitHints } from './unitHints';

let server: Server | undefined;

/** Only registers. The language server starts at the first document that mentions TensorFlow.js, the panel at a command. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel('Layerscope', { log: true });
  const started = new Server(context.asAbsolutePath('dist/server.js'), output);
  const answers = new Answers(context.workspaceState, started, inputBox);
  const panel = new PanelHost(context, started, answers, output);
  const readables = new Readables(started);
  const start = (): void => {
    started.start().catch((error: unknown) => void window.showErrorMessage(`Layerscope could not start: ${String(error)}`));
  };
  server = started;
  context.subscriptions.push(
    output,
    panel,
    readables,
    new CaretLink(started, panel, answers, output),
    new UnitHints(started, panel, output),
    new GitHeads(started, output),
    new ModelsView(started, output),
    new ModelFiles(start, () => void started.stop()),
    commands.registerCommand(COMMANDS.runModel, (model: unknown) => runModel(started, answers, panel, modelRefIn(model))),
    commands.registerCommand(LENS_COMMANDS.go, goTo),
    commands.registerCommand(COMMANDS.showSummary, (model: unknown) => showSummary(started, readables, modelRefIn(model))),
    commands.registerCommand(COMMANDS.compareWith, (model: unknown) => compareWith(started, readables, modelRefIn(model))),
    commands.registerCommand(COMMANDS.showPanel, () => panel.bringBack()),
    commands.registerCommand(COMMANDS.loadWeights, () => panel.loadWeights()),
    ...registerQuiz(started),
    commands.registerCommand(COMMANDS.openExample, (name: unknown) => openExample(context.extensionUri, name)),
    commands.registerCommand(COMMANDS.restartServer, () => started.restart()),
  );
}

/** Waits until the server has ended, so that no process outlives the window. */
export const deactivate = (): Promise<void> | undefined => server?.stop();
