import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { batchNormTab } from '../batchNorm/BatchNorm';
import { histogramsTab } from '../histograms/Histograms';
import { Maps } from '../maps/Maps';

/** One way to look at a layer. */
export interface Tab {
  /** Kept with what the person arranged. */
  readonly id: string;
  readonly label: string;
  /** True for layers that it has something to show of. */
  offered(step: StepInfo): boolean;
  /** True for layers that open on it, where the person chose nothing. */
  preferred?(step: StepInfo): boolean;
  View(props: { readonly step: StepInfo }): JSX.Element | null;
}

const maps: Tab = { id: 'maps', label: 'Maps', offered: () => true, View: Maps };

/** In the order in which they stand. */
const TABS: readonly Tab[] = [maps, histogramsTab, batchNormTab];

export const tabsFor = (step: StepInfo): readonly Tab[] => TABS.filter((tab) => tab.offered(step));

/** The tab that is shown: the chosen one where the layer has it, else the one it opens on. */
export const shownTab = (step: StepInfo, chosen: string | undefined): Tab => {
  const offered = tabsFor(step);
  return offered.find((tab) => tab.id === chosen) ?? offered.find((tab) => tab.preferred?.(step)) ?? maps;
};
