import { parentPort } from 'node:worker_threads';
import { diagnosticsOf } from '../features/diagnostics';
import { hoverAt } from '../features/hover';
import { hoverAround } from '../features/hoverAround';
import { trialOf } from '../features/quickFixes/verify';
import { DiskWorkspace, SEARCH_LATER } from '../project/diskWorkspace';
import { ModelFileIndex } from '../project/modelFileIndex';
import type { FromWorker, HoverRequest, ListRequest, ReadRequest, ToWorker } from '../protocol/analysis';
import { mayDefineModel } from '../protocol/mentions';
import { readFile, type ReadResult } from '../reader/read';
import { hasCallers, isSameList, standingOf, stillStands, type Standing } from '../reader/standing';
import { statementAt } from '../reader/syntax/statementAt';

/** The thread that reads: one message at a time, and nothing else runs here, so a reading that does not end can be ended with the thread. */

const open = new Map<string, string>();
const workspaces = new Map<string, DiskWorkspace>();

/** One workspace a root, made when it is first asked for. */
function workspaceOf(root: string): DiskWorkspace {
  const known = workspaces.get(root);
  if (known) return known;
  const workspace = new DiskWorkspace(root, SEARCH_LATER);
  for (const [path, text] of open) workspace.open(path, text);
  workspaces.set(root, workspace);
  return workspace;
}

/** The file is again what its editor, or the disk, holds. */
function putBack(workspace: DiskWorkspace, path: string): void {
  const text = open.get(path);
  if (text === undefined) workspace.close(path);
  else workspace.open(path, text);
}

/** The last reading of a whole file that was answered with, and what was asked for with it; forgotten when anything but its own text changes. */
let last: { readonly standing: Standing; readonly asked: string } | undefined;

const asked = ({ path, root, stepBudget, diagnostics }: ReadRequest): string => JSON.stringify([path, root, stepBudget, diagnostics]);

/** A reading of a whole file that a hover needed; the request for it that follows takes it from here. */
let ahead: { readonly asked: string; readonly text: string; readonly callers: readonly string[]; readonly result: ReadResult } | undefined;

const askedAhead = ({ path, root, stepBudget }: ReadRequest | HoverRequest): string => JSON.stringify([path, root, stepBudget]);

function readAhead(request: HoverRequest, workspace: DiskWorkspace, text: string): ReadResult {
  const { path, stepBudget } = request;
  const result = readFile(path, workspace, { stepBudget });
  ahead = { asked: askedAhead(request), text, callers: workspace.callersOf(path), result };
  return result;
}

function takeAhead(request: ReadRequest, workspace: DiskWorkspace): ReadResult | undefined {
  const known = ahead;
  ahead = undefined;
  if (known?.asked !== askedAhead(request) || known.text !== (workspace.read(request.path) ?? '')) return undefined;
  return isSameList(known.callers, workspace.callersOf(request.path)) ? known.result : undefined;
}

function read(request: ReadRequest): FromWorker {
  const { id, path, root, stepBudget, given, text, others = [], diagnostics, editedAt, mayStand, isTrial } = request;
  const workspace = workspaceOf(root);
  const texts = text === undefined ? others : [...others, { path, text }];
  try {
    if (mayStand && last?.asked === asked(request) && stillStands(last.standing, workspace.read(path) ?? '', workspace.callersOf(path)))
      return { type: 'stands', id };
    for (const one of texts) workspace.open(one.path, one.text);
    const isPlain = !given && !isTrial && texts.length === 0;
    const result =
      (isPlain ? takeAhead(request, workspace) : undefined) ?? readFile(path, workspace, { stepBudget, ...(given && { given }) });
    const { reading, touched } = result;
    const read = workspace.read(path) ?? '';
    if (isPlain) {
      const standing = standingOf(path, read, workspace.callersOf(path), result);
      last = standing && { standing, asked: asked(request) };
    }
    // The rules run here as well: whoever waits for a hover does not wait for them.
    const problems = diagnostics ? diagnosticsOf(reading, read, diagnostics) : [];
    if (isTrial) return { type: 'trial', id, trial: trialOf(reading, problems) };
    const edited = editedAt === undefined ? undefined : statementAt(path, read, editedAt);
    return { type: 'reading', id, reading, touched, problems, ...(edited && { edited }) };
  } catch (error) {
    return failure(id, error);
  } finally {
    for (const one of texts) putBack(workspace, one.path);
  }
}

const failure = (id: number, error: unknown): FromWorker => ({
  type: 'failure',
  id,
  error: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

function hover(request: HoverRequest): FromWorker {
  const { id, path, root, stepBudget, offset, mayReadAll } = request;
  try {
    const workspace = workspaceOf(root);
    const callers = workspace.callersOf(path);
    const text = workspace.read(path) ?? '';
    const before = last?.standing;
    if (before?.path === path && hasCallers(before, callers)) {
      // Then all is known at once.
      if (stillStands(before, text, callers)) return { type: 'hover', id };
      const known = hoverAround(path, workspace, { stepBudget }, offset, before);
      if (known) return { type: 'hover', id, known };
    }
    if (!mayReadAll) return { type: 'hover', id };
    const { reading } = readAhead(request, workspace, text);
    return { type: 'hover', id, known: { answer: hoverAt(reading, text, offset) }, isWhole: true };
  } catch (error) {
    return failure(id, error);
  }
}

/** Files of one folder that are looked into for models, and how many of them for one request. */
const MOST_FILES = 50_000;
const PORTION = 100;

const lists = new Map<string, ModelFileIndex>();

function list({ id, root }: ListRequest): FromWorker {
  const known = lists.get(root) ?? new ModelFileIndex(root, mayDefineModel, MOST_FILES);
  lists.set(root, known);
  known.advance(PORTION);
  return { type: 'listed', id, paths: known.found, isComplete: known.isComplete, isCut: known.isCut };
}

function changed(paths: readonly string[]): void {
  for (const known of lists.values()) for (const path of paths) known.changed(path);
}

let isSearching = false;

/** Looks for callers while nothing else is to be done, a little at a time: a message that comes meanwhile is answered first. */
function searchOn(): void {
  const workspace = [...workspaces.values()].find((one) => one.isSearching);
  if (isSearching || !workspace || open.size === 0) return;
  isSearching = true;
  setImmediate(() => {
    isSearching = false;
    const paths = workspace.searchOn();
    if (paths.length > 0) parentPort?.postMessage({ type: 'callers', paths } satisfies FromWorker);
    searchOn();
  });
}

function forget(): void {
  last = ahead = undefined;
}

function receive(message: ToWorker): void {
  switch (message.type) {
    case 'open':
      ahead = undefined;
      if (message.path !== last?.standing.path) last = undefined;
      open.set(message.path, message.text);
      for (const workspace of workspaces.values()) workspace.open(message.path, message.text);
      return;
    case 'close':
      forget();
      open.delete(message.path);
      for (const workspace of workspaces.values()) workspace.close(message.path);
      changed([message.path]);
      return;
    case 'changed':
      forget();
      for (const workspace of workspaces.values()) workspace.changed(message.paths);
      changed(message.paths);
      return;
    case 'read':
      parentPort?.postMessage(read(message));
      return;
    case 'hover':
      parentPort?.postMessage(hover(message));
      return;
    case 'list':
      parentPort?.postMessage(list(message));
  }
}

parentPort?.on('message', (message: ToWorker) => {
  receive(message);
  searchOn();
});
parentPort?.postMessage({ type: 'ready' } satisfies FromWorker);
