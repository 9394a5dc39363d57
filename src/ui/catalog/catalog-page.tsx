// Every asset of the project in one searchable list.

import { Button, TextInput } from '@mantine/core';
import { IconDatabase, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ProjectDocument } from '#model/document.ts';
import { AssetKindIcon } from '#ui/inspector/asset-kind-icon.tsx';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { type Column, VirtualTable } from '#ui/kit/virtual-table.tsx';
import css from './catalog-page.module.css';
import { type CatalogRow, catalogRows, matchesSearch } from './catalog-rows.ts';

export function CatalogPage() {
  const document = useDocument((state) => state.document);
  const projectId = useDocument((state) => state.projectId);
  const states = useRuns((state) => state.states);
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search);
  const rows = useMemo(() => catalogRows(document, states), [document, states]);
  const shown = useMemo(() => rows.filter((row) => matchesSearch(row, sought)), [rows, sought]);
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
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>Catalog</h1>
        <span className={css.count} role="status">
          {shown.length === rows.length
            ? formatPlural(rows.length, 'asset')
            : `${formatPlural(shown.length, 'asset')} of ${rows.length.toLocaleString('en-US')}`}
        </span>
        <TextInput
          className={css.search}
          aria-label="Search assets"
          placeholder="Search key, group, kind, tag, status"
          leftSection={<IconSearch size={16} stroke={1.5} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('');
          }}
        />
      </header>
      {shown.length === 0 ? (
        <EmptyState
          title="No asset matches"
          action={
            <Button variant="default" onClick={() => setSearch('')}>
              Clear the search
            </Button>
          }
        >
          Every word is looked for in keys, groups, kinds, tags, owners, descriptions and status.
        </EmptyState>
      ) : (
        <AssetTable rows={shown} document={document} projectId={projectId} />
      )}
    </div>
  );
}

interface AssetTableProps {
  readonly rows: readonly CatalogRow[];
  readonly document: ProjectDocument;
  readonly projectId: string;
}

function AssetTable({ rows, document, projectId }: AssetTableProps) {
  const columns: readonly Column<CatalogRow>[] = [
    {
      name: 'asset',
      header: 'Asset',
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
      header: 'Group',
      cell: ({ asset }) =>
        asset.group === undefined ? null : (
          <span className={css.group}>
            <span className={css.dot} style={{ background: groupColour(document, asset.group) }} />
            {asset.group}
          </span>
        ),
    },
    { name: 'kinds', header: 'Kinds', quiet: true, cell: ({ asset }) => (asset.kinds ?? []).join(', ') },
    { name: 'status', header: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
    {
      name: 'materialized',
      header: 'Last materialized',
      quiet: true,
      cell: ({ materializedAt }) =>
        materializedAt === undefined ? null : <RelativeTime at={materializedAt} />,
    },
    { name: 'size', header: 'Size', quiet: true, align: 'end', cell: ({ size }) => size },
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
