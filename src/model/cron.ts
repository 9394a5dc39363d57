// Cron expressions and when they tick, in a time zone, as Dagster 1.13 reads them. Pure: now is handed in.

import { err, ok, type Result } from '#base/result.ts';

/** A cron expression that has been read. */
export interface Cron {
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Does it tick in every hour? Then also in both of an hour that the clock has twice. */
  readonly isHourly: boolean;
  /** From 1; 32 stands for the last day of the month. */
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** From 0, Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Days and weekdays are both limited: a day that fits either is one. */
  readonly isEitherDay: boolean;
}

const aliases: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdayNames = 'sun mon tue wed thu fri sat'.split(' ');
const lastDay = 32;

interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

const fields = {
  minute: { name: 'minute', first: 0, last: 59 },
  hour: { name: 'hour', first: 0, last: 23 },
  day: { name: 'day of the month', first: 1, last: 31 },
  month: { name: 'month', first: 1, last: 12, names: monthNames },
  // 7 is Sunday too.
  weekday: { name: 'day of the week', first: 0, last: 7, names: weekdayNames },
} satisfies Record<string, Field>;

/** Reads five fields (minute, hour, day, month, weekday) or a name like `@daily`; the error is a sentence. */
export function parseCron(text: string): Result<Cron, string> {
  const trimmed = text.trim().toLowerCase();
  const parts = (aliases[trimmed] ?? trimmed).split(/\s+/);
  if (parts.length !== 5)
    return err(`“${text}” is no cron expression: it has five fields, or is like @daily.`);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  const minutes = readField(minute, fields.minute);
  const hours = readField(hour, fields.hour);
  const days = readField(day, fields.day);
  const months = readField(month, fields.month);
  const weekdays = readField(weekday, fields.weekday);
  for (const read of [minutes, hours, days, months, weekdays])
    if (typeof read === 'string') return err(`“${text}” is no cron expression: ${read}`);
  const cron: Cron = {
    text,
    minutes: [...minutes].map(Number).sort((a, b) => a - b),
    hours: [...hours].map(Number).sort((a, b) => a - b),
    isHourly: isAny(hour),
    days: new Set([...days].map(Number)),
    months: new Set([...months].map(Number)),
    weekdays: new Set([...weekdays].map((number) => Number(number) % 7)),
    isEitherDay: !isAny(day) && !isAny(weekday),
  };
  if (!cron.isEitherDay && isAny(weekday) && ![...cron.months].some((number) => hasDay(cron.days, number)))
    return err(`“${text}” never ticks: no such month has such a day.`);
  return ok(cron);
}

const isAny = (field: string): boolean => field === '*' || field === '?';

const hasDay = (days: ReadonlySet<number>, month: number): boolean =>
  days.has(lastDay) || Math.min(...days) <= new Date(Date.UTC(2024, month, 0)).getUTCDate();

// The numbers of a field, or what is wrong with it.
function readField(text: string, field: Field): ReadonlySet<number> | string {
  const numbers = new Set<number>();
  for (const item of text.split(',')) {
    if (item === 'l' && field === fields.day) {
      numbers.add(lastDay);
      continue;
    }
    const match = /^(?:(\*|\?)|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d+))?$/.exec(item);
    const step = Number(match?.[4] ?? 1);
    if (!match || step === 0) return `“${item}” is no ${field.name}.`;
    const [, any, from = '', to] = match;
    const last = field === fields.weekday && any ? 6 : field.last;
    const first = any ? field.first : numberOf(from, field);
    const end = any ? last : to !== undefined ? numberOf(to, field) : match[4] === undefined ? first : last;
    if (first === undefined || end === undefined) return `“${item}” is no ${field.name}.`;
    // A range may go over the end: fri-mon, 22-4.
    const size = field === fields.weekday ? 7 : field.last - field.first + 1;
    const length = end >= first ? end - first : end - first + size;
    for (let i = 0; i <= length; i += step) {
      const number = first + i;
      numbers.add(number > field.last ? number - size : number);
    }
  }
  return numbers;
}

function numberOf(text: string, { first, last, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + (first === 1 ? 1 : 0);
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= first && number <= last ? number : undefined;
}

// The 29th of February is at most eight years away.
const maxDays = 366 * 9;
const dayMs = 86_400_000;

/**
 * The latest tick that is not after `nowSeconds`, in seconds since the epoch. A time that the clock has twice
 * counts the second time, one that it skips ticks right after the gap. Throws a RangeError for an unknown zone.
 */
export function latestTick(cron: Cron, nowSeconds: number, timeZone: string): number {
  return findTick(cron, nowSeconds, timeZone, -1);
}

/** The first tick that is not before `nowSeconds`; otherwise as `latestTick`. */
export function nextTick(cron: Cron, nowSeconds: number, timeZone: string): number {
  return findTick(cron, nowSeconds, timeZone, 1);
}

function findTick(cron: Cron, nowSeconds: number, timeZone: string, direction: 1 | -1): number {
  const nowMs = nowSeconds * 1000;
  const clock = wallClock(timeZone);
  const today = Math.floor((nowMs + clock(nowMs)) / dayMs);
  for (let i = 0; i < maxDays; i++) {
    const day = today + i * direction;
    if (!isDay(cron, day)) continue;
    const ticks = ticksOfDay(cron, day * dayMs, clock).filter((tick) => (tick - nowMs) * direction >= 0);
    if (ticks.length > 0) return (direction === 1 ? Math.min(...ticks) : Math.max(...ticks)) / 1000;
  }
  throw new RangeError(`“${cron.text}” does not tick within nine years.`);
}

function isDay({ days, months, weekdays, isEitherDay }: Cron, dayNumber: number): boolean {
  const date = new Date(dayNumber * dayMs);
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const isLast = new Date((dayNumber + 1) * dayMs).getUTCDate() === 1;
  const fitsDay = days.has(date.getUTCDate()) || (isLast && days.has(lastDay));
  const fitsWeekday = weekdays.has(date.getUTCDay());
  return isEitherDay ? fitsDay || fitsWeekday : fitsDay && fitsWeekday;
}

/** How far the clock on the wall is ahead of UTC at a moment, in milliseconds. */
type WallClock = (ms: number) => number;

// `localDay`: the start of the day as if the clock on the wall were UTC.
function ticksOfDay({ hours, minutes, isHourly }: Cron, localDay: number, clock: WallClock): number[] {
  const before = clock(localDay - dayMs);
  const after = clock(localDay + 2 * dayMs);
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => {
      const local = localDay + (hour * 60 + minute) * 60_000;
      const moments = momentsOf(local, before, after, clock);
      if (isHourly) return moments;
      return moments.length === 0 ? endOfGap(local, before, after, clock) : Math.max(...moments);
    }),
  );
}

// The moments at which the clock on the wall shows a time: one, two where it is put back, none where put forward.
function momentsOf(local: number, before: number, after: number, clock: WallClock): number[] {
  if (before === after) return [local - before];
  return [before, after].flatMap((offset) => (clock(local - offset) === offset ? [local - offset] : []));
}

function endOfGap(local: number, before: number, after: number, clock: WallClock): number {
  let [early, late] = [local - after, local - before];
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000;
    if (clock(middle) === after) late = middle;
    else early = middle;
  }
  return late;
}

function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const whole = Math.floor(ms / 1000) * 1000;
    const part: Partial<Record<string, number>> = {};
    for (const { type, value } of format.formatToParts(whole)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}
