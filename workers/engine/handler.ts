// The workspace: projects and the one that is open. A factory over its ports, so that it runs in Node too.

import { err, ok, type Result } from '#base/result.ts';
import { materializationOf } from '#engine/asset-index.ts';
import { type Brought, runOfBrought } from '#engine/brought-values.ts';
import { checkRecord } from '#engine/check-status.ts';
import { compileLaneResource, withEnvironment } from '#engine/lane-resource.ts';
import { createMemoryValues } from '#engine/memory-values.ts';
import type { StoreError } from '#engine/ports.ts';
import { nothingPrinted } from '#engine/scratch-printed.ts';
import { stripDocument } from '#engine/stripped-code.ts';
import { tryResource } from '#engine/try-resource.ts';
import type { StorageState, WorkspaceEvent, WorkspacePort } from '#engine/workspace-port.ts';
import type { Materialization } from '#model/asset-state.ts';
import { type CheckRecord, checkPlace } from '#model/checks/check-state.ts';
import { emptyDocument, type ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { asProjectId, asRunId, type ProjectId } from '#model/ids.ts';
import { parseDocument } from '#model/parse-document.ts';
import { adoptFiles } from './adopt-files.ts';
import { readLocation } from './code-locations.ts';
import { createFileDecoder, matchSideFiles, readDataFile, type SideFile } from './data-files.ts';
import { createFileImports, type StreamHash } from './file-imports.ts';
import { listKeptSecrets } from './kept-secrets.ts';
import { readStoredDocument } from './open-document.ts';
import { openSession, type ProjectSession, type SessionDeps } from './project-session.ts';
import { createProjectShelf } from './project-shelf.ts';
import { planValuePruning, pruneValues } from './prune-values.ts';
import type { SafetyCopies } from './safety-copies.ts';
import { createValueReader } from './value-reader.ts';

export interface WorkspaceDeps extends Omit<SessionDeps, 'decodeFile' | 'readValue' | 'emit' | 'memory'> {
  readonly storage: StorageState;
  readonly copies?: SafetyCopies;
  newHash(): Promise<StreamHash>;
  /** Lets other work of this worker run between the pieces of a long one. */
  pause?(): Promise<void>;
}

export function createWorkspace(deps: WorkspaceDeps): WorkspacePort {
  const { store, clock, newId, sha256 } = deps;
  const listeners = new Set<(event: WorkspaceEvent) => void>();
  const memory = createMemoryValues();
  // What another project made lies in that project's packs.
  const reader = createValueReader({
    ...deps,
    memory,
    store: {
      async listDeletedPacks(projectId) {
        const places = [projectId, ...(openOne(projectId)?.linkedProjects() ?? [])];
        const lists = await Promise.all(places.map((place) => store.listDeletedPacks(place)));
        return new Set(lists.flatMap((list) => [...list]));
      },
      async readPack(projectId, packId) {
        const own = await store.readPack(projectId, packId);
        if (own) return own;
        for (const other of openOne(projectId)?.linkedProjects() ?? []) {
          const found = await store.readPack(other, packId);
          if (found) return found;
        }
        return undefined;
      },
    },
  });
  const shelf = createProjectShelf(deps);
  let session: ProjectSession | undefined;
  let { storage } = deps;
  let eventsAreWanted = false;
  let openings = 0;

  function emit(event: WorkspaceEvent): void {
    if (event.type === 'run-events' && !eventsAreWanted) return;
    if (event.type === 'storage') storage = event.state;
    for (const listener of listeners) listener(event);
  }

  const imports = createFileImports({ ...deps, emit });
  const sessionDeps: SessionDeps = {
    ...deps,
    emit,
    memory,
    readValue: (projectId) => (ref) => reader.read(projectId, ref),
    decodeFile: (projectId, history) => createFileDecoder(deps, projectId, history),
  };

  const openOne = (projectId: ProjectId): ProjectSession | undefined =>
    session?.projectId === projectId ? session : undefined;

  async function newestDocument(projectId: ProjectId): Promise<ProjectDocument> {
    const document =
      openOne(projectId)?.history().document ??
      (await readStoredDocument(store, projectId))?.history.document;
    if (!document) throw new Error('The project is not in this browser any more.');
    return document;
  }

  /** A failed write is said aloud, whoever asked for it, and so is the first that works again. */
  function noticed<T, E extends { readonly type: string }>(
    result: Result<T, E | StoreError>,
  ): Result<T, E | StoreError> {
    if (!result.ok && isStoreError(result.error))
      emit({ type: 'storage', state: { type: 'failing', error: result.error } });
    else if (result.ok && storage.type === 'failing') emit({ type: 'storage', state: deps.storage });
    return result;
  }

  /** Tells this tab's page and the other tabs when it worked. */
  function changed<T, E extends { readonly type: string }>(
    result: Result<T, E | StoreError>,
    projectId: ProjectId,
  ): Result<T, E | StoreError> {
    if (noticed(result).ok) {
      emit({ type: 'projects-changed' });
      deps.channel.post({ type: 'projects-changed', projectId });
    }
    return result;
  }

  deps.channel.listen((message) => {
    if (message.type === 'projects-changed') emit({ type: 'projects-changed' });
  });
  void shelf.purge().then(
    async (purged) => {
      for (const projectId of purged) {
        await deps.copies?.drop(projectId);
        await deps.secrets.removeAll(projectId);
      }
    },
    () => undefined, // Tried again at the next start.
  );

  function closeIf(projectId: ProjectId): void {
    if (session?.projectId !== projectId) return;
    session.close();
    session = undefined;
  }

  async function addProject(
    document: ProjectDocument,
    files: readonly { readonly sha256: string; readonly bytes: Uint8Array }[],
    brought: Brought = {},
  ): Promise<Result<ProjectId, StoreError>> {
    const projectId = asProjectId(newId());
    const now = clock.now();
    const row = {
      projectId,
      name: document.info.name,
      createdAt: now,
      updatedAt: now,
      openedAt: now,
      assetCount: document.assets.size,
    };
    const made = runOfBrought(document, brought, {
      runId: asRunId(newId()),
      packId: newId(),
      now,
      sha256,
      values: deps.values,
    });
    const added = noticed(
      made
        ? await store.restoreProject({
            row,
            checkpoint: { seq: 0, documentText: formatDocument(document) },
            log: [],
            files: [],
            segments: [made.segment],
            runs: [made.run],
            packs: [made.pack],
          })
        : await store.createProject(row, formatDocument(document)),
    );
    if (!added.ok) return added;
    for (const file of files) {
      const put = noticed(await store.putFile(projectId, file.sha256, file.bytes));
      if (put.ok) continue;
      // All or nothing: a project without its data is not left behind.
      await store.deleteProject(projectId);
      return put;
    }
    deps.copies?.keep(projectId, document);
    return changed(ok(projectId), projectId);
  }

  return {
    storageState: async () => storage,
    listProjects: () => store.listProjects(),
    async readLocation(projectId) {
      const row = (await store.listProjects()).find((project) => project.projectId === projectId);
      return row && readLocation(store, row);
    },
    createProject: (name) => addProject(emptyDocument(name), []),
    async importProject(text, sideFiles, brought) {
      const parsed = parseDocument(text);
      if (!parsed.ok) return err({ type: 'BadDocument', problems: parsed.error });
      const files = matchSideFiles(parsed.value, sideFiles, sha256);
      if (!files.ok) return err({ type: 'FileMismatch', path: files.error.path });
      return addProject(parsed.value, files.value, brought);
    },
    async exportProject(projectId) {
      const document = await newestDocument(projectId);
      const sideFiles: SideFile[] = [];
      for (const file of document.files.values()) {
        if (file.data !== undefined) continue;
        const bytes = await readDataFile(deps, projectId, file);
        if (bytes.ok) sideFiles.push({ path: file.path, bytes: bytes.value });
      }
      return { text: formatDocument(document), sideFiles };
    },
    stripProject: async (projectId) => stripDocument(await newestDocument(projectId), deps.compiler.strip),
    backupProject: shelf.backUp,
    backupAll: shelf.backUpAll,
    async restoreBackup(bytes) {
      const restored = await shelf.restore(bytes);
      return changed(restored, restored.ok ? restored.value[0]! : asProjectId(''));
    },
    async renameProject(projectId, name) {
      const renamed = await shelf.rename(projectId, name);
      if (renamed.ok) deps.channel.post({ type: 'log-grew', projectId });
      return changed(renamed, projectId);
    },
    async duplicateProject(projectId, name) {
      return changed(await shelf.duplicate(projectId, name), projectId);
    },
    async discardProject(projectId) {
      closeIf(projectId);
      return changed(await shelf.discard(projectId), projectId);
    },
    async recoverProject(projectId) {
      return changed(await shelf.recover(projectId), projectId);
    },
    listDiscarded: shelf.listDiscarded,
    async deleteProject(projectId) {
      closeIf(projectId);
      const deleted = await store.deleteProject(projectId);
      if (deleted.ok) {
        await deps.copies?.drop(projectId);
        await deps.secrets.removeAll(projectId);
      }
      return changed(deleted, projectId);
    },

    async openProject(projectId) {
      session?.close();
      session = undefined;
      openings += 1;
      const mine = openings;
      const opened = await openSession(projectId, sessionDeps);
      // Another project was asked for meanwhile: this one is not kept open behind it.
      if (mine !== openings) {
        opened?.close();
        return undefined;
      }
      session = opened;
      if (opened) deps.copies?.keep(projectId, opened.history().document);
      if (opened) await store.updateProject(projectId, { openedAt: clock.now() });
      return opened?.opened;
    },
    async closeProject() {
      openings += 1;
      session?.close();
      session = undefined;
    },
    async appendEntry(projectId, expectedSeq, entry) {
      const open = openOne(projectId);
      if (!open) return err({ type: 'StoreFailed', detail: 'The project is not open.' });
      const appended = noticed(await open.append(expectedSeq, entry));
      if (appended.ok) deps.copies?.keep(projectId, open.history().document);
      return appended;
    },
    async importFile(projectId, importId, file) {
      return noticed(await imports.importFile(projectId, importId, file));
    },
    cancelImport: imports.cancelImport,
    adoptFiles: async (projectId, sha256s) => noticed(await adoptFiles(store, projectId, sha256s)),
    async tryResource(projectId, key) {
      const document = openOne(projectId)?.history().document;
      const compiled = document && compileLaneResource(key, document, deps.compiler);
      if (!compiled)
        return { ok: false, durationMs: 0, logs: [], problem: `There is no resource “${key}” any more.` };
      if (!compiled.ok) {
        const { message, line, column } = compiled.error;
        return { ok: false, durationMs: 0, logs: [], problem: `Line ${line}, column ${column}: ${message}` };
      }
      const { resources, secrets } = await withEnvironment(new Map([[key, compiled.value]]), (name) =>
        deps.secrets.read(projectId, name),
      );
      return tryResource(resources.get(key)!, secrets, deps);
    },
    listSecrets: (projectId) => deps.secrets.names(projectId),
    listAllSecrets: () => listKeptSecrets(deps),
    putSecret: async (projectId, name, value) =>
      noticed(
        await (value === undefined
          ? deps.secrets.remove(projectId, name)
          : deps.secrets.put(projectId, name, value, clock.now())),
      ),
    readFile: (projectId, file) => readDataFile(deps, projectId, file),

    previewPlan: async (projectId, request) => openOne(projectId)?.previewPlan(request),
    async launch(projectId, request) {
      const open = openOne(projectId);
      return open ? open.launch(request) : err({ type: 'ProjectNotOpen' });
    },
    async cancel(projectId, runId) {
      await openOne(projectId)?.cancel(runId);
    },
    async evaluate(projectId, evaluationId, source) {
      const open = openOne(projectId);
      if (open) return open.scratchpad.evaluate(evaluationId, source);
      const outcome = { type: 'refused', error: { type: 'ProjectNotOpen' } } as const;
      return { outcome, printed: nothingPrinted, durationMs: 0 };
    },
    async stopEvaluation(projectId, evaluationId) {
      openOne(projectId)?.scratchpad.stop(evaluationId);
    },
    runEvents: (projectId, runId) => store.readRunEvents(projectId, runId),
    async watchEvents(wanted) {
      eventsAreWanted = wanted;
    },
    listRuns: (projectId, limit) => store.listRuns(projectId, limit),
    readRun: (projectId, runId) => store.readRun(projectId, runId),
    planPruning: (projectId, keep) => planValuePruning(store, projectId, keep),
    async pruneValues(projectId, keep) {
      const fencing = openOne(projectId)?.fencing();
      if (fencing === undefined)
        return err({
          type: 'StoreFailed',
          detail: 'Another tab runs this project; remove old values there.',
        });
      return noticed(await pruneValues(store, projectId, fencing, keep));
    },
    async history(projectId, assetId, limit, before) {
      const list: Materialization[] = [];
      const head = openOne(projectId)?.index.heads.get(assetId)?.latest;
      const location = head?.location;
      let pointer = before ? before.previous : head?.pointer;
      while (pointer && list.length < limit) {
        const segment = await store.readSegment(location?.projectId ?? projectId, pointer.seq);
        const event = segment?.events[pointer.index];
        if (!event) break;
        const materialization = materializationOf(event, pointer);
        list.push(location ? { ...materialization, location } : materialization);
        pointer = materialization.previous;
      }
      return list;
    },
    async checkHistory(projectId, assetId, name, limit, before) {
      const all = openOne(projectId)?.index.checks.get(checkPlace(assetId, name))?.evaluations ?? [];
      const from = before?.pointer;
      const earlier = from
        ? all.filter(({ seq, index }) => seq < from.seq || (seq === from.seq && index < from.index))
        : all;
      const list: CheckRecord[] = [];
      for (const pointer of earlier.slice(-limit).reverse()) {
        const event = (await store.readSegment(projectId, pointer.seq))?.events[pointer.index];
        const record = event && checkRecord(event, pointer);
        if (record) list.push(record);
      }
      return list;
    },
    async restore(projectId, assetId, from) {
      const open = openOne(projectId);
      if (!open) return err({ type: 'ProjectNotOpen' });
      return noticed(await open.restore(assetId, from.pointer));
    },
    // A copy: what is sent away must not be a part of bytes that are still needed here.
    valueBytes: async (projectId, ref) => (await reader.read(projectId, ref))?.slice(),
    preview: (projectId, ref) => reader.preview(projectId, ref),
    tableRows: (projectId, ref, from, to) => reader.rows(projectId, ref, from, to),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const storeErrorTypes: readonly string[] = ['Fenced', 'NewerSchema', 'QuotaExceeded', 'StoreFailed'];

const isStoreError = (error: { readonly type: string }): error is StoreError =>
  storeErrorTypes.includes(error.type);
