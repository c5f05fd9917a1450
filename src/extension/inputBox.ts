import { window } from 'vscode';
import type { Prompt } from './answers';

/** VS Code's own input box; it stays while the person looks the answer up elsewhere. */
export const inputBox: Prompt = ({ title, prompt, value, refuse }) =>
  window.showInputBox({ title, prompt, value, ignoreFocusOut: true, validateInput: refuse });
