// The words between the page and the engine worker. Calls go through Comlink; events come on a port.

import type { WorkspacePort } from '#engine/workspace-port.ts';

export const ENGINE_PROTOCOL_VERSION = 1;

/** What the engine worker exposes: the workspace, but for its events. */
export type EngineApi = Omit<WorkspacePort, 'subscribe'>;

/** The page's first message; everything in it is transferred. */
export interface EngineStart {
  readonly protocol: number;
  readonly tabId: string;
  /** Comlink calls. */
  readonly calls: MessagePort;
  /** WorkspaceEvents, engine to page. */
  readonly events: MessagePort;
  /** To the runner frame (workers/bodies/contract.ts). */
  readonly runner: MessagePort;
}
