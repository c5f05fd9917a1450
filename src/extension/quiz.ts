import { commands, ConfigurationTarget, MarkdownString, window, workspace, type Disposable, type InlayHint, type Uri } from 'vscode';
import { REVEAL_COMMAND, type QuizParams } from '../protocol/lsp';
import { SECTION } from '../protocol/settings';
import { COMMANDS } from './contributions';
import type { Server } from './languageClient';
import { settingsFor } from './settings';

const SETTING = 'quiz.enabled';

/** The commands of quiz mode. What is kept back and what has been asked for is the server's to know. */
export function registerQuiz(server: Server): readonly Disposable[] {
  // One after the other: until the setting is written, it says what it was.
  let toggled = Promise.resolve();
  return [
    commands.registerCommand(COMMANDS.toggleQuiz, () => (toggled = toggled.then(toggle, toggle))),
    commands.registerCommand(REVEAL_COMMAND, (params: unknown) => reveal(server, isQuizParams(params) ? params : undefined)),
    commands.registerCommand(COMMANDS.showAllQuizAnswers, () => revealInEditor(server, 'all')),
    commands.registerCommand(COMMANDS.hideQuizAnswers, () => revealInEditor(server, 'none')),
  ];
}

async function toggle(): Promise<void> {
  const uri = window.activeTextEditor?.document.uri;
  const isOn = !settingsFor(uri).quiz.enabled;
  const configuration = workspace.getConfiguration(SECTION, uri ?? null);
  await configuration.update(SETTING, isOn, targetOf(configuration.inspect(SETTING)));
  const message = isOn
    ? 'Quiz mode is on: hints show ? until you ask for the answer.'
    : 'Quiz mode is off: hints and hovers show their answers again.';
  window.setStatusBarMessage(message, 5_000);
}

/** Where the setting is made already, there it is changed: elsewhere it would change nothing. */
function targetOf(made: { readonly workspaceFolderValue?: unknown; readonly workspaceValue?: unknown } | undefined): ConfigurationTarget {
  if (made?.workspaceFolderValue !== undefined) return ConfigurationTarget.WorkspaceFolder;
  return made?.workspaceValue !== undefined ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
}

/** Without parameters, as from the palette or the keyboard: the answers on the caret's line. */
async function reveal(server: Server, params: QuizParams | undefined): Promise<void> {
  const editor = window.activeTextEditor;
  if (params) await server.quiz(params);
  else if (editor && isOn(editor.document.uri)) await revealInEditor(server, { line: editor.selection.active.line });
}

async function revealInEditor(server: Server, what: QuizParams['reveal']): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor && isOn(editor.document.uri)) await server.quiz({ uri: server.uriOf(editor.document.uri), reveal: what });
}

/** Tells the person where there is no quiz that could be answered. */
function isOn(uri: Uri): boolean {
  const isEnabled = settingsFor(uri).quiz.enabled;
  if (!isEnabled) void window.showInformationMessage('Quiz mode is off. "Layerscope: Toggle Quiz Mode" starts it.');
  return isEnabled;
}

const isQuizParams = (params: unknown): params is QuizParams =>
  typeof params === 'object' && params !== null && 'uri' in params && typeof params.uri === 'string' && 'reveal' in params;

/** Gives the `?` of a hint a link in its tooltip, for those who would rather not hold a key. Nothing of the source is in it, and it may run this one command. */
export function withAnswerLink(hint: InlayHint): InlayHint {
  const [part] = typeof hint.label === 'string' ? [] : hint.label;
  const { command } = part ?? {};
  if (command?.command !== REVEAL_COMMAND || typeof hint.tooltip !== 'string') return hint;
  const link = `command:${REVEAL_COMMAND}?${encodeURIComponent(JSON.stringify(command.arguments))}`;
  const text = new MarkdownString(`${hint.tooltip}\n\n[Show the answer](${link})`);
  text.isTrusted = { enabledCommands: [REVEAL_COMMAND] };
  hint.tooltip = text;
  return hint;
}
