import { ConfigurationTarget, Uri, workspace, type Memento } from 'vscode';
import type { ModelGraph } from '../model/graph';
import type { RunnableModel } from '../protocol/lsp';
import type { FollowMessage } from '../protocol/panel';
import { settingsFor } from './settings';

const LOCKED = 'layerscope.locked';

/** Parameters of the largest model that is shown because the caret went into it, and not because a person ran it. */
const MOST_FOLLOWED = 30e6;

/** What the panel follows: edits of the shown model's source, by a setting, and the caret to other models, unless a lock holds the shown one. */
export class Following {
  /** What was switched while the setting is still being written. */
  #switched: boolean | undefined;

  /** @param memory where the lock is remembered */
  constructor(private readonly memory: Memento) {}

  get isLocked(): boolean {
    return this.memory.get<boolean>(LOCKED) ?? false;
  }

  /** Whether edits of the shown model run it anew. */
  isLive(shown: RunnableModel | undefined): boolean {
    return this.#switched ?? settingsFor(shown && Uri.parse(shown.uri)).panel.live;
  }

  /** A person switched in the panel what it follows. */
  async change({ live, locked }: FollowMessage): Promise<void> {
    if (locked !== undefined) await this.memory.update(LOCKED, locked);
    if (live === undefined) return;
    const { workspaceValue } = workspace.getConfiguration('layerscope').inspect('panel.live') ?? {};
    // Where the workspace decides, changing the user's own setting would change nothing.
    const target = workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
    this.#switched = live;
    try {
      await workspace.getConfiguration('layerscope').update('panel.live', live, target);
    } finally {
      this.#switched = undefined;
    }
  }
}

/** True where showing a model costs little, and nothing has to be asked for. */
export const isLight = ({ totalParams, leftOpen, given }: RunnableModel): boolean =>
  typeof totalParams === 'number' && totalParams <= MOST_FOLLOWED && leftOpen.every(({ name }) => given.some((one) => one.name === name));

/** Ids of all lines that made a layer of a model, and of the calls that led to them. */
export const placesOf = ({ layers, nodes }: ModelGraph): readonly string[] => [
  ...layers.flatMap(({ site, model }) => [...(site ? [site.id] : []), ...(model ? placesOf(model) : [])]),
  ...nodes.flatMap(({ callPath = [] }) => callPath),
];
