import { CancellationTokenSource, Uri, window, type QuickPick } from 'vscode';
import type { ModelRef } from '../../protocol/lsp';
import { historyOf } from '../git/history';
import type { Server } from '../languageClient';
import type { CommitRef, Other } from '../readables/address';
import { commitItem, heading, modelItem, moreCommits, netItem, type OtherItem } from './items';

/** Commits among the rest; all of them are a choice of their own. */
const FEW = 6;

/**
 * Asks what a model is to stand beside: an earlier state, a published net, a model of the workspace. The first two are offered together, so that nothing
 * moves under the hand; models are added at the end as they are found, for as long as the choice is open. undefined where nothing is chosen.
 */
export async function chooseOther(server: Server, model: ModelRef): Promise<Other | undefined> {
  const pick = window.createQuickPick<OtherItem>();
  const cancelled = new CancellationTokenSource();
  pick.title = `Compare ${model.title} with…`;
  pick.placeholder = 'A revision, a published net, a model of this workspace';
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  const chosen = answerOf(pick);
  pick.show();
  try {
    const commits = await historyOf(Uri.parse(model.uri));
    void offer(server, model, pick, commits, cancelled);
    const item = await chosen;
    return item?.isMore ? await chooseCommit(model, commits) : item?.other;
  } finally {
    cancelled.cancel();
    cancelled.dispose();
    pick.dispose();
  }
}

const answerOf = (pick: QuickPick<OtherItem>): Promise<OtherItem | undefined> =>
  new Promise((done) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      // What is not there yet cannot be chosen.
      if (item) done(item);
    });
    pick.onDidHide(() => done(undefined));
  });

async function offer(
  server: Server,
  model: ModelRef,
  pick: QuickPick<OtherItem>,
  commits: readonly CommitRef[],
  cancelled: CancellationTokenSource,
): Promise<void> {
  try {
    const nets = await server.nets();
    const shown = commits.slice(0, FEW);
    const more = commits.length - shown.length;
    if (cancelled.token.isCancellationRequested) return;
    pick.items = [
      ...(shown.length > 0 ? [heading('This model at another revision')] : []),
      ...shown.map(commitItem),
      ...(more > 0 ? [moreCommits(more)] : []),
      heading('Published nets'),
      ...nets.map(netItem),
    ];
    await addModels(server, model, pick, cancelled);
  } catch (error) {
    if (!cancelled.token.isCancellationRequested) pick.title = `Compare: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    if (!cancelled.token.isCancellationRequested) pick.busy = false;
  }
}

async function addModels(server: Server, model: ModelRef, pick: QuickPick<OtherItem>, { token }: CancellationTokenSource): Promise<void> {
  let isFirst = true;
  let next: number | undefined;
  do {
    const answer = await server.findModels(model.uri, next, token);
    if (token.isCancellationRequested) return;
    const items = answer.models
      .filter(({ id, uri }) => id !== model.id || uri !== model.uri)
      .map((found) => modelItem(found, server.uriOf(Uri.parse(found.uri))));
    if (items.length > 0) {
      const active = pick.activeItems;
      pick.items = [...pick.items, ...(isFirst ? [heading('Models of this workspace')] : []), ...items];
      // VS Code tells of the active entry a moment late. To set none would leave none, and Enter dead.
      if (active.length > 0) pick.activeItems = active;
      isFirst = false;
    }
    ({ next } = answer);
  } while (next !== undefined);
}

async function chooseCommit(model: ModelRef, commits: readonly CommitRef[]): Promise<Other | undefined> {
  const options = { title: `Compare ${model.title} with an earlier revision`, matchOnDescription: true };
  return (await window.showQuickPick(commits.map(commitItem), options))?.other;
}
