// Which stored values can be given up when only the newest few of each asset are kept. Values are written in
// packs of several, so a pack goes only when none of its values is to be kept.

import type { AssetId } from '#model/ids.ts';
import { isMemoryPack } from './memory-values.ts';
import type { EventSegment } from './ports.ts';

export interface ValueUse {
  readonly values: number;
  readonly bytes: number;
}

export interface Pruning {
  /** What can be given up, by pack. */
  readonly packs: readonly string[];
  readonly removable: ValueUse;
  /** Everything that events name, whether it can be given up or not. */
  readonly all: ValueUse;
  /** Old values that share a pack with one that is kept. */
  readonly heldBack: ValueUse;
}

interface Pack {
  readonly values: Map<number, number>;
  keeps: boolean;
  old: Map<number, number>;
}

/** `keep`: how many of the newest values of each asset stay, at least one. `gone`: packs without bytes already. */
export function planPruning(
  segments: Iterable<EventSegment>,
  keep: number,
  gone: ReadonlySet<string> = new Set(),
): Pruning {
  const byAsset = new Map<AssetId | string, { pack: string; offset: number }[]>();
  const packs = new Map<string, Pack>();
  const ofManagers = new Set<string>();
  for (const { events } of segments)
    for (const { type, value, managed, assetId, assetKey } of events) {
      // What an IO manager keeps, only it may give up.
      for (const { bytes } of managed?.files ?? []) if (bytes) ofManagers.add(bytes.pack);
      if (type !== 'ASSET_MATERIALIZATION' || !value || gone.has(value.pack) || isMemoryPack(value.pack))
        continue;
      const owner = assetId ?? assetKey ?? '';
      const list = byAsset.get(owner) ?? [];
      list.push({ pack: value.pack, offset: value.offset });
      byAsset.set(owner, list);
      const pack = packs.get(value.pack) ?? { values: new Map(), keeps: false, old: new Map() };
      pack.values.set(value.offset, value.length);
      packs.set(value.pack, pack);
    }
  const kept = new Set<string>();
  for (const id of ofManagers) {
    const pack = packs.get(id);
    if (pack) pack.keeps = true;
  }
  for (const list of byAsset.values())
    for (const { pack, offset } of list.slice(-Math.max(1, keep))) {
      packs.get(pack)!.keeps = true;
      kept.add(`${pack} ${offset}`);
    }
  for (const [id, pack] of packs)
    for (const [offset, length] of pack.values)
      if (!kept.has(`${id} ${offset}`)) pack.old.set(offset, length);
  const free = [...packs].filter(([, pack]) => !pack.keeps);
  return {
    packs: free.map(([id]) => id),
    removable: measure(free.map(([, { values }]) => values)),
    all: measure([...packs.values()].map(({ values }) => values)),
    heldBack: measure([...packs.values()].filter(({ keeps }) => keeps).map(({ old }) => old)),
  };
}

function measure(maps: readonly ReadonlyMap<number, number>[]): ValueUse {
  let values = 0;
  let bytes = 0;
  for (const map of maps) {
    values += map.size;
    for (const length of map.values()) bytes += length;
  }
  return { values, bytes };
}
