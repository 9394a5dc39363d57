import { expect, test } from 'vitest';
import { latestTick, nextTick, parseCron } from './cron.ts';

const cronOf = (text: string) => {
  const cron = parseCron(text);
  if (!cron.ok) throw new Error(cron.error);
  return cron.value;
};

/** The moment at which the clock of a zone first shows a time. */
function moment(local: string, timeZone: string): number {
  const utc = Date.parse(`${local}Z`);
  const shown = (ms: number) => new Date(ms).toLocaleString('sv', { timeZone }).replace(' ', 'T');
  for (let hours = -14; hours <= 12; hours += 0.25)
    if (shown(utc + hours * 3_600_000) === local) return (utc + hours * 3_600_000) / 1000;
  throw new Error(`${local} is not shown in ${timeZone}.`);
}

// What Dagster 1.13.28 answers.
test.each([
  ['0 9 * * *', '2026-11-21T09:00:00', 'UTC', '2026-11-21T09:00:00+00:00', '2026-11-21T09:00:00+00:00'],
  ['0 9 * * *', '2026-11-21T09:00:01', 'UTC', '2026-11-21T09:00:00+00:00', '2026-11-22T09:00:00+00:00'],
  ['0 9 * * *', '2026-11-21T08:59:59', 'UTC', '2026-11-20T09:00:00+00:00', '2026-11-21T09:00:00+00:00'],
  [
    '30 2 * * *',
    '2026-03-29T12:00:00',
    'Europe/Berlin',
    '2026-03-29T03:00:00+02:00',
    '2026-03-30T02:30:00+02:00',
  ],
  [
    '30 2 * * *',
    '2026-03-29T03:10:00',
    'Europe/Berlin',
    '2026-03-29T03:00:00+02:00',
    '2026-03-30T02:30:00+02:00',
  ],
  [
    '30 2 * * *',
    '2026-03-28T12:00:00',
    'Europe/Berlin',
    '2026-03-28T02:30:00+01:00',
    '2026-03-29T03:00:00+02:00',
  ],
  [
    '30 2 * * *',
    '2026-10-25T12:00:00',
    'Europe/Berlin',
    '2026-10-25T02:30:00+01:00',
    '2026-10-26T02:30:00+01:00',
  ],
  [
    '30 2 * * *',
    '2026-10-24T12:00:00',
    'Europe/Berlin',
    '2026-10-24T02:30:00+02:00',
    '2026-10-25T02:30:00+01:00',
  ],
  [
    '0 * * * *',
    '2026-10-25T02:30:00',
    'Europe/Berlin',
    '2026-10-25T02:00:00+02:00',
    '2026-10-25T02:00:00+01:00',
  ],
  [
    '0 * * * *',
    '2026-03-29T01:30:00',
    'Europe/Berlin',
    '2026-03-29T01:00:00+01:00',
    '2026-03-29T03:00:00+02:00',
  ],
  [
    '*/15 * * * *',
    '2026-10-25T02:50:00',
    'Europe/Berlin',
    '2026-10-25T02:45:00+02:00',
    '2026-10-25T02:00:00+01:00',
  ],
  [
    '*/15 1-3 * * *',
    '2026-10-25T02:50:00',
    'Europe/Berlin',
    '2026-10-25T01:45:00+02:00',
    '2026-10-25T02:00:00+01:00',
  ],
  [
    '0 2 * * *',
    '2026-03-29T12:00:00',
    'Europe/Berlin',
    '2026-03-29T03:00:00+02:00',
    '2026-03-30T02:00:00+02:00',
  ],
  [
    '0 3 * * *',
    '2026-03-29T12:00:00',
    'Europe/Berlin',
    '2026-03-29T03:00:00+02:00',
    '2026-03-30T03:00:00+02:00',
  ],
  [
    '0 0 * * 1',
    '2026-11-21T00:00:00',
    'America/New_York',
    '2026-11-16T00:00:00-05:00',
    '2026-11-23T00:00:00-05:00',
  ],
  [
    '0 0 1 * *',
    '2026-11-21T00:00:00',
    'America/New_York',
    '2026-11-01T00:00:00-04:00',
    '2026-12-01T00:00:00-05:00',
  ],
  ['0 0 13 * 5', '2026-11-12T00:00:00', 'UTC', '2026-11-06T00:00:00+00:00', '2026-11-13T00:00:00+00:00'],
  ['0 0 31 * *', '2026-11-21T00:00:00', 'UTC', '2026-10-31T00:00:00+00:00', '2026-12-31T00:00:00+00:00'],
  ['0 0 29 2 *', '2026-11-21T00:00:00', 'UTC', '2024-02-29T00:00:00+00:00', '2028-02-29T00:00:00+00:00'],
  [
    '@daily',
    '2026-11-21T10:00:00',
    'Europe/Berlin',
    '2026-11-21T00:00:00+01:00',
    '2026-11-22T00:00:00+01:00',
  ],
  [
    '@hourly',
    '2026-11-21T10:10:00',
    'Europe/Berlin',
    '2026-11-21T10:00:00+01:00',
    '2026-11-21T11:00:00+01:00',
  ],
  [
    '@weekly',
    '2026-11-21T10:10:00',
    'Europe/Berlin',
    '2026-11-15T00:00:00+01:00',
    '2026-11-22T00:00:00+01:00',
  ],
  [
    '@monthly',
    '2026-11-21T10:10:00',
    'Europe/Berlin',
    '2026-11-01T00:00:00+01:00',
    '2026-12-01T00:00:00+01:00',
  ],
  [
    '5,10-20/5 8-18 * jan,mar mon-fri',
    '2026-11-21T10:10:00',
    'Europe/Berlin',
    '2026-03-31T18:20:00+02:00',
    '2027-01-01T08:05:00+01:00',
  ],
  [
    '0 0 * * 7',
    '2026-11-21T10:10:00',
    'Europe/Berlin',
    '2026-11-15T00:00:00+01:00',
    '2026-11-22T00:00:00+01:00',
  ],
  [
    '0 0 * * sun',
    '2026-11-21T10:10:00',
    'Europe/Berlin',
    '2026-11-15T00:00:00+01:00',
    '2026-11-22T00:00:00+01:00',
  ],
  ['0 12 L * *', '2026-11-21T10:10:00', 'UTC', '2026-10-31T12:00:00+00:00', '2026-11-30T12:00:00+00:00'],
  [
    '15 1 * * *',
    '2026-11-01T12:00:00',
    'America/New_York',
    '2026-11-01T01:15:00-05:00',
    '2026-11-02T01:15:00-05:00',
  ],
  [
    '15 1 * * *',
    '2026-10-31T12:00:00',
    'America/New_York',
    '2026-10-31T01:15:00-04:00',
    '2026-11-01T01:15:00-05:00',
  ],
  [
    '0 2 * * *',
    '2026-03-08T12:00:00',
    'America/New_York',
    '2026-03-08T03:00:00-04:00',
    '2026-03-09T02:00:00-04:00',
  ],
])('%s at %s in %s ticked last at %s and next at %s', (text, at, zone, latest, next) => {
  const now = moment(at, zone);
  expect(latestTick(cronOf(text), now, zone)).toBe(Date.parse(latest) / 1000);
  expect(nextTick(cronOf(text), now, zone)).toBe(Date.parse(next) / 1000);
});

