import type { Register } from './capability';
import { registerCodeActions } from './codeActions';
import { registerCodeLens } from './codeLens';
import { registerCompare } from './compare';
import { registerDiagnostics } from './diagnostics';
import { registerDocumentSymbols } from './documentSymbols';
import { registerHover } from './hover';
import { registerInlayHints } from './inlayHints';
import { registerModels } from './models';
import { registerModelTree } from './modelTree';
import { registerReadables } from './readables';
import { registerSites } from './sites';

/** Everything that the server can be asked for, and what it tells by itself. Of a reading they are told in this order: first what people look at while they type. */
export const CAPABILITIES: readonly Register[] = [
  registerHover,
  registerDiagnostics,
  registerInlayHints,
  registerModels,
  registerCodeActions,
  registerCodeLens,
  registerDocumentSymbols,
  registerModelTree,
  registerReadables,
  registerCompare,
  registerSites,
];
