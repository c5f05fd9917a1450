import { ts } from 'ts-morph';
import type { Reading } from '../model/reading';
import type { Machine } from './machine';
import { readFile } from './read';
import type { OwnRoots } from './roots';
import { insideOf, isSameSet, type Standing } from './standing';
import { noted, type RootRun } from './rootRuns';
import { parse } from './syntax/parse';
import { factsOf, statementAt } from './syntax/statementFacts';
import type { ReaderSettings, Workspace } from './workspace';

/** A reading of a part of a file. */
export interface Focused {
  readonly reading: Reading;
  /** True for a place (`path#offset`) of which the reading tells all that one of the whole file would. */
  isWhole(id: string): boolean;
}

/** A part is read by itself where that takes no more than this share of the work. */
const MOST = 1 / 2;

/**
 * Reads only the entry points of a file that may have to do with what stands at an offset, or with what changed since it was last read. undefined
 * where that would not be as good as reading all of it, or would not save much.
 *
 * What is left out shares no name, directly or through others, with what is asked about; it has not changed; and it was seen to change nothing but
 * what it made itself, so that all else goes as it goes without it.
 *
 * @param before the last reading of the whole file.
 */
export function readAround(
  path: string,
  workspace: Workspace,
  settings: ReaderSettings,
  offset: number,
  before: Standing,
): Focused | undefined {
  const text = workspace.read(path) ?? '';
  const parsed = parse(path, text);
  if ('refused' in parsed || parsed.file.text !== text || !isSound(parsed.file, before)) return undefined;
  const { file } = parsed;
  if (stepsOfChanged(file, before) > MOST * before.steps) return undefined;
  const targets = targetsAt(file, text, offset);
  const changed = changedSince(file, before);
  if (!changed) return undefined;
  const roots = new Roots(file, new Set([...targets, ...changed]), before);
  if (roots.estimate() > MOST * before.steps) return undefined;
  const { reading, rootRuns, modules } = readFile(path, workspace, settings, roots.own);
  if (reading.limits.length > 0 || reading.isBroken || modules > 1 !== before.isShared || !rootRuns.every(({ isConfined }) => isConfined))
    return undefined;
  const spans = [...targets].map(({ pos, end }) => ({ pos, end }));
  return {
    reading,
    isWhole: (id) => {
      const at = id.lastIndexOf('#');
      const start = Number(id.slice(at + 1));
      return id.slice(0, at) === path && spans.some(({ pos, end }) => pos <= start && start < end);
    },
  };
}

const isSound = (file: ts.SourceFile, { rootRuns }: Standing): boolean =>
  ts.isExternalModule(file) && rootRuns.every(({ isConfined }) => isConfined);

/** What the entry points took that must be run again in any case. */
function stepsOfChanged(file: ts.SourceFile, { statements, rootRuns }: Standing): number {
  const changed = new Set(statements.flatMap(({ statement }, k) => (statement === file.statements[k] ? [] : [statement])));
  return rootRuns.reduce((sum, { statement, steps }) => (statement && changed.has(statement) ? sum + steps : sum), 0);
}

/** The statement around an offset, and those that declare the name there. */
function targetsAt(file: ts.SourceFile, text: string, offset: number): ReadonlySet<ts.Statement> {
  const [before = ''] = /[\p{L}\p{N}_$]*$/u.exec(text.slice(Math.max(0, offset - LONGEST_NAME), offset)) ?? [];
  const [after = ''] = /^[\p{L}\p{N}_$]*/u.exec(text.slice(offset, offset + LONGEST_NAME)) ?? [];
  const around = statementAt(file, offset);
  const declaring = file.statements.filter((statement) => factsOf(statement).declares.has(before + after));
  return new Set([...(around ? [around] : []), ...declaring]);
}

const LONGEST_NAME = 200;

/** The statements that are not those of `before`; undefined where the file declares other names, or what changed may change what others see. */
function changedSince(file: ts.SourceFile, before: Standing): readonly ts.Statement[] | undefined {
  if (file.statements.length !== before.statements.length) return undefined;
  const changed: ts.Statement[] = [];
  for (const [k, statement] of file.statements.entries()) {
    const then = before.statements[k];
    if (statement === then?.statement) continue;
    const now = factsOf(statement);
    const isAlike =
      then?.statement.kind === statement.kind &&
      isSameSet(now.declares, then.facts.declares) &&
      now.assigns.size + then.facts.assigns.size === 0 &&
      !ts.isImportDeclaration(statement) &&
      !ts.isExportDeclaration(statement);
    if (!isAlike) return undefined;
    changed.push(statement);
  }
  return changed;
}

