// Serves a workspace on the page's ports: calls through Comlink, events on a port of their own.

import * as Comlink from 'comlink';
import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { EngineApi, EngineStart } from './contract.ts';

export function serveWorkspace(workspace: WorkspacePort, { calls, events }: EngineStart): void {
  workspace.subscribe((event) => events.postMessage(event));
  const { subscribe: _, ...api } = workspace;
  const transferring: EngineApi = {
    ...api,
    async valueBytes(projectId, value) {
      const bytes = await api.valueBytes(projectId, value);
      return bytes && Comlink.transfer(bytes, [bytes.buffer]);
    },
  };
  Comlink.expose(transferring, calls);
}
