import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '#model/events.ts';
import { asAssetId, asRunId } from '#model/ids.ts';
import type { EventSegment } from './ports.ts';
import { planPruning } from './retention.ts';

const made = (asset: string, pack: string, offset = 0, length = 10): RunEvent => ({
  type: 'ASSET_MATERIALIZATION',
  timestamp: 1,
  runId: asRunId('r'),
  assetId: asAssetId(asset),
  value: { hash: 'h', pack, offset, length, summary: { kind: 'number' } },
});
const log = (...events: RunEvent[]): EventSegment[] =>
  events.map((event, index) => ({ seq: index + 1, runId: asRunId('r'), events: [event] }));

describe('what retention gives up', () => {
  it('is all but the newest values of each asset', () => {
    const plan = planPruning(log(made('a', 'p1'), made('a', 'p2'), made('b', 'p3'), made('a', 'p4')), 1);
    expect(plan.packs).toEqual(['p1', 'p2']);
    expect(plan.removable).toEqual({ values: 2, bytes: 20 });
    expect(plan.all).toEqual({ values: 4, bytes: 40 });
  });

  it('leaves a pack that holds a kept value, and says what is held back', () => {
    const plan = planPruning(log(made('a', 'p1', 0), made('b', 'p1', 10), made('a', 'p2')), 1);
    expect(plan.packs).toEqual([]);
    expect(plan.heldBack).toEqual({ values: 1, bytes: 10 });
  });

  it('passes over what is gone already, and over a value that was restored later', () => {
    const events = [made('a', 'p1'), made('a', 'p2'), made('a', 'p3'), made('a', 'p1')];
    expect(planPruning(log(...events), 1, new Set(['p2'])).packs).toEqual(['p3']);
  });

  it('never takes the newest value of an asset, whatever was made', () => {
    const event = fc.record({ asset: fc.nat(4), pack: fc.nat(6), offset: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(event), fc.integer({ min: 0, max: 3 }), (events, keep) => {
        const list = events.map(({ asset, pack, offset }) => made(`a${asset}`, `p${pack}`, offset));
        const free = new Set(planPruning(log(...list), keep).packs);
        for (const asset of new Set(list.map(({ assetId }) => assetId))) {
          const newest = list.filter(({ assetId }) => assetId === asset).slice(-Math.max(1, keep));
          for (const { value } of newest) expect(free.has(value!.pack)).toBe(false);
        }
      }),
    );
  });
});
