import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatExact,
  formatNumber,
  formatPlural,
  formatRelative,
} from './format.ts';
import { isTimeZone, setTimeZone } from './time-zone.ts';

describe('numbers as text', () => {
  it('sets thousands apart and names what is counted', () => {
    expect(formatPlural(1, 'row')).toBe('1 row');
    expect(formatPlural(200_000, 'row')).toBe('200,000 rows');
    expect(formatPlural(2, 'entry', 'entries')).toBe('2 entries');
  });

  it('keeps every digit of whole numbers and six of others', () => {
    expect(formatNumber(1_234_567)).toBe('1,234,567');
    expect(formatNumber(2.6300000001)).toBe('2.63');
    expect(formatNumber(0.00001234)).toBe('1.234e-5');
    expect(formatNumber(Number.NaN)).toBe('NaN');
  });

  it('gives bytes in decimal units', () => {
    expect([0, 999, 1000, 51_200, 999_600, 12_000_000, 1.5e12].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '51 KB',
      '1 MB',
      '12 MB',
      '1.5 TB',
    ]);
  });

  it('gives durations in at most two units', () => {
    expect([0.12, 12, 999.7, 1300, 9_960, 59_600, 125_000, 3_600_000, 3_840_000].map(formatDuration)).toEqual(
      ['0.1 ms', '12 ms', '1.0 s', '1.3 s', '10 s', '1 min', '2 min 5 s', '1 h', '1 h 4 min'],
    );
  });

  it('gives exact times in the zone that was chosen', () => {
    const at = Date.UTC(2026, 2, 12, 23, 3, 22, 118);
    setTimeZone('Asia/Tokyo');
    expect(formatExact(at)).toBe('13 Mar 2026, 08:03:22');
    expect(formatClock(at)).toBe('08:03:22.118');
    setTimeZone('UTC');
    expect(formatExact(at)).toBe('12 Mar 2026, 23:03:22');
    setTimeZone('Mars/Olympus');
    expect(formatExact(at)).toBe(
      new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
    );
    expect([isTimeZone('Europe/Vienna'), isTimeZone('Nowhere'), isTimeZone('')]).toEqual([
      true,
      false,
      false,
    ]);
    setTimeZone(undefined);
  });

  it('gives times in one unit, and days by name', () => {
    const now = Date.UTC(2026, 2, 12, 12);
    const ago = (ms: number) => formatRelative(now - ms, now);
    expect([0, 42_000, 120_000, 7_200_000, 86_400_000, 3 * 86_400_000].map(ago)).toEqual([
      'just now',
      '42 s ago',
      '2 min ago',
      '2 h ago',
      'yesterday',
      '3 days ago',
    ]);
    expect(ago(40 * 86_400_000)).toBe('31 Jan');
    expect(ago(400 * 86_400_000)).toMatch(/2025$/);
  });
});
