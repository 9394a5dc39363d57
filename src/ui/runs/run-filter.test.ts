import { describe, expect, it } from 'vitest';
import type { RunRecord } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { matchesRun } from './run-filter.ts';

const run: RunRecord = {
  runId: asRunId('4f2a-1'),
  status: 'INTERRUPTED',
  target: 'raw/orders, totals',
  trigger: 'retry',
  createdAt: 1,
  stepCount: 2,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  tags: { 'dagster/root_run_id': 'abcd' },
  fencing: 1,
  assetIds: [],
};

describe('the filter of runs', () => {
  it('asks for the status and for every word', () => {
    expect(matchesRun(run, { text: '', status: 'all' })).toBe(true);
    expect(matchesRun(run, { text: 'ORDERS re-execution', status: 'stopped' })).toBe(true);
    expect(matchesRun(run, { text: 'abcd', status: 'all' })).toBe(true);
    expect(matchesRun(run, { text: 'orders nobody', status: 'all' })).toBe(false);
    expect(matchesRun(run, { text: '', status: 'failed' })).toBe(false);
  });
});
