// `headwater wipe`: forgets what was materialized. Afterwards the assets are as if they had never been made.

import { rmSync } from 'node:fs';
import { planWipe } from '#engine/wipe.ts';
import { asAssetId, asTabId } from '#model/ids.ts';
import { similarKeys } from '#model/similar-keys.ts';
import { nodeClock } from '../node/node-clock.ts';
import { managedPath, openStorageIfAny, storagePath } from './open-storage.ts';
import type { Project } from './project.ts';
import { readSegments } from './project-history.ts';
import { unknownKeysText } from './select-assets.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { storageErrorText } from './words.ts';

interface WipeOptions {
  readonly keys: readonly string[] | 'all';
  readonly storage: string | undefined;
}

/** Prints the keys whose history is gone, one a line. */
export async function wipeProject(
  project: Project,
  { keys, storage }: WipeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const known = [...project.document.assets.values()].map(({ key }) => key);
  const path = storagePath(project, storage);
  const opened = await openStorageIfAny(path);
  if (opened && !opened.ok) {
    terminal.say(storageErrorText(path, opened.error));
    return 1;
  }
  const store = opened?.value;
  try {
    const segments = store ? await readSegments(store, project.projectId, terminal.say) : [];
    const wipe = planWipe(segments, keys === 'all' ? 'all' : new Set(keys.map(asAssetId)));
    const unknown = (keys === 'all' ? [] : keys).filter(
      (key) => !known.includes(key) && !wipe.assets.has(asAssetId(key)),
    );
    if (unknown.length > 0) {
      const hints = unknown.map((key) => ({ key, didYouMean: similarKeys(key, known).slice(0, 3) }));
      terminal.say(unknownKeysText(hints));
      return 2;
    }
    if (!store || wipe.assets.size === 0) {
      terminal.say(`Nothing is stored of ${keys === 'all' ? 'any asset' : keys.join(', ')}.`);
      return 0;
    }
    const { projectId } = project;
    const lease = await store.take(projectId, asTabId(`cli-${process.pid}`), nodeClock.now());
    if (!lease.ok) {
      terminal.say(storageErrorText(path, lease.error));
      return 1;
    }
    const { fencing } = lease.value;
    for (const [runId, assetIds] of wipe.byRun) {
      const run = await store.readRun(projectId, runId);
      if (!run) continue;
      const events = assetIds.map((assetId) => ({
        type: 'ASSET_WIPED' as const,
        timestamp: nodeClock.now() / 1000,
        runId,
        assetId,
        assetKey: assetId as string,
      }));
      const written = await store.commit({ projectId, runId, fencing, packs: [], events, run });
      if (!written.ok) {
        terminal.say(storageErrorText(path, written.error));
        return 1;
      }
    }
    const deleted = await store.deletePacks(projectId, fencing, wipe.packs);
    if (!deleted.ok) {
      terminal.say(storageErrorText(path, deleted.error));
      return 1;
    }
    // Which of a manager's bytes belong to which asset only the manager knows.
    if (keys === 'all') rmSync(managedPath(path, projectId), { recursive: true, force: true });
    terminal.out([...wipe.assets].sort().join('\n'));
    return 0;
  } finally {
    store?.close();
  }
}
