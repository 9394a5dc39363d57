import { expect, test } from 'vitest';
import type { RunEvent, ValueRef } from '#model/events.ts';
import { asAssetId, asRunId } from '#model/ids.ts';
import { emptyIndex, foldSegment } from './asset-index.ts';
import type { EventSegment } from './ports.ts';
import { planWipe } from './wipe.ts';

const [a, b] = [asAssetId('a'), asAssetId('b')];

function segment(seq: number, ...made: (readonly [RunEvent['type'], string, string?])[]): EventSegment {
  const runId = asRunId(`run-${seq}`);
  const events = made.map(([type, key, pack]): RunEvent => {
    const event = { type, runId, timestamp: seq, assetKey: key, assetId: asAssetId(key) };
    if (pack === undefined) return event;
    const value: ValueRef = { hash: '', pack, offset: 0, length: 1, summary: { kind: 'int' } };
    return { ...event, value };
  });
  return { seq, runId, events };
}

const made = (key: string, pack: string) => ['ASSET_MATERIALIZATION', key, pack] as const;

test('a wipe is written under the newest run of each asset, and gives up packs that nobody else needs', () => {
  const segments = [
    segment(1, made('a', 'both'), made('b', 'both')),
    segment(2, made('a', 'own')),
    segment(3, made('b', 'other')),
  ];
  const wipe = planWipe(segments, new Set([a]));
  expect([...wipe.assets]).toEqual([a]);
  expect([...wipe.byRun]).toEqual([[asRunId('run-2'), [a]]]);
  expect(wipe.packs).toEqual(['own']);
  expect(planWipe(segments, 'all').packs).toEqual(['both', 'own', 'other']);
});

test('what was wiped has no history until it is made again; a shared pack goes with its last owner', () => {
  const segments = [segment(1, made('a', 'both'), made('b', 'both')), segment(2, ['ASSET_WIPED', 'a'])];
  expect(planWipe(segments, new Set([a])).assets.size).toBe(0);
  expect(planWipe(segments, new Set([b])).packs).toEqual(['both']);
  const index = emptyIndex();
  for (const each of segments) foldSegment(index, each);
  expect([...index.heads.keys()]).toEqual([b]);
  foldSegment(index, segment(3, made('a', 'new')));
  expect(index.heads.get(a)?.latest?.previous).toBe(undefined);
});
