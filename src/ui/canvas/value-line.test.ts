import { describe, expect, it } from 'vitest';
import type { Materialization } from '#model/asset-state.ts';
import type { MetadataEntries, ValueSummary } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { valueLine } from './value-line.ts';

const latest = (summary: ValueSummary | undefined, metadata: MetadataEntries = {}): Materialization => ({
  pointer: { seq: 1, index: 0 },
  runId: asRunId('r'),
  timestamp: 1,
  durationMs: 1,
  codeVersion: 'c',
  dataVersion: 'd',
  dataVersionIsUserProvided: false,
  inputVersions: {},
  metadata,
  ...(summary ? { value: { hash: '', pack: '', offset: 0, length: 0, summary } } : {}),
});

describe('the third line of a node', () => {
  it('is the text of a scalar', () => {
    expect(valueLine(latest({ kind: 'number', text: '42' }))).toBe('42');
  });

  it('is the first two facts that the body told, without those of the machinery', () => {
    const told: MetadataEntries = {
      'dagster/row_count': { type: 'int', value: 9 },
      error: { type: 'float', value: 1.25 },
      preview: { type: 'md', value: '| a |' },
      best: { type: 'text', value: 'ridge' },
      folds: { type: 'int', value: 5 },
    };
    expect(valueLine(latest({ kind: 'table', count: 9, columns: 3 }, told))).toBe('error 1.25 · best ridge');
  });

  it('is the shape of a value that nothing was told about', () => {
    expect(valueLine(latest({ kind: 'table', count: 9, columns: 3 }))).toBe('3 columns');
    expect(valueLine(latest({ kind: 'array', count: 9 }))).toBe('array');
    expect(valueLine(latest(undefined))).toBe('No value');
    expect(valueLine(undefined)).toBeUndefined();
  });
});
