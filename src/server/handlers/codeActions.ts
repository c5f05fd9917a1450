import { CodeActionKind } from 'vscode-languageserver';
import { actions } from '../answers';
import type { Register } from './capability';

export const registerCodeActions: Register = (connection, { documents }) => {
  connection.onCodeAction(({ textDocument, range }) => {
    const document = documents.get(textDocument.uri);
    return document ? actions(document, range) : [];
  });
  return { promises: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } } };
};
