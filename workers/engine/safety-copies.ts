// A second copy of each project's definitions, outside the database: a browser that is killed at the wrong moment
// may find its database unreadable later, and silently starts an empty one (seen with Chromium 156). Runs and
// values are not in the copy.

import type { Clock, Store } from '#engine/ports.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { asProjectId, type ProjectId } from '#model/ids.ts';
import { parseDocument } from '#model/parse-document.ts';
import type { BigFiles } from '#storage/big-files.ts';

export interface SafetyCopies {
  /** Writes a copy soon; of several in a row the last one. */
  keep(projectId: ProjectId, document: ProjectDocument): void;
  drop(projectId: ProjectId): Promise<void>;
  /** Brings back every project that has a copy and is not in the store; answers with their names. */
  restoreLost(store: Store): Promise<readonly string[]>;
}

const fileName = 'project.headwater.json';
const soonMs = 400;
/** Writing out a large project takes a while: it is done less often. */
const msPerAsset = 0.5;

/** `onFailed` hears of a copy that could not be written; the work itself is safe in the store. */
export function createSafetyCopies(
  files: BigFiles,
  clock: Clock,
  onFailed: (thrown: unknown) => void,
): SafetyCopies {
  const waiting = new Map<ProjectId, ProjectDocument>();
  let writing: Promise<void> = Promise.resolve();

  async function write(projectId: ProjectId): Promise<void> {
    const document = waiting.get(projectId);
    if (!document) return;
    waiting.delete(projectId);
    await files.write(projectId, fileName, new TextEncoder().encode(formatDocument(document)));
  }

  /** One after another, so that a copy and its removal cannot overtake each other. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    writing = writing.then(work).catch(onFailed);
    return writing;
  }

  async function restore(store: Store, projectId: ProjectId): Promise<string | undefined> {
    const bytes = await files.read(projectId, fileName);
    const text = bytes && new TextDecoder().decode(bytes);
    const parsed = text === undefined ? undefined : parseDocument(text);
    if (text === undefined || !parsed?.ok) return undefined;
    const now = clock.now();
    const { info, assets } = parsed.value;
    const row = {
      projectId,
      name: info.name,
      createdAt: now,
      updatedAt: now,
      openedAt: now,
      assetCount: assets.size,
    };
    return (await store.createProject(row, text)).ok ? info.name : undefined;
  }

  return {
    keep(projectId, document) {
      const isWaiting = waiting.has(projectId);
      waiting.set(projectId, document);
      if (isWaiting) return;
      clock.after(soonMs + document.assets.size * msPerAsset, () => {
        void inTurn(() => write(projectId));
      });
    },
    drop(projectId) {
      waiting.delete(projectId);
      return inTurn(() => files.removeFolder(projectId));
    },
    async restoreLost(store) {
      const rows = [...(await store.listProjects()), ...(await store.listDiscarded()).map(({ row }) => row)];
      const known = new Set(rows.map((row) => row.projectId));
      const names: string[] = [];
      for (const { folder, name } of await files.list()) {
        const projectId = asProjectId(folder);
        if (name !== fileName || known.has(projectId)) continue;
        const restored = await restore(store, projectId);
        if (restored !== undefined) names.push(restored);
      }
      return names;
    },
  };
}
