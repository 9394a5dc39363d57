import { describe, expect, it } from 'vitest';
import type { AssetState, Materialization } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { asAssetId, asRunId } from '#model/ids.ts';
import { nodeText, splitName } from './node-text.ts';

const now = 1_800_000_000_000;
const assetId = asAssetId('a');
const asset: Asset = { id: assetId, kind: 'asset', key: 'orders', position: { x: 0, y: 0 }, body: '' };

const latest = (summary: {
  kind: string;
  count?: number;
  columns?: number;
  text?: string;
}): Materialization => ({
  pointer: { seq: 1, index: 0 },
  runId: asRunId('r'),
  timestamp: now / 1000 - 120,
  durationMs: 1,
  codeVersion: 'c',
  dataVersion: 'd',
  dataVersionIsUserProvided: false,
  inputVersions: {},
  metadata: {},
  value: { hash: '', pack: '', offset: 0, length: 0, summary },
});

const state = (rest: Partial<AssetState>): AssetState => ({
  assetId,
  status: 'materialized',
  staleCauses: [],
  ...rest,
});

describe('the second line of a node', () => {
  it('says when and how much', () => {
    const rows = latest({ kind: 'table', count: 1461, columns: 6 });
    expect(nodeText(asset, state({ latest: rows }), now).text).toBe('2 min ago · 1,461 rows');
    const one = latest({ kind: 'number', text: '42' });
    expect(nodeText(asset, state({ latest: one }), now).text).toBe('2 min ago · 42');
  });

  it('says that there is nothing yet, or that it is made elsewhere', () => {
    expect(nodeText(asset, undefined, now).text).toBe('Never materialized');
    const external: Asset = { id: assetId, kind: 'external', key: 'rates', position: { x: 0, y: 0 } };
    expect(nodeText(external, undefined, now).text).toBe('Made elsewhere');
  });

  it('says how far a running step is', () => {
    const running = state({ status: 'running', progress: { fraction: 0.42, message: 'Reading 2014' } });
    expect(nodeText(asset, running, now)).toEqual({ text: 'Reading 2014 · 42 %', tone: 'accent' });
    expect(nodeText(asset, state({ status: 'running' }), now).text).toBe('Running');
  });

  it('says what a failure said, in one line', () => {
    const failed = state({
      status: 'failed',
      failure: { runId: asRunId('r'), timestamp: 0, error: { name: 'TypeError', message: 'no\nmore' } },
    });
    expect(nodeText(asset, failed, now)).toEqual({ text: 'TypeError: no', tone: 'red' });
  });

  it('leaves room for the reasons of staleness', () => {
    const stale = state({ status: 'stale', latest: latest({ kind: 'table', count: 5, columns: 1 }) });
    expect(nodeText(asset, stale, now).text).toBe('2 min ago');
  });
});

describe('a name on a node', () => {
  it('keeps its tail apart when it is long, and is whole together', () => {
    expect(splitName('orders')).toEqual({ head: 'orders', tail: '' });
    const { head, tail } = splitName('heat_waves_of_the_last_ten_years');
    expect(head + tail).toBe('heat_waves_of_the_last_ten_years');
    expect(tail).toBe('en_years');
  });
});
