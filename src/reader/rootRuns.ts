import type { ts } from 'ts-morph';
import { statementAt } from './syntax/statementFacts';
import type { Machine } from './machine';
import { birthsSoFar } from './state/holder';

/** One run of an entry point of the file that is read: what must be known of it to leave it out another time. */
export interface RootRun {
  /** The top-level statement in which it stands. */
  readonly statement: ts.Statement | undefined;
  readonly steps: number;
  /** `Machine.standInsTaken` before it. */
  readonly standIns: number;
  /** What was born in it: later than the first, and not later than the second. */
  readonly births: readonly [number, number];
  /** The runs before it that made what it changed. */
  readonly changed: readonly RootRun[];
  /** It changed nothing else that was there before it, so whoever has nothing to do with any of these goes as it would have gone without it. */
  readonly isConfined: boolean;
}

/** Runs an entry point and notes what its run was like. */
export function noted<T>(m: Machine, file: ts.SourceFile, node: ts.Node, run: () => T): T {
  const { steps, standInsTaken: standIns } = m;
  const registered = m.registered.size;
  const births = birthsSoFar();
  m.journal.watch();
  try {
    return run();
  } finally {
    const makers = [...m.journal.changedOld].map((born) => m.rootRuns.find(({ births: [from, to] }) => from < born && born <= to));
    m.rootRuns.push({
      statement: statementAt(file, node.getStart(file)),
      steps: m.steps - steps,
      standIns,
      births: [births, birthsSoFar()],
      changed: [...new Set(makers.filter((one) => one !== undefined))],
      isConfined: m.registered.size === registered && makers.every((one) => one !== undefined),
    });
  }
}
