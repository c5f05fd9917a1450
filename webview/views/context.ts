import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelState } from '../state/panel';

export const Panel = createContext<PanelState | undefined>(undefined);

export const usePanel = (): PanelState => {
  const panel = useContext(Panel);
  if (!panel) throw new Error('A view stands outside of the panel.');
  return panel;
};