/** Which entry points have to do with some statements of a file. */
class Roots {
  /** The statements in which each of the module's names is used. */
  readonly #users = new Map<string, ts.Statement[]>();
  readonly #imported = new Set<string>();
  readonly #runsBefore = new Map<ts.Statement, RootRun[]>();
  /** The statements whose entry points changed what those of a statement had made, and the other way round. */
  readonly #linked = new Map<ts.Statement, ts.Statement[]>();

  constructor(
    private readonly file: ts.SourceFile,
    private readonly targets: ReadonlySet<ts.Statement>,
    private readonly before: Standing,
  ) {
    const own = new Set(file.statements.flatMap((statement) => [...factsOf(statement).declares, ...factsOf(statement).assigns]));
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) for (const name of factsOf(statement).declares) this.#imported.add(name);
      for (const name of factsOf(statement).references) {
        if (own.has(name)) add(this.#users, name, statement);
      }
    }
    const places = new Map(before.statements.map(({ statement }, k) => [statement, file.statements[k]]));
    for (const run of before.rootRuns) {
      const here = run.statement && places.get(run.statement);
      if (!here) continue;
      add(this.#runsBefore, here, run);
      for (const { statement } of run.changed) {
        const there = statement && places.get(statement);
        if (!there || there === here) continue;
        add(this.#linked, here, there);
        add(this.#linked, there, here);
      }
    }
  }

  /** About how many steps the reading will take: what was left out last time is known only of what has not changed. */
  estimate(): number {
    const wanted = this.#reaching(() => false);
    const left = [...this.#runsBefore].flatMap(([statement, runs]) => (wanted.has(statement) ? [] : runs));
    return this.before.steps - left.reduce((sum, { steps }) => sum + steps, 0);
  }

  readonly own: OwnRoots = (m, file) => {
    const wanted = this.#reaching(this.#ranIn(m));
    const met = new Map<ts.Statement, number>();
    return {
      isWanted: (node) => {
        const statement = statementAt(file, node.getStart(file));
        return statement === undefined || wanted.has(statement);
      },
      around: (node, run) => {
        const statement = statementAt(file, node.getStart(file));
        // Its unknown numbers have the values that they would have in a reading of the whole.
        const nth = (statement && met.get(statement)) ?? 0;
        if (statement) {
          met.set(statement, nth + 1);
          m.leaveStandIns(this.#runsBefore.get(statement)?.[nth]?.standIns ?? 0);
        }
        return noted(m, file, node, run);
      },
    };
  };

  /** The statements of whose code something has run: what they refer to, they may have changed. */
  #ranIn(m: Machine): (statement: ts.Statement) => boolean {
    const ran = new Set<ts.Statement | undefined>();
    for (const node of m.functions.all) if (node.getSourceFile() === this.file) ran.add(statementAt(this.file, node.getStart(this.file)));
    return (statement) => ran.has(statement);
  }

  /** The targets, and all statements that come to them by names, directly or through others. */
  #reaching(hasRun: (statement: ts.Statement) => boolean): ReadonlySet<ts.Statement> {
    const reached = new Set(this.targets);
    // The list grows while it is gone through.
    for (const statement of reached) {
      const { declares, assigns, references } = factsOf(statement);
      const changed =
        runsAtOnce(this.file, statement) || hasRun(statement) ? [...references].filter((name) => !this.#imported.has(name)) : [];
      for (const name of [...declares, ...assigns, ...changed]) for (const user of this.#users.get(name) ?? []) reached.add(user);
      for (const other of this.#linked.get(statement) ?? []) reached.add(other);
    }
    return reached;
  }
}

/** False for what only declares. */
const runsAtOnce = (file: ts.SourceFile, statement: ts.Statement): boolean =>
  !ts.isImportDeclaration(statement) &&
  !ts.isInterfaceDeclaration(statement) &&
  !ts.isTypeAliasDeclaration(statement) &&
  !insideOf(file, statement);

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
