// What of a table is shown: its filters and sort, and the rows that they leave, worked out off the page.

import { useEffect, useState } from 'react';
import type { ColumnFilter, TableQuery } from '#interop/table-query.ts';
import type { ValueRef } from '#model/events.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';

export type QueryState =
  | { readonly type: 'all' }
  | { readonly type: 'working'; readonly rowCount: number | undefined }
  | { readonly type: 'ready'; readonly rowCount: number }
  | { readonly type: 'failed'; readonly detail: string; readonly filter?: number };

export const isPlainQuery = ({ filters, sort }: TableQuery): boolean =>
  filters.length === 0 && sort === undefined;

/** Filters that still lack what they compare with are not applied. */
export const readyFilters = (filters: readonly ColumnFilter[]): readonly ColumnFilter[] =>
  filters.filter(({ op, text }) => op === 'empty' || op === 'filled' || text !== '');

const restMs = 150;

/** The rows that a query leaves; the last count stands while the next is worked out. */
export function useQueryResult(value: ValueRef, query: TableQuery): QueryState {
  const { data, clock } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const asked = JSON.stringify(query);
  const [found, setFound] = useState<{ readonly of: string; readonly state: QueryState }>();
  const isPlain = isPlainQuery(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` stands for the query
  useEffect(() => {
    if (isPlain || projectId === undefined) return;
    let wanted = true;
    const tell = (state: QueryState) => {
      if (wanted) setFound({ of: asked, state });
    };
    const cancel = clock.after(restMs, () => {
      data.query({ projectId, value }, query).then(
        (answer) => {
          if (answer.ok) tell({ type: 'ready', rowCount: answer.value.rowCount });
          else if (answer.error.type === 'FilterProblem')
            tell({ type: 'failed', detail: answer.error.message, filter: answer.error.filter });
          else tell({ type: 'failed', detail: 'The stored bytes are missing or damaged.' });
        },
        (thrown: unknown) =>
          tell({ type: 'failed', detail: thrown instanceof Error ? thrown.message : String(thrown) }),
      );
    });
    return () => {
      wanted = false;
      cancel();
    };
  }, [data, clock, projectId, value, asked, isPlain]);
  if (isPlain) return { type: 'all' };
  if (found?.of === asked) return found.state;
  const before = found?.state;
  return { type: 'working', rowCount: before?.type === 'ready' ? before.rowCount : undefined };
}
