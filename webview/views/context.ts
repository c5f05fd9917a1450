import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Places } from '../engine/client';
import type { Controller } from '../state/controller';
import type { Store } from '../state/store';

export interface PanelContext {
  readonly store: Store;
  readonly controller: Controller;
  readonly places: Places;
}

export const Panel = createContext<PanelContext | undefined>(undefined);

export const usePanel = (): PanelContext => {
  const panel = useContext(Panel);
  if (!panel) throw new Error('A view stands outside of the panel.');
  return panel;
};
