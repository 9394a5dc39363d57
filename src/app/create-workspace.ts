// Starts the engine worker and joins it to the runner frame.

import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { TabId } from '#model/ids.ts';
import { startEngineWorker } from '#workers/engine/client.ts';
import { log } from './log.ts';
import { createRunnerFrame } from './runner-frame.ts';
import { attachRunnerHost } from './runner-host.ts';
import { shippedLibraryText } from './shipped-libraries.ts';

export function createWorkspace(tabId: TabId): WorkspacePort {
  const worker = new Worker(new URL('../../workers/engine/entry.worker.ts', import.meta.url), {
    type: 'module',
    name: 'headwater engine',
  });
  const { workspace, runnerPort } = startEngineWorker(worker, tabId, (message) =>
    log.fault('the engine worker has failed', message),
  );
  attachRunnerHost(createRunnerFrame(shippedLibraryText), runnerPort);
  return workspace;
}
