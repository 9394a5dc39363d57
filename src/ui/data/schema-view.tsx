// The columns of a stored table in figures.

import { useEffect, useState } from 'react';
import type { ColumnStats } from '#interop/column-stats.ts';
import type { ValueRef } from '#model/events.ts';
import { formatCount } from '#ui/kit/format.ts';
import { ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './data-view.module.css';

type Found =
  | { readonly type: 'loading' }
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'ready'; readonly stats: readonly ColumnStats[] };

export function SchemaView({ value }: { readonly value: ValueRef }) {
  const { data } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const [found, setFound] = useState<Found>({ type: 'loading' });
  useEffect(() => {
    if (projectId === undefined) return;
    const stop = new AbortController();
    const tell = (state: Found) => {
      if (!stop.signal.aborted) setFound(state);
    };
    data.stats(stop.signal, { projectId, value }).then(
      (stats) =>
        tell(
          stats.ok
            ? { type: 'ready', stats: stats.value }
            : { type: 'failed', detail: 'The stored bytes are missing or damaged.' },
        ),
      (thrown: unknown) =>
        tell({ type: 'failed', detail: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
    return () => stop.abort();
  }, [data, projectId, value]);
  if (found.type === 'loading') return <LoadingState label="Counting" />;
  if (found.type === 'failed')
    return <ErrorState title="The columns could not be counted">{found.detail}</ErrorState>;
  return (
    <section className={css.schema} aria-label="Schema">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Missing</th>
            <th scope="col">Distinct</th>
            <th scope="col">Least</th>
            <th scope="col">Most</th>
          </tr>
        </thead>
        <tbody>
          {found.stats.map(({ name, type, nulls, distinct, atLeast, least, most }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{type}</td>
              <td data-number>{formatCount(nulls)}</td>
              <td data-number>
                {atLeast ? 'over ' : ''}
                {formatCount(distinct)}
              </td>
              <td title={least}>{least ?? '–'}</td>
              <td title={most}>{most ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
