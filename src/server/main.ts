import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LanguageServer } from './languageServer';

/** The language server's program: speaks over what its arguments name (`--stdio`, `--node-ipc`); its analysis thread's program lies beside it, the pages about problems one folder up. */
const connection = createConnection(ProposedFeatures.all);
new LanguageServer(connection, join(__dirname, 'analysis.js'), join(__dirname, '../docs/problems'));
connection.listen();
