// The projects of this browser as code locations of one workspace: whether each loads, what is in it, and what an
// external asset of one finds in another. Dagster: code location; external assets meet by their keys.

import { type AssetIndex, emptyIndex, foldSegment } from '#engine/asset-index.ts';
import type { ProjectRow, Store } from '#engine/ports.ts';
import type { CodeLocation } from '#engine/workspace-port.ts';
import type { Materialization } from '#model/asset-state.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { AssetId, ProjectId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import { readStoredDocument } from './open-document.ts';
import { readableSegments } from './readable-runs.ts';

/** One project as a location; reads all of its definitions, runs nothing. */
export async function readLocation(store: Store, row: ProjectRow): Promise<CodeLocation> {
  const base = { projectId: row.projectId, name: row.name, updatedAt: row.updatedAt };
  try {
    const stored = await readStoredDocument(store, row.projectId);
    if (!stored)
      return { ...base, state: { type: 'failed', detail: 'The project is not in this browser any more.' } };
    const { document } = stored.history;
    return {
      ...base,
      state: {
        type: 'loaded',
        keys: [...document.assets.values()].filter(({ kind }) => kind !== 'external').map(({ key }) => key),
        checks: document.checks.size,
        resources: document.resources.size,
        problems: validateDocument(document),
        dependsOn: [...new Set(linksOf(document).map(({ location }) => location))].sort(),
      },
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ...base, state: { type: 'failed', detail } };
  }
}

interface Link {
  readonly id: AssetId;
  readonly key: string;
  readonly location: string;
}

/** The external assets of a document that name the project they come from. */
export const linksOf = (document: ProjectDocument): readonly Link[] =>
  [...document.assets.values()].flatMap((asset) =>
    asset.kind === 'external' && asset.location !== undefined
      ? [{ id: asset.id, key: asset.key, location: asset.location }]
      : [],
  );

export interface LinkedAssets {
  /** Other projects may have changed: looks again, one look after another. */
  lookAgain(): Promise<void>;
  /** Looks again when other assets are linked than before. */
  documentChanged(): void;
  /** The projects that are linked. */
  projects(): ReadonlySet<ProjectId>;
}

interface LinkedDeps {
  readonly store: Store;
  readonly own: ProjectId;
  readonly index: AssetIndex;
  document(): ProjectDocument;
  onTouched(ids: readonly AssetId[]): void;
  onFailed(detail: string): void;
}

/**
 * Puts what other projects have materialized into the index of this one, as the latest of its external assets: so
 * it counts in staleness, and is loaded, like any other. Of several projects of a name, the one opened last is meant.
 */
export function createLinkedAssets({ store, own, index, ...deps }: LinkedDeps): LinkedAssets {
  let linked = new Map<AssetId, ProjectId>();
  let known = '[]';
  let looking: Promise<void> = Promise.resolve();
  const logs = new Map<ProjectId, AssetIndex>();

  async function logOf(projectId: ProjectId): Promise<AssetIndex> {
    const log = logs.get(projectId) ?? emptyIndex();
    logs.set(projectId, log);
    for await (const segment of readableSegments(store, projectId, log)) foldSegment(log, segment);
    return log;
  }

  async function find({ key, location }: Link, rows: readonly ProjectRow[]) {
    for (const { projectId, name } of rows) {
      if (name !== location) continue;
      const document = (await readStoredDocument(store, projectId))?.history.document;
      const asset = [...(document?.assets.values() ?? [])].find(
        (candidate) => candidate.key === key && candidate.kind !== 'external',
      );
      if (!asset) continue;
      const latest = (await logOf(projectId)).heads.get(asset.id)?.latest;
      return { projectId, latest: latest && { ...latest, location: { projectId, name } } };
    }
    return undefined;
  }

  /** Says whether anything is different now. */
  function put(id: AssetId, latest: Materialization | undefined): boolean {
    const before = index.heads.get(id)?.latest;
    if (latest ? isSame(before, latest) : !before?.location) return false;
    if (latest) index.heads.set(id, { latest });
    else index.heads.delete(id);
    return true;
  }

  async function look(): Promise<void> {
    const links = linksOf(deps.document());
    known = JSON.stringify(links);
    const before = linked;
    linked = new Map();
    const touched: AssetId[] = [];
    if (links.length > 0) {
      const rows = (await store.listProjects()).filter(({ projectId }) => projectId !== own);
      const newestFirst = rows.toSorted((a, b) => b.openedAt - a.openedAt);
      for (const link of links) {
        const found = await find(link, newestFirst);
        if (found) linked.set(link.id, found.projectId);
        if (put(link.id, found?.latest)) touched.push(link.id);
      }
    }
    for (const id of before.keys())
      if (!links.some((link) => link.id === id) && put(id, undefined)) touched.push(id);
    deps.onTouched(touched);
  }

  const lookAgain = (): Promise<void> => {
    looking = looking.then(look).catch((error: unknown) => deps.onFailed(String(error)));
    return looking;
  };
  return {
    lookAgain,
    documentChanged() {
      if (JSON.stringify(linksOf(deps.document())) !== known) void lookAgain();
    },
    projects: () => new Set(linked.values()),
  };
}

const isSame = (a: Materialization | undefined, b: Materialization): boolean =>
  a?.location?.projectId === b.location?.projectId &&
  a?.pointer.seq === b.pointer.seq &&
  a.pointer.index === b.pointer.index;
