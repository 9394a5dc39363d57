// Forgetting what was materialized. The log is only ever added to, so an event says that what went before it no
// longer counts; the values themselves are given up. Values are written in packs of several, so a pack goes when
// none of its values belongs to an asset that stays.

import type { AssetId, RunId } from '#model/ids.ts';
import type { EventSegment } from './ports.ts';

export interface Wipe {
  /** Of those asked for, the ones that have a history. */
  readonly assets: ReadonlySet<AssetId>;
  /** The newest run of each, under which its end is written. */
  readonly byRun: ReadonlyMap<RunId, readonly AssetId[]>;
  /** Packs of values that nothing needs any more. */
  readonly packs: readonly string[];
}

export function planWipe(segments: Iterable<EventSegment>, asked: ReadonlySet<AssetId> | 'all'): Wipe {
  const lastRun = new Map<AssetId, RunId>();
  const owners = new Map<string, Set<AssetId>>();
  for (const { events } of segments)
    for (const { type, assetId, runId, value } of events) {
      if (assetId === undefined) continue;
      if (type === 'ASSET_WIPED') {
        lastRun.delete(assetId);
        for (const of of owners.values()) of.delete(assetId);
        continue;
      }
      lastRun.set(assetId, runId);
      if (!value) continue;
      const of = owners.get(value.pack) ?? new Set();
      of.add(assetId);
      owners.set(value.pack, of);
    }
  const isAsked = (id: AssetId) => asked === 'all' || asked.has(id);
  const byRun = new Map<RunId, AssetId[]>();
  const assets = new Set<AssetId>();
  for (const [id, runId] of lastRun) {
    if (!isAsked(id)) continue;
    assets.add(id);
    const own = byRun.get(runId);
    if (own) own.push(id);
    else byRun.set(runId, [id]);
  }
  const packs = [...owners].filter(([, of]) => [...of].every(isAsked)).map(([pack]) => pack);
  return { assets, byRun, packs };
}
