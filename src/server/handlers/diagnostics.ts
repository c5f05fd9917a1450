import { Diagnostics } from '../diagnostics';
import type { Register } from './capability';

export const registerDiagnostics: Register = (connection) => {
  const diagnostics = new Diagnostics(connection);
  return {
    changed: (document) => diagnostics.hold(document),
    settled: (document) => diagnostics.update(document),
    closed: (document) => diagnostics.close(document),
    dispose: () => diagnostics.dispose(),
  };
};
