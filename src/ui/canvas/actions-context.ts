// The canvas's gestures, for the components inside it.

import { createContext, useContext } from 'react';
import type { CanvasActions } from './canvas-actions.ts';

export const ActionsContext = createContext<CanvasActions | undefined>(undefined);

export function useActions(): CanvasActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('Internal error: no canvas above this component');
  return actions;
}
