// Rows of a stored table, fetched by page as they come into view. Pages that are scrolled past are not asked
// for, and old ones are let go.

import { useEffect, useRef, useState } from 'react';
import type { TablePage } from '#engine/value-preview.ts';
import type { TableQuery } from '#interop/table-query.ts';
import type { ValueRef } from '#model/events.ts';
import { isPlainQuery } from '#ui/data/use-table-query.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';

const pageRows = 200;
const keptPages = 60;
const restMs = 50;

const emptyPages = (query: string) => ({
  query,
  pages: new Map<number, readonly (readonly unknown[])[]>(),
  asked: new Set<number>(),
});

export type RowAt = (index: number) => readonly unknown[] | undefined;

/** `first` and `last`: the rows in view. */
export function useTableRows(
  value: ValueRef,
  query: TableQuery,
  head: TablePage,
  rowCount: number,
  first: number,
  last: number,
): { readonly rowAt: RowAt; readonly failed: boolean } {
  const { workspace, data, clock } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const text = JSON.stringify(query);
  const isPlain = isPlainQuery(query);
  const kept = useRef(emptyPages(text));
  // Rows of another query are other rows.
  if (kept.current.query !== text) kept.current = emptyPages(text);
  const [, renew] = useState(0);
  const [failed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for the query
  useEffect(() => {
    if (projectId === undefined || rowCount === 0) return;
    let isCurrent = true;
    const { pages, asked } = kept.current;
    const fetchPage = async (page: number) => {
      const from = page * pageRows;
      const to = Math.min(rowCount, from + pageRows);
      asked.add(page);
      try {
        const found = isPlain
          ? await workspace.tableRows(projectId, value, from, to)
          : await data.rows({ projectId, value }, query, from, to);
        if (!found) return setFailed(true);
        pages.set(page, found.rows);
        for (const old of pages.keys()) {
          if (pages.size <= keptPages) break;
          pages.delete(old);
        }
        renew((count) => count + 1);
      } catch {
        setFailed(true); // The engine is gone or the value is: the view says so.
      } finally {
        asked.delete(page);
      }
    };
    const stop = clock.after(restMs, () => {
      if (!isCurrent) return;
      const headEnd = isPlain ? head.from + head.rows.length : 0;
      for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page++) {
        const isInHead = page * pageRows >= head.from && Math.min(rowCount, (page + 1) * pageRows) <= headEnd;
        if (!isInHead && !pages.has(page) && !asked.has(page)) void fetchPage(page);
      }
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [workspace, data, clock, projectId, value, text, head, rowCount, first, last]);

  const rowAt: RowAt = (index) =>
    (isPlain ? head.rows[index - head.from] : undefined) ??
    kept.current.pages.get(Math.floor(index / pageRows))?.[index % pageRows];
  return { rowAt, failed };
}
