import { expect, test } from 'vitest';
import type { EventType, RunEvent } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { opStateText } from './op-state-text.ts';
import { statesByOp } from './op-states.ts';

const event = (
  type: EventType,
  stepKey: string,
  timestamp: number,
  more: Partial<RunEvent> = {},
): RunEvent => ({
  type,
  runId: asRunId('r'),
  stepKey,
  timestamp,
  ...more,
});
const textOf = (events: readonly RunEvent[], op: string) =>
  opStateText(statesByOp(events, 'slow').get(op)).text;

test('an op says how its latest run went, and its tries', () => {
  const begun = [
    event('STEP_START', 'slow.fetch', 1),
    event('STEP_START', 'other.fetch', 1),
    event('STEP_UP_FOR_RETRY', 'slow.fetch', 2),
  ];
  expect(textOf(begun, 'fetch')).toBe('Try 1 failed, waiting to retry');
  const again = [...begun, event('STEP_RESTARTED', 'slow.fetch', 3)];
  expect(textOf(again, 'fetch')).toBe('Try 2');
  expect(textOf([...again, event('STEP_SUCCESS', 'slow.fetch', 4, { durationMs: 20 })], 'fetch')).toBe(
    '20 ms · 2 tries',
  );
  expect(textOf(again, 'clean')).toBe('Not run yet');
});

test('an op that runs once per value counts its values, and one that fails is what is told', () => {
  const events = [
    event('STEP_START', 'slow.double[one]', 1),
    event('STEP_SUCCESS', 'slow.double[one]', 2, { durationMs: 1 }),
    event('STEP_START', 'slow.double[two.b]', 1),
  ];
  expect(textOf(events, 'double')).toBe('Running · 1 of 2 values');
  const failed = event('STEP_FAILURE', 'slow.double[two.b]', 3, { error: { name: 'Error', message: 'no' } });
  expect(statesByOp([...events, failed], 'slow').get('double')?.status).toBe('FAILURE');
  expect(textOf([...events, failed], 'double')).toBe('Error: no');
});
