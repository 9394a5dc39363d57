// The search of the catalog and its filters; each filter offers what the project has.

import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { NodeStatus } from '#model/asset-state.ts';
import list from '#ui/kit/list-page.module.css';
import { statusLabel } from '#ui/kit/status-labels.ts';
import css from './catalog-page.module.css';
import type { CatalogFilter, CatalogRow } from './catalog-rows.ts';

interface CatalogFiltersProps {
  readonly rows: readonly CatalogRow[];
  readonly filter: CatalogFilter;
  onFilter(filter: CatalogFilter): void;
}

const sorted = (values: Iterable<string>) =>
  [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

export function CatalogFilters({ rows, filter, onFilter }: CatalogFiltersProps) {
  const groups = useMemo(() => sorted(rows.flatMap(({ asset }) => asset.group ?? [])), [rows]);
  const kinds = useMemo(() => sorted(rows.flatMap(({ asset }) => asset.kinds ?? [])), [rows]);
  const statuses = useMemo(() => [...new Set(rows.map(({ status }) => status))], [rows]);
  return (
    <div className={list.filters}>
      <Choice
        label="Group"
        all="All groups"
        value={filter.group}
        choices={groups}
        onChange={(group) => onFilter({ ...filter, group })}
      />
      <Choice
        label="Kind"
        all="All kinds"
        value={filter.kind}
        choices={kinds}
        onChange={(kind) => onFilter({ ...filter, kind })}
      />
      <Select
        className={css.filter}
        aria-label="Status"
        placeholder="Any status"
        data={statuses.map((status) => ({ value: status, label: statusLabel(status) }))}
        value={filter.status ?? null}
        onChange={(status) =>
          onFilter({ ...filter, status: (status ?? undefined) as NodeStatus | undefined })
        }
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
      />
      <TextInput
        className={css.search}
        aria-label="Search assets"
        placeholder="Search key, group, kind, tag"
        leftSection={<IconSearch size={16} stroke={1.5} />}
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onFilter({ ...filter, search: '' });
        }}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | undefined;
  readonly choices: readonly string[];
  onChange(value: string | undefined): void;
}

/** Left out when there is nothing to choose from. */
function Choice({ label, all, value, choices, onChange }: ChoiceProps) {
  if (choices.length === 0) return null;
  return (
    <Select
      className={css.filter}
      aria-label={label}
      placeholder={all}
      data={[...choices]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      searchable={choices.length > 8}
      clearable
      clearButtonProps={{ 'aria-label': all }}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
    />
  );
}
