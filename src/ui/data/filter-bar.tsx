// The filters of a table, one after another; all must hold.

import { ActionIcon, Button, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconFilterPlus, IconX } from '@tabler/icons-react';
import type { ColumnFilter, FilterOp } from '#interop/table-query.ts';
import css from './data-view.module.css';

const ops: readonly { readonly value: FilterOp; readonly label: string }[] = [
  { value: 'contains', label: 'contains' },
  { value: 'equals', label: '=' },
  { value: 'differs', label: '≠' },
  { value: 'less', label: '<' },
  { value: 'greater', label: '>' },
  { value: 'empty', label: 'is empty' },
  { value: 'filled', label: 'is not empty' },
];

interface FilterBarProps {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly filters: readonly ColumnFilter[];
  /** Why one of them cannot be applied. */
  readonly problem: { readonly filter: number; readonly detail: string } | undefined;
  onChange(filters: readonly ColumnFilter[]): void;
}

export function FilterBar({ columns, filters, problem, onChange }: FilterBarProps) {
  const set = (index: number, change: Partial<ColumnFilter>) =>
    onChange(filters.map((filter, i) => (i === index ? { ...filter, ...change } : filter)));
  if (filters.length === 0) return null;
  return (
    <fieldset className={css.filters} aria-label="Filters">
      {filters.map((filter, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a filter is its place in the list
        <div key={i} className={css.filter}>
          <NativeSelect
            size="xs"
            aria-label={`Column of filter ${i + 1}`}
            value={String(filter.column)}
            data={columns.map(({ name }, column) => ({ value: String(column), label: name }))}
            onChange={(event) => set(i, { column: Number(event.currentTarget.value) })}
          />
          <NativeSelect
            size="xs"
            aria-label={`Test of filter ${i + 1}`}
            value={filter.op}
            data={[...ops]}
            onChange={(event) => set(i, { op: event.currentTarget.value as FilterOp })}
          />
          {filter.op === 'empty' || filter.op === 'filled' ? null : (
            <TextInput
              size="xs"
              className={css.filterText ?? ''}
              aria-label={`Value of filter ${i + 1}`}
              value={filter.text}
              error={problem?.filter === i ? problem.detail : undefined}
              onChange={(event) => set(i, { text: event.currentTarget.value })}
              classNames={{ input: 'hw-mono' }}
              autoFocus
            />
          )}
          <Tooltip label="Take this filter away">
            <ActionIcon
              size="sm"
              variant="subtle"
              aria-label={`Remove filter ${i + 1}`}
              onClick={() => onChange(filters.filter((_, other) => other !== i))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
    </fieldset>
  );
}

export function AddFilterButton({ onAdd }: { onAdd(): void }) {
  return (
    <Tooltip label="Show only rows whose cells pass a test">
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconFilterPlus size={14} stroke={1.75} />}
        onClick={onAdd}
      >
        Filter
      </Button>
    </Tooltip>
  );
}
