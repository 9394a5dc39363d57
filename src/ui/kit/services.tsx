// The stores and ports that app/compose.ts builds, handed down by context. Components read them through
// small selectors and never import storage or workers.

import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Clock, IdSource } from '#engine/ports.ts';
import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { CodePort } from '#interop/code-port.ts';
import type { DataPort } from '#interop/data-port.ts';
import type { ProjectId } from '#model/ids.ts';
import type { ArrivalState, ArrivalStore } from '#state/arrival-store.ts';
import type { DocumentState, DocumentStore } from '#state/document-store.ts';
import type { RunsState, RunsStore } from '#state/runs-store.ts';
import type { SessionState, SessionStore } from '#state/session-store.ts';
import type { TypesState, TypesStore } from '#state/types-store.ts';

/** A small persistent store of this browser's preferences (theme, panel sizes). Never throws. */
export interface PreferencesPort {
  read(name: string): string | undefined;
  write(name: string, value: string): void;
}

/** Places the boxes of a graph from left to right. Slow for large graphs: it works off the page. */
export interface LayoutPort {
  /** Rejects when aborted, or when no layout could be made. */
  layout(signal: AbortSignal, graph: LayoutGraph): Promise<readonly LayoutPlace[]>;
}
export interface LayoutGraph {
  readonly nodes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly group?: string;
  }[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}
export interface LayoutPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Pages that show and run a project on their own. */
export interface PlayerPagePort {
  /** The HTML of one for the newest state of a project; `packed` is what it carries. */
  write(projectId: ProjectId, title: string, packed: Uint8Array): Promise<string>;
}

export interface Services {
  readonly workspace: WorkspacePort;
  readonly data: DataPort;
  readonly code: CodePort;
  readonly documents: DocumentStore;
  readonly runs: RunsStore;
  readonly session: SessionStore;
  readonly preferences: PreferencesPort;
  readonly layout: LayoutPort;
  readonly types: TypesStore;
  readonly playerPages: PlayerPagePort;
  readonly arrivals: ArrivalStore;
  readonly clock: Clock;
  readonly newId: IdSource;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('Internal error: no services above this component');
  return services;
}

export const useDocument = <T,>(selector: (state: DocumentState) => T): T =>
  useStore(useServices().documents.store, selector);

export const useRuns = <T,>(selector: (state: RunsState) => T): T =>
  useStore(useServices().runs.store, selector);

export const useSession = <T,>(selector: (state: SessionState) => T): T =>
  useStore(useServices().session, selector);

export const useTypes = <T,>(selector: (state: TypesState) => T): T =>
  useStore(useServices().types.store, selector);

export const useArrival = <T,>(selector: (state: ArrivalState) => T): T =>
  useStore(useServices().arrivals, selector);
