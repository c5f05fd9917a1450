import { workspace, type Uri } from 'vscode';
import type { PanelSettings } from '../protocol/panel';
import { readSettings, SECTION, type Settings } from '../protocol/settings';

const BYTES_PER_MEGABYTE = 1024 * 1024;

/** The settings that hold for a document; without one, for the window. */
export const settingsFor = (uri?: Uri): Settings => readSettings(workspace.getConfiguration(undefined, uri ?? null).get(SECTION));

/** What the panel is told of them. */
export function panelSettings(): PanelSettings {
  const { backend, seed, activationBudget } = settingsFor().panel;
  return { backend, seed, activationBudget: activationBudget * BYTES_PER_MEGABYTE };
}
