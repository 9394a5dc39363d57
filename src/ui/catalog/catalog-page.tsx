// Every asset of the project in one list: searched, filtered, sorted by any column.

import { Button } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ProjectDocument } from '#model/document.ts';
import { AssetKindIcon } from '#ui/inspector/asset-kind-icon.tsx';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { formatPlural } from '#ui/kit/format.ts';
import list from '#ui/kit/list-page.module.css';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { SortHeader, type Sorting } from '#ui/kit/sort-header.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { type Column, VirtualTable } from '#ui/kit/virtual-table.tsx';
import { CatalogFilters } from './catalog-filters.tsx';
import css from './catalog-page.module.css';
import {
  type CatalogColumn,
  type CatalogFilter,
  type CatalogRow,
  catalogRows,
  matchesFilter,
  sortedRows,
} from './catalog-rows.ts';

const noFilter: CatalogFilter = { search: '', group: undefined, kind: undefined, status: undefined };

export function CatalogPage() {
  const document = useDocument((state) => state.document);
  const projectId = useDocument((state) => state.projectId);
  const states = useRuns((state) => state.states);
  const [filter, setFilter] = useState(noFilter);
  const [sorting, setSorting] = useState<Sorting<CatalogColumn>>({ by: 'asset', isDescending: false });
  const sought = useDeferredValue(filter);
  const rows = useMemo(() => catalogRows(document, states), [document, states]);
  const shown = useMemo(
    () =>
      sortedRows(
        rows.filter((row) => matchesFilter(row, sought)),
        sorting.by,
        sorting.isDescending,
      ),
    [rows, sought, sorting],
  );
  useTitle('Catalog', document.info.name);
  if (projectId === undefined) return null;
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<IconDatabase size={24} stroke={1.5} />}
        title="No assets yet"
        action={
          <Button renderRoot={(props) => <Link to="/p/$projectId/graph" params={{ projectId }} {...props} />}>
            Go to the graph
          </Button>
        }
      >
        The catalog lists every asset of the project with its group, status and latest value. Draw the first
        one on the graph.
      </EmptyState>
    );
  return (
    <div className={list.page}>
      <header className={list.head}>
        <h1 className={list.title}>Catalog</h1>
        <span className={list.count} role="status">
          {shown.length === rows.length
            ? formatPlural(rows.length, 'asset')
            : `${formatPlural(shown.length, 'asset')} of ${rows.length.toLocaleString('en-US')}`}
        </span>
        <CatalogFilters rows={rows} filter={filter} onFilter={setFilter} />
      </header>
      {shown.length === 0 ? (
        <EmptyState
          title="No asset matches"
          action={
            <Button variant="default" onClick={() => setFilter(noFilter)}>
              Show all assets
            </Button>
          }
        >
          Every word is looked for in keys, groups, kinds, tags, owners, descriptions and status; the filters
          narrow it further.
        </EmptyState>
      ) : (
        <AssetTable
          rows={shown}
          document={document}
          projectId={projectId}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
    </div>
  );
}

interface AssetTableProps {
  readonly rows: readonly CatalogRow[];
  readonly document: ProjectDocument;
  readonly projectId: string;
  readonly sorting: Sorting<CatalogColumn>;
  onSort(sorting: Sorting<CatalogColumn>): void;
}

function AssetTable({ rows, document, projectId, sorting, onSort }: AssetTableProps) {
  const head = (name: CatalogColumn, text: string, descendsFirst = false) => (
    <SortHeader name={name} sorting={sorting} onSort={onSort} descendsFirst={descendsFirst}>
      {text}
    </SortHeader>
  );
  const columns: readonly Column<CatalogRow>[] = [
    {
      name: 'asset',
      header: head('asset', 'Asset'),
      cell: ({ asset }) => (
        <span className={css.name}>
          <AssetKindIcon asset={asset} />
          <Link
            className={css.link}
            to="/p/$projectId/catalog/$"
            params={{ projectId, _splat: asset.key }}
            title={asset.key}
          >
            {asset.key}
          </Link>
        </span>
      ),
    },
    {
      name: 'group',
      header: head('group', 'Group'),
      cell: ({ asset }) =>
        asset.group === undefined ? null : (
          <span className={css.group}>
            <span className={css.dot} style={{ background: groupColour(document, asset.group) }} />
            {asset.group}
          </span>
        ),
    },
    {
      name: 'kinds',
      header: head('kinds', 'Kinds'),
      quiet: true,
      cell: ({ asset }) => (asset.kinds ?? []).join(', '),
    },
    {
      name: 'status',
      header: head('status', 'Status'),
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      name: 'materialized',
      header: head('materialized', 'Last materialized', true),
      quiet: true,
      cell: ({ materializedAt }) =>
        materializedAt === undefined ? null : <RelativeTime at={materializedAt} />,
    },
    { name: 'size', header: head('size', 'Size', true), quiet: true, align: 'end', cell: ({ size }) => size },
  ];
  return (
    <VirtualTable
      label="Assets"
      className={css.table}
      rows={rows}
      columns={columns}
      rowHeight={40}
      keyOf={({ asset }) => asset.id}
      attributesOf={({ asset, status }) => ({
        'data-testid': 'catalog-row',
        'data-asset-key': asset.key,
        'data-status': status,
      })}
    />
  );
}
