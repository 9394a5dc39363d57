import { describe, expect, it } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asNoteId } from '#model/ids.ts';
import { readingOrder } from './flow-elements.ts';
import { assetRowId, type OutlineFolds, type OutlineRow, outlineRows } from './outline-rows.ts';

const document: ProjectDocument = graph()
  .asset('report', '({ daily }) => daily', { deps: ['checked'] })
  .asset('daily', '({ raw, again }) => [raw, again]', { group: 'daily', ins: { again: 'raw' } })
  .asset('raw', '() => 1', { group: 'raw' })
  .asset('checked', '({ raw }) => raw', { group: 'daily' })
  .document();
const withNote: ProjectDocument = {
  ...document,
  notes: new Map([
    [
      asNoteId('n'),
      { id: asNoteId('n'), position: { x: 0, y: 0 }, width: 1, height: 1, text: 'Mind the gap' },
    ],
  ]),
};
const nothing: OutlineFolds = { folded: new Set(), unfolded: new Set() };

const rowsOf = (from: ProjectDocument, folds: OutlineFolds = nothing, text = '') => {
  const built = buildGraph(from);
  return outlineRows(built, readingOrder(built), folds, text);
};

/** "  asset key (1/2)". */
const line = (row: OutlineRow): string => {
  const name =
    row.type === 'group'
      ? `${row.isOpen ? '-' : '+'} ${row.name} ${row.count}`
      : row.type === 'note'
        ? row.note.text
        : row.type === 'asset'
          ? row.asset.key
          : `${row.relation} ${row.asset.key}`;
  return `${'  '.repeat(row.level - 1)}${name} (${row.place}/${row.siblings})`;
};

describe('the outline', () => {
  it('lists groups as they first appear, their assets upstream first, and last what is in no group', () => {
    expect(rowsOf(document).map(line)).toEqual([
      '- raw 1 (1/3)',
      '  raw (1/1)',
      '- daily 2 (2/3)',
      '  daily (1/2)',
      '  checked (2/2)',
      '- No group 1 (3/3)',
      '  report (1/1)',
    ]);
  });

  it('says under an asset what it reads, waits for and feeds, each once', () => {
    const unfolded = new Set([assetRowId(idOf('daily')), assetRowId(idOf('report'))]);
    const lines = rowsOf(document, { ...nothing, unfolded }).map(line);
    expect(lines.slice(3, 6)).toEqual(['  daily (1/2)', '    reads raw (1/2)', '    feeds report (2/2)']);
    expect(lines.slice(-2)).toEqual(['    reads daily (1/2)', '    waits for checked (2/2)']);
  });

  it('hides what is in a folded group, and keeps notes at the end', () => {
    const folded = new Set(['group raw', 'group daily']);
    expect(rowsOf(withNote, { ...nothing, folded }).map(line)).toEqual([
      '+ raw 1 (1/4)',
      '+ daily 2 (2/4)',
      '- No group 1 (3/4)',
      '  report (1/1)',
      '- Notes 1 (4/4)',
      '  Mind the gap (1/1)',
    ]);
  });

  it('narrows to what is sought by key or group', () => {
    expect(rowsOf(withNote, nothing, 'DAIL').map(line)).toEqual([
      '- daily 2 (1/1)',
      '  daily (1/2)',
      '  checked (2/2)',
    ]);
    expect(rowsOf(withNote, nothing, 'nothing')).toEqual([]);
  });
});
