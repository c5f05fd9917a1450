import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LanguageServer } from './languageServer';

/** The language server's program: speaks over what its arguments name (`--stdio`, `--node-ipc`); its analysis thread's program lies beside it. */
const connection = createConnection(ProposedFeatures.all);
new LanguageServer(connection, join(__dirname, 'analysis.js'));
connection.listen();
