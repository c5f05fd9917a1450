import type { Reading } from '../model/reading';
import { call } from './evaluate/calls';
import { construct } from './evaluate/classes';
import { collect } from './evaluate/generators';
import { getMember } from './evaluate/members';
import { Machine } from './machine';
import { reportDeclaredShapes } from './report/customCalls';
import { helpersOf } from './report/helpers';
import { makersOf } from './report/makers';
import { modelUsesOf } from './report/modelUses';
import { modelsOf } from './report/models';
import { sitesOf } from './report/sites';
import { doesParse } from './report/syntax';
import { tensorsOf } from './report/tensors';
import { trainingsOf } from './report/training';
import { runRoots, type OwnRoots } from './roots';
import type { RootRun } from './rootRuns';
import { budgetsOf } from './statements/budgets';
import { checkShapes } from './statements/contradictions';
import { MAX_BYTES, parse } from './syntax/parse';
import { applyEntity } from './tf/apply';
import { LayerValue, ModelValue } from './tf/entities';
import { Unknown } from './values/values';
import { DEFAULT_SETTINGS, type ReaderSettings, type Workspace } from './workspace';

export interface ReadResult {
  readonly reading: Reading;
  /** Files that were read, and specifiers that named none: when none of them has changed, neither has the reading. */
  readonly touched: readonly string[];
  /** How many steps were taken: at most the budget, and the last piece of work. */
  readonly steps: number;
  /** How many files were interpreted. */
  readonly modules: number;
  /** The runs of the file's own entry points, its top level aside. */
  readonly rootRuns: readonly RootRun[];
}

/**
 * Reads one file: what layers and models its code builds, by interpreting its syntax. Nothing of it is executed, nothing is written or fetched.
 * Never throws on what it reads: what stops it is a limit or a problem of the reading.
 *
 * @param ownRoots which of the entry points are run, where it is not all; then the reading tells of what they come to.
 */
export function readFile(path: string, workspace: Workspace, settings: ReaderSettings = DEFAULT_SETTINGS, ownRoots?: OwnRoots): ReadResult {
  const m = machineFor(path, workspace, settings);
  const refused = whyRefused(path, workspace);
  if (refused !== undefined) return { ...NOTHING, reading: emptyReading(path, refused), touched: [path] };
  try {
    const module = runRoots(m, path, ownRoots);
    const { steps, rootRuns } = m;
    return { reading: report(m, path, module?.file), touched: [...m.touched], steps, modules: m.modules.size, rootRuns };
  } catch (error) {
    // A fault of the reader's own must not take the editor's other answers with it; it is said, not hidden.
    const why =
      error instanceof RangeError ? 'it nests too deeply' : `the reader failed: ${error instanceof Error ? error.message : String(error)}`;
    const { steps, rootRuns } = m;
    return { reading: emptyReading(path, why), touched: [path, ...m.touched], steps, modules: m.modules.size, rootRuns };
  }
}

const NOTHING = { steps: 0, modules: 0, rootRuns: [] } as const;

function machineFor(path: string, workspace: Workspace, settings: ReaderSettings): Machine {
  const m = new Machine(workspace, forSize(settings, workspace.read(path)?.length ?? 0));
  m.interpreter = {
    call: (callee, self, args, at) => call(m, callee, self, args, at),
    getMember: (target, key, at) => getMember(m, target, key, at),
    collect: (generator) => collect(m, generator),
    applyEntity: (entity, inputs, at) =>
      entity instanceof LayerValue || entity instanceof ModelValue
        ? applyEntity(m, entity, inputs, at)
        : new Unknown(m.freshKey('apply'), 'apply(…)', 'what is applied is not known'),
    construct: (callee, args, at) => construct(m, callee, args, at),
  };
  return m;
}

/** Characters of a file for which the step budget is meant. A larger one may take more steps in proportion, up to so many times as many. */
const USUAL_SIZE = 250_000;
const MOST_TIMES = 6;

const forSize = ({ stepBudget, ...others }: ReaderSettings, characters: number): ReaderSettings => ({
  ...others,
  stepBudget: Math.round(stepBudget * Math.min(MOST_TIMES, Math.max(1, characters / USUAL_SIZE))),
});

function whyRefused(path: string, workspace: Workspace): string | undefined {
  const text = workspace.read(path);
  if (text === undefined) return 'the file cannot be read';
  if (text.length > MAX_BYTES) {
    const parsed = parse(path, text);
    return 'refused' in parsed ? parsed.refused : undefined;
  }
  return undefined;
}

function report(m: Machine, path: string, file: Parameters<typeof sitesOf>[2] | undefined): Reading {
  if (!file) return emptyReading(path, m.modules.get(path)?.refused ?? 'the file cannot be read');
  checkShapes(m);
  const models = modelsOf(m, path);
  const sites = sitesOf(m, path, file);
  reportDeclaredShapes(m);
  const problems = m.problems.filter((one) => one.path === path).map(({ problem }) => problem);
  const trainings = trainingsOf(m, path, file, models);
  const makers = makersOf(m, path, file);
  const helpers = helpersOf(m, path, file);
  const modelUses = modelUsesOf(m, path);
  const budgets = budgetsOf(file);
  return {
    path,
    sites,
    models,
    tensors: tensorsOf(m, path, file),
    trainings,
    makers,
    helpers,
    modelUses,
    problems,
    ...(budgets.length === 0 ? {} : { budgets }),
    ...(doesParse(file) ? {} : { isBroken: true }),
    limits: [...m.limits],
  };
}

const emptyReading = (path: string, limit: string): Reading => ({
  path,
  sites: [],
  models: [],
  tensors: [],
  trainings: [],
  problems: [],
  limits: [limit],
});
