// Rows of a stored table, fetched by page as they come into view. Pages that are scrolled past are not asked
// for, and old ones are let go.

import { useEffect, useRef, useState } from 'react';
import type { TablePage } from '#engine/workspace-port.ts';
import type { ValueRef } from '#model/events.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';

const pageRows = 200;
const keptPages = 60;
const restMs = 50;

export type RowAt = (index: number) => readonly unknown[] | undefined;

/** `first` and `last`: the rows in view. */
export function useTableRows(
  value: ValueRef,
  head: TablePage,
  rowCount: number,
  first: number,
  last: number,
): { readonly rowAt: RowAt; readonly failed: boolean } {
  const { workspace, clock } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const pages = useRef(new Map<number, readonly (readonly unknown[])[]>());
  const asked = useRef(new Set<number>());
  const [, renew] = useState(0);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (projectId === undefined || rowCount === 0) return;
    let isCurrent = true;
    const fetchPage = async (page: number) => {
      const from = page * pageRows;
      asked.current.add(page);
      try {
        const found = await workspace.tableRows(projectId, value, from, Math.min(rowCount, from + pageRows));
        if (!found) return setFailed(true);
        pages.current.set(page, found.rows);
        for (const old of pages.current.keys()) {
          if (pages.current.size <= keptPages) break;
          pages.current.delete(old);
        }
        renew((count) => count + 1);
      } catch {
        setFailed(true); // The engine is gone or the value is: the view says so.
      } finally {
        asked.current.delete(page);
      }
    };
    const stop = clock.after(restMs, () => {
      if (!isCurrent) return;
      const headEnd = head.from + head.rows.length;
      for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page++) {
        const isInHead = page * pageRows >= head.from && Math.min(rowCount, (page + 1) * pageRows) <= headEnd;
        if (!isInHead && !pages.current.has(page) && !asked.current.has(page)) void fetchPage(page);
      }
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [workspace, clock, projectId, value, head, rowCount, first, last]);

  const rowAt: RowAt = (index) =>
    head.rows[index - head.from] ?? pages.current.get(Math.floor(index / pageRows))?.[index % pageRows];
  return { rowAt, failed };
}
