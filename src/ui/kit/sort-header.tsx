// The head of a column by which a table can be sorted: once for one way, again for the other.

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import css from './sort-header.module.css';

export interface Sorting<Name extends string> {
  readonly by: Name;
  readonly isDescending: boolean;
}

interface SortHeaderProps<Name extends string> {
  readonly name: Name;
  readonly children: string;
  readonly sorting: Sorting<Name>;
  /** The way that is of most use comes first: newest, longest, largest. */
  readonly descendsFirst?: boolean;
  onSort(sorting: Sorting<Name>): void;
}

export function SortHeader<Name extends string>(props: SortHeaderProps<Name>) {
  const { name, children, sorting, descendsFirst = false, onSort } = props;
  const isActive = sorting.by === name;
  const Arrow = sorting.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <button
      type="button"
      className={css.header}
      data-active={isActive || undefined}
      aria-label={
        isActive ? `${children}, sorted ${sorting.isDescending ? 'descending' : 'ascending'}` : children
      }
      title={`Sort by ${children.toLowerCase()}`}
      onClick={() => onSort({ by: name, isDescending: isActive ? !sorting.isDescending : descendsFirst })}
    >
      <span>{children}</span>
      {isActive ? <Arrow size={12} stroke={2} aria-hidden /> : null}
    </button>
  );
}
