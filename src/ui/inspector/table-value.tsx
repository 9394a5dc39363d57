// A stored value with what can be done about it: its rows sorted and filtered, its columns in figures, a file
// of it.

import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { TreeNode, ValuePreview } from '#engine/value-preview.ts';
import type { ColumnFilter, TableQuery } from '#interop/table-query.ts';
import type { ValueRef } from '#model/events.ts';
import css from '#ui/data/data-view.module.css';
import { DownloadMenu } from '#ui/data/download-menu.tsx';
import { AddFilterButton, FilterBar } from '#ui/data/filter-bar.tsx';
import { SchemaView } from '#ui/data/schema-view.tsx';
import { isPlainQuery, readyFilters, useQueryResult } from '#ui/data/use-table-query.ts';
import { TableView } from './table-view.tsx';
import { TreeView } from './tree-view.tsx';

interface TableValueProps {
  readonly value: ValueRef;
  readonly assetKey: string;
  readonly preview: Extract<ValuePreview, { readonly type: 'table' }>;
}

export function TableValue({ value, assetKey, preview }: TableValueProps) {
  const { columns, rowCount, first } = preview;
  const [view, setView] = useState('rows');
  const [filters, setFilters] = useState<readonly ColumnFilter[]>([]);
  const [sort, setSort] = useState<TableQuery['sort']>();
  const query = useMemo(
    (): TableQuery => ({ filters: readyFilters(filters), ...(sort ? { sort } : {}) }),
    [filters, sort],
  );
  const result = useQueryResult(value, query);
  const shownCount = result.type === 'all' ? rowCount : result.type === 'failed' ? 0 : result.rowCount;
  // A third click gives the stored order back.
  const sortBy = (column: number) =>
    setSort((now) =>
      now?.column !== column
        ? { column, descending: false }
        : now.descending
          ? undefined
          : { column, descending: true },
    );
  const broken = result.type === 'failed' ? result : undefined;
  return (
    <div className={css.view}>
      <div className={css.bar}>
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={view}
          onChange={setView}
          data={[
            { value: 'rows', label: 'Rows' },
            { value: 'schema', label: 'Schema' },
          ]}
        />
        {view === 'rows' ? (
          <AddFilterButton onAdd={() => setFilters([...filters, { column: 0, op: 'contains', text: '' }])} />
        ) : null}
        <DownloadMenu assetKey={assetKey} value={value} query={isPlainQuery(query) ? undefined : query} />
      </div>
      {view === 'schema' ? (
        <div className={css.body}>
          <SchemaView value={value} />
        </div>
      ) : (
        <>
          <FilterBar
            columns={columns}
            filters={filters}
            problem={
              broken?.filter === undefined
                ? undefined
                : problemOf(filters, query, broken.filter, broken.detail)
            }
            onChange={setFilters}
          />
          <div className={css.body} aria-busy={result.type === 'working'}>
            {broken && broken.filter === undefined ? (
              <p className={css.note} role="alert">
                The rows could not be read. {broken.detail}
              </p>
            ) : shownCount === 0 ? (
              <div className={css.note}>
                <p>{broken ? 'A filter cannot be applied.' : 'No row passes all filters.'}</p>
                <Button size="xs" variant="default" onClick={() => setFilters([])}>
                  Show all rows
                </Button>
              </div>
            ) : (
              <TableView
                value={value}
                query={query}
                rowCount={shownCount ?? rowCount}
                allCount={rowCount}
                columns={columns}
                first={first}
                onSort={sortBy}
              />
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** The filter among those that are shown; those that lack their value were left out of the query. */
function problemOf(
  filters: readonly ColumnFilter[],
  query: TableQuery,
  index: number,
  detail: string,
): { readonly filter: number; readonly detail: string } {
  return { filter: filters.indexOf(query.filters[index]!), detail };
}

interface TreeValueProps {
  readonly value: ValueRef;
  readonly assetKey: string;
  readonly root: TreeNode;
}

export function TreeValue({ value, assetKey, root }: TreeValueProps) {
  return (
    <div className={css.view}>
      <div className={css.bar}>
        <DownloadMenu assetKey={assetKey} value={value} />
      </div>
      <div className={css.body}>
        <TreeView root={root} />
      </div>
    </div>
  );
}
