import { Diagnostics } from '../diagnostics';
import type { Register } from './capability';

export const registerDiagnostics: Register = (connection, { pageOf }) => {
  const diagnostics = new Diagnostics(connection, pageOf);
  return {
    changed: (document) => diagnostics.hold(document),
    settled: (document, before) => diagnostics.update(document, document.good !== before),
    closed: (document) => diagnostics.close(document),
    dispose: () => diagnostics.dispose(),
  };
};
