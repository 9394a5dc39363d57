// What every part of the page of a graph's ops has to do with.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { UnitId } from '#model/ids.ts';
import type { OpActions } from './op-actions.ts';
import type { OpStates } from './op-states.ts';
import type { OpView, OpViewState } from './op-view.ts';

export interface OpGraph {
  readonly unitId: UnitId;
  readonly view: OpView;
  readonly actions: OpActions;
  readonly states: OpStates;
}

export const OpGraphContext = createContext<OpGraph | undefined>(undefined);

export function useOpGraph(): OpGraph {
  const graph = useContext(OpGraphContext);
  if (!graph) throw new Error('Internal error: no graph of ops above this component');
  return graph;
}

export const useOpView = <T>(selector: (state: OpViewState) => T): T => useStore(useOpGraph().view, selector);
