// The page's side of the engine worker: starts it and offers it as the WorkspacePort.

import * as Comlink from 'comlink';
import type { WorkspaceEvent, WorkspacePort } from '#engine/workspace-port.ts';
import type { TabId } from '#model/ids.ts';
import { ENGINE_PROTOCOL_VERSION, type EngineApi, type EngineStart } from './contract.ts';

export interface EngineClient {
  readonly workspace: WorkspacePort;
  /** The page's end of the port to the runner frame. */
  readonly runnerPort: MessagePort;
}

/**
 * `onFault` hears of an engine that could not start or has died. `firstMessage` is what another kind of engine worker
 * wants to hear in place of the bare start.
 */
export function startEngineWorker(
  worker: Worker,
  tabId: TabId,
  onFault: (message: string) => void,
  firstMessage: (start: EngineStart) => unknown = (start) => start,
): EngineClient {
  const calls = new MessageChannel();
  const events = new MessageChannel();
  const runner = new MessageChannel();
  const listeners = new Set<(event: WorkspaceEvent) => void>();
  worker.onerror = (event) => onFault(event.message || 'The engine could not be loaded.');
  const start: EngineStart = {
    protocol: ENGINE_PROTOCOL_VERSION,
    tabId,
    calls: calls.port2,
    events: events.port2,
    runner: runner.port2,
  };
  worker.postMessage(firstMessage(start), [start.calls, start.events, start.runner]);
  events.port1.onmessage = ({ data }: MessageEvent<WorkspaceEvent>) => {
    for (const listener of listeners) listener(data);
  };
  const api = Comlink.wrap<EngineApi>(calls.port1) as unknown as EngineApi;
  return {
    runnerPort: runner.port1,
    workspace: {
      storageState: () => api.storageState(),
      listProjects: () => api.listProjects(),
      readLocation: (projectId) => api.readLocation(projectId),
      createProject: (name) => api.createProject(name),
      importProject: (text, sideFiles, brought) => api.importProject(text, sideFiles, brought),
      exportProject: (projectId) => api.exportProject(projectId),
      stripProject: (projectId) => api.stripProject(projectId),
      backupProject: (projectId) => api.backupProject(projectId),
      backupAll: () => api.backupAll(),
      restoreBackup: (bytes) => api.restoreBackup(bytes),
      renameProject: (projectId, name) => api.renameProject(projectId, name),
      duplicateProject: (projectId, name) => api.duplicateProject(projectId, name),
      discardProject: (projectId) => api.discardProject(projectId),
      recoverProject: (projectId) => api.recoverProject(projectId),
      listDiscarded: () => api.listDiscarded(),
      deleteProject: (projectId) => api.deleteProject(projectId),
      openProject: (projectId) => api.openProject(projectId),
      closeProject: () => api.closeProject(),
      appendEntry: (projectId, expectedSeq, entry) => api.appendEntry(projectId, expectedSeq, entry),
      tryResource: (projectId, key) => api.tryResource(projectId, key),
      listSecrets: (projectId) => api.listSecrets(projectId),
      listAllSecrets: () => api.listAllSecrets(),
      putSecret: (projectId, name, value) => api.putSecret(projectId, name, value),
      importFile: (projectId, importId, file) => api.importFile(projectId, importId, file),
      cancelImport: (importId) => api.cancelImport(importId),
      adoptFiles: (projectId, sha256s) => api.adoptFiles(projectId, sha256s),
      readFile: (projectId, file) => api.readFile(projectId, file),
      previewPlan: (projectId, request) => api.previewPlan(projectId, request),
      launch: (projectId, request) => api.launch(projectId, request),
      cancel: (projectId, runId) => api.cancel(projectId, runId),
      evaluate: (projectId, id, source) => api.evaluate(projectId, id, source),
      stopEvaluation: (projectId, id) => api.stopEvaluation(projectId, id),
      runEvents: (projectId, runId) => api.runEvents(projectId, runId),
      watchEvents: (wanted) => api.watchEvents(wanted),
      listRuns: (projectId, limit) => api.listRuns(projectId, limit),
      readRun: (projectId, runId) => api.readRun(projectId, runId),
      planPruning: (projectId, keep) => api.planPruning(projectId, keep),
      pruneValues: (projectId, keep) => api.pruneValues(projectId, keep),
      history: (projectId, assetId, limit, before) => api.history(projectId, assetId, limit, before),
      checkHistory: (projectId, assetId, name, limit, before) =>
        api.checkHistory(projectId, assetId, name, limit, before),
      restore: (projectId, assetId, from) => api.restore(projectId, assetId, from),
      valueBytes: (projectId, value) => api.valueBytes(projectId, value),
      preview: (projectId, value) => api.preview(projectId, value),
      tableRows: (projectId, value, from, to) => api.tableRows(projectId, value, from, to),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