test.each([
  '5-1 * * * *',
  '0 0 L * *',
  '0 0 ? * *',
  '0 0 * * *  ',
  '*/7 * * * *',
  '1-5/2 * * * *',
  '0 0 * * fri-mon',
  '0 22-4 * * *',
  '@yearly',
  '@annually',
  '@midnight',
  '0 0 1,15 * 1',
])('“%s” is a cron expression, as in Dagster', (text) => {
  expect(parseCron(text)).toMatchObject({ ok: true });
});

test.each([
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '0 0 31 2 *',
  'a * * * *',
  '*/0 * * * *',
  '0 0 * * 8',
  '0 24 * * *',
  '@foo',
  '0 0 0 * *',
  '0 0 * 13 *',
  '',
  '@reboot',
])('“%s” is none, as in Dagster', (text) => {
  expect(parseCron(text)).toMatchObject({ ok: false });
});

test('what is wrong is said', () => {
  expect(parseCron('61 * * * *')).toEqual({
    ok: false,
    error: '“61 * * * *” is no cron expression: “61” is no minute.',
  });
  expect(parseCron('0 0 * * 5#2')).toMatchObject({ ok: false });
  expect(() => latestTick(cronOf('@daily'), 0, 'Mars/Base')).toThrow(RangeError);
});
