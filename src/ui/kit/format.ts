// Numbers, sizes, durations and times as text. Numbers carry units; thousands are set apart.

import { dateFormat } from './time-zone.ts';

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** 1461 → "1,461". */
export const formatCount = (count: number): string => counts.format(count);

/** Any number, with at most six significant digits; large whole ones in full. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return counts.format(value);
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e15 || size < 1e-4 ? value.toExponential(3) : decimals.format(value);
}

/** "1 row", "1,461 rows". */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Bytes as "512 B", "3.4 KB", "12 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatCount(bytes)} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${units[unit]}`;
}

/** "0.4 ms", "12 ms", "1.3 s", "2 min 5 s", "1 h 4 min". */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 1) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** How long ago, in one unit: "just now", "2 min ago", "yesterday", "12 Mar". Times are in ms. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < -60) return formatDay(at, now);
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.round(hours / 24);
  if (days === 1) return 'yesterday';
  return days < 7 ? `${days} days ago` : formatDay(at, now);
}

const dayParts = { day: 'numeric', month: 'short' } as const;

function formatDay(at: number, now: number): string {
  const year = dateFormat({ year: 'numeric' });
  const sameYear = year.format(at) === year.format(now);
  return sameYear ? dateFormat(dayParts).format(at) : formatDate(at);
}

/** A day of any year, in the reader's zone: "12 Mar 2026". */
export const formatDate = (at: number): string => dateFormat({ ...dayParts, year: 'numeric' }).format(at);

/** The exact time in the reader's zone: "12 Mar 2026, 14:03:22". */
export const formatExact = (at: number): string =>
  dateFormat({
    ...dayParts,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);

/** The time of day to the millisecond, for logs: "14:03:22.118". */
export const formatClock = (at: number): string =>
  dateFormat({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(at);
