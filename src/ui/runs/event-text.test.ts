import { describe, expect, it } from 'vitest';
import type { RunEvent } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { type EventFilter, eventText, matchesFilter } from './event-text.ts';

const event = (more: Partial<RunEvent>): RunEvent => ({
  type: 'LOG',
  runId: asRunId('r'),
  timestamp: 1,
  ...more,
});
const all: EventFilter = { text: '', step: undefined, level: 'everything' };

describe('events of a run', () => {
  it('are found by text, step and level', () => {
    const line = event({ stepKey: 'a', level: 'WARNING', message: 'Slow network' });
    expect(matchesFilter(line, all)).toBe(true);
    expect(matchesFilter(line, { ...all, text: 'NETWORK' })).toBe(true);
    expect(matchesFilter(line, { ...all, step: 'b' })).toBe(false);
    expect(matchesFilter(line, { ...all, level: 'warnings' })).toBe(true);
    expect(matchesFilter(line, { ...all, level: 'errors' })).toBe(false);
    expect(matchesFilter(event({ type: 'STEP_FAILURE' }), { ...all, level: 'errors' })).toBe(true);
    expect(matchesFilter(event({ type: 'STEP_START' }), { ...all, level: 'log' })).toBe(false);
  });

  it('say what happened when they bring no message', () => {
    expect(eventText(event({ type: 'STEP_SUCCESS', durationMs: 12 }))).toBe('Finished in 12 ms');
    expect(eventText(event({ type: 'ASSET_FAILED_TO_MATERIALIZE', reason: 'USER_TERMINATION' }))).toBe(
      'Did not materialize: the run was canceled',
    );
  });
});
