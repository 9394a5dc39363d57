import { describe, expect, test } from 'vitest';
import { defaultLaneLimits } from '#engine/lane-protocol.ts';
import { plainStep } from '#engine/plain-step.ts';
import { createReplyGuard, type ReplyGuard } from './reply-guard.ts';

const stepOf = (step: number) => plainStep(step, { key: `s${step}` });

function openGuard(steps: readonly number[], now?: () => number): ReplyGuard {
  const guard = createReplyGuard(now);
  guard.expect({ type: 'open', protocol: 1, runId: 'r', runTags: {}, limits: defaultLaneLimits });
  guard.expect({ type: 'segment', id: 1, module: '', libraries: [], steps: steps.map(stepOf) });
  return guard;
}

const report = (step: number, more: object = {}) => ({
  step,
  startedAt: 1,
  durationMs: 1,
  made: [],
  logs: [],
  outcome: { type: 'success' },
  ...more,
});
const reports = (...list: unknown[]) => ({ type: 'reports', reports: list, bytes: new Uint8Array(4) });
const line = { level: 'INFO', message: 'x', at: 1, source: 'log' };

describe('the guard of replies', () => {
  test('lets a whole honest run through', () => {
    const guard = openGuard([0, 1, 2]);
    guard.expect({ type: 'revoke', steps: [2] });
    const replies = [
      { type: 'ready' },
      { type: 'logs', step: 0, logs: [line] },
      { type: 'progress', step: 0, fraction: 0.5 },
      { type: 'revoked', steps: [2] },
      reports(
        report(0, {
          made: [
            {
              type: 'output',
              output: 0,
              value: { offset: 0, length: 4 },
              metadata: { n: { type: 'int', value: 1 } },
            },
          ],
        }),
        report(1, {
          logs: [line],
          outcome: {
            type: 'failure',
            allowRetries: true,
            error: { name: 'E', message: 'm', frames: [{ fn: 'f', line: 1, column: 2 }] },
          },
        }),
      ),
      { type: 'segment-done', id: 1 },
    ];
    for (const reply of replies) expect(guard.check(reply)).toEqual({ ok: true, value: reply });
  });

  test('lets 10,000 reports of one segment through', () => {
    const steps = Array.from({ length: 10_000 }, (_, i) => i);
    const guard = openGuard(steps);
    const batch = reports(...steps.map((step) => report(step)));
    expect(guard.check(batch)).toEqual({ ok: true, value: batch });
  });

  test('knows a step that was taken back and sent again before its first segment ended', () => {
    const guard = openGuard([0, 1]);
    guard.expect({ type: 'revoke', steps: [1] });
    expect(guard.check({ type: 'revoked', steps: [1] }).ok).toBe(true);
    guard.expect({ type: 'segment', id: 2, module: '', libraries: [], steps: [stepOf(1)] });
    const replies = [reports(report(0)), { type: 'segment-done', id: 1 }, reports(report(1))];
    for (const reply of replies) expect(guard.check(reply).ok).toBe(true);
  });

  test('takes the marker of a waiting step once', () => {
    const guard = openGuard([0]);
    expect([
      guard.isNewMarker(0),
      guard.isNewMarker(0),
      guard.isNewMarker(9),
      guard.isNewMarker('0'),
    ]).toEqual([true, false, false, false]);
    guard.check(reports(report(0)));
    expect(guard.isNewMarker(0)).toBe(false);
  });

  const forged: readonly (readonly [string, unknown])[] = [
    ['a marker over the port', 0],
    ['a second “ready”', { type: 'ready' }],
    ['a report of a step that was not sent', reports(report(7))],
    ['a report that comes twice', reports(report(0), report(0))],
    [
      'a value outside of the batch',
      reports(report(0, { made: [{ type: 'output', output: 0, value: { offset: 2, length: 3 } }] })),
    ],
    [
      'a value before the batch',
      reports(report(0, { made: [{ type: 'output', output: 0, value: { offset: -1, length: 1 } }] })),
    ],
    [
      'metadata of no known type',
      reports(
        report(0, { made: [{ type: 'output', output: 0, metadata: { x: { type: 'html', value: 1 } } }] }),
      ),
    ],
    [
      'metadata that is no JSON',
      reports(
        report(0, {
          made: [{ type: 'output', output: 0, metadata: { x: { type: 'json', value: new Map() } } }],
        }),
      ),
    ],
    ['an outcome that is none', reports(report(0, { outcome: { type: 'maybe' } }))],
    [
      'an error without frames',
      reports(
        report(0, { outcome: { type: 'failure', allowRetries: true, error: { name: 'E', message: 'm' } } }),
      ),
    ],
    ['bytes of another kind', { type: 'reports', reports: [], bytes: [1] }],
    ['steps given back unasked', { type: 'revoked', steps: [0] }],
    ['the end of a segment that was not sent', { type: 'segment-done', id: 2 }],
    ['logs of a step that was not sent', { type: 'logs', step: 5, logs: [] }],
    ['a log line of no level', { type: 'logs', step: 0, logs: [{ ...line, level: 'FATAL' }] }],
    ['progress past the end', { type: 'progress', step: 0, fraction: 2 }],
    ['no known type', { type: 'hello' }],
    ['nothing', undefined],
    ['a list', []],
  ];
  test.each(forged)('ends the lane at %s', (_name, reply) => {
    const guard = openGuard([0]);
    expect(guard.check({ type: 'ready' }).ok).toBe(true);
    expect(guard.check(reply)).toMatchObject({ ok: false, error: { type: 'ProtocolBroken' } });
  });

  test('ends the lane when a step sends more lines than its limit', () => {
    const guard = openGuard([0]);
    const logs = Array.from({ length: 10_000 }, () => line);
    expect(guard.check({ type: 'logs', step: 0, logs }).ok).toBe(true);
    expect(guard.check({ type: 'logs', step: 0, logs }).ok).toBe(true);
    expect(guard.check({ type: 'logs', step: 0, logs })).toMatchObject({ error: { type: 'OutOfCredit' } });
  });

  test('ends the lane at a flood of live messages, and not at ten a second for an hour', () => {
    let now = 0;
    const flooded = openGuard([0], () => now);
    const progress = { type: 'progress', step: 0, fraction: 0.5 };
    let passed = 0;
    while (flooded.check(progress).ok) passed += 1;
    expect(passed).toBeLessThanOrEqual(200);

    const patient = openGuard([0], () => now);
    for (let i = 0; i < 36_000; i++) {
      now += 100;
      if (!patient.check(progress).ok) throw new Error(`refused at ${i}`);
    }
  });
});
