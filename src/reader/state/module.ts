import type { ts } from 'ts-morph';
import type { Value } from '../values/values';
import type { Environment } from './environment';
import type { Obj } from './heap';

/** One file of the project, run once a reading. */
export interface Module {
  readonly path: string;
  readonly file: ts.SourceFile | undefined;
  /** Why it could not be read. */
  readonly refused: string | undefined;
  readonly scope: Environment;
  /** Exports by name, read when they are asked for: bindings are live. */
  readonly exports: Map<string, () => Value>;
  /** The object behind the name `module`: its property `exports` may be replaced. */
  readonly commonJs: Obj;
  running: boolean;
}
