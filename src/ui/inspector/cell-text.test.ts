import { describe, expect, it } from 'vitest';
import { cellText, columnWidths } from './cell-text.ts';

describe('a cell', () => {
  it('shows numbers as they are, without separators', () => {
    expect(cellText(2012)).toEqual({ text: '2012', tone: 'number' });
    expect(cellText(-0).text).toBe('-0');
    expect(cellText(Number.NaN).text).toBe('NaN');
    expect(cellText(10n)).toEqual({ text: '10n', tone: 'number' });
  });

  it('says null and undefined in grey', () => {
    expect(cellText(null)).toEqual({ text: 'null', tone: 'none' });
    expect(cellText(undefined)).toEqual({ text: 'undefined', tone: 'none' });
  });

  it('shows whole days as dates and other times in full', () => {
    expect(cellText(new Date('2012-01-01T00:00:00Z')).text).toBe('2012-01-01');
    expect(cellText(new Date('2012-01-01T10:30:00.250Z')).text).toBe('2012-01-01 10:30:00.250');
    expect(cellText(new Date(Number.NaN)).text).toBe('Invalid date');
  });

  it('keeps text and nested values on one short line', () => {
    expect(cellText('a\nb').text).toBe('a ⏎ b');
    expect(cellText('x'.repeat(1000)).text.length).toBeLessThan(310);
    expect(cellText({ a: [1, 2n] }).text).toBe('{"a":[1,"2n"]}');
  });
});

describe('column widths', () => {
  it('follow names and first cells, within limits', () => {
    const columns = [
      { name: 'id', type: 'integer' },
      { name: 'text', type: 'text' },
    ];
    const [narrow, wide] = columnWidths(columns, [[1, 'x'.repeat(500)]]);
    expect(narrow).toBeLessThan(100);
    expect(wide).toBe(320);
  });
});
