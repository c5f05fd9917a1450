import type { ts } from 'ts-morph';
import type { LayerValue, ModelValue, TensorValue } from '../tf/entities';
import type { CallPlace } from '../values/native';
import type { Value } from '../values/values';
import type { FileStatements, Statement } from './fileStatements';

/** Something whose shape a comment states: compared when all has run, as layers are often made before they are applied. */
export interface Claim {
  readonly statement: Statement;
  readonly of: TensorValue | LayerValue | ModelValue;
  /** The list that the comment's shape came to. */
  readonly stated: readonly Value[];
  /** What has the shape: `x`; undefined where the comment stands beside it. */
  readonly name: string | undefined;
  readonly at: CallPlace;
}

/** What the comments of the files that are read state, and what it came to. */
export class StatementBook {
  readonly files = new Map<ts.SourceFile, FileStatements>();
  /** What is stated of members of unknown values, by the member's identity. */
  readonly members = new Map<string, Value>();
  readonly claims: Claim[] = [];
  /** The last value of each statement: a list that is stated is one list, however often it is read. */
  readonly values = new Map<Statement, Value>();
  /** Statements whose value is being asked for: one that needs itself has none. */
  readonly open = new Set<Statement>();

  get isEmpty(): boolean {
    return this.files.size === 0;
  }
}
