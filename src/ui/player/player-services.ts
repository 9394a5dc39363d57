// What a page that carries one project has: its engine, its runs, and the project itself.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { OpenedProject, WorkspacePort } from '#engine/workspace-port.ts';
import type { ShareBundle } from '#interop/share/bundle-types.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { RunsState, RunsStore } from '#state/runs-store.ts';

export interface PlayerServices {
  readonly workspace: WorkspacePort;
  readonly runs: RunsStore;
  readonly project: OpenedProject;
  readonly graph: AssetGraph;
  /** What the page carries: the project file byte for byte, perhaps values and results. */
  readonly bundle: ShareBundle;
}

const PlayerContext = createContext<PlayerServices | undefined>(undefined);

export const PlayerProvider = PlayerContext;

export function usePlayer(): PlayerServices {
  const services = useContext(PlayerContext);
  if (!services) throw new Error('Internal error: no player above this component');
  return services;
}

export const usePlayerRuns = <T>(selector: (state: RunsState) => T): T =>
  useStore(usePlayer().runs.store, selector);
