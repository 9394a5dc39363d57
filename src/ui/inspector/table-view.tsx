// A stored table: any number of rows, header in sight, numbers in line. Only what is in view is rendered and
// only what is near it is fetched.

// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: nothing in it is acted on; the region scrolls by keyboard
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { TablePage } from '#engine/value-preview.ts';
import type { TableQuery } from '#interop/table-query.ts';
import type { ValueRef } from '#model/events.ts';
import { formatCount, formatPlural } from '#ui/kit/format.ts';
import { cellText, columnWidths, isNumeric } from './cell-text.ts';
import css from './table-view.module.css';
import { useLongScroll } from './use-long-scroll.ts';
import { useTableRows } from './use-table-rows.ts';

const rowHeight = 26;
const headHeight = 44;

export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

export interface TableViewProps {
  readonly value: ValueRef;
  readonly query: TableQuery;
  /** Rows that the query leaves. */
  readonly rowCount: number;
  /** Rows that are stored. */
  readonly allCount: number;
  onSort(column: number): void;
  readonly columns: readonly TableColumn[];
  readonly first: TablePage;
}

export function TableView(props: TableViewProps) {
  const { value, query, rowCount, allCount, columns, first, onSort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [widths, setWidths] = useState(() => columnWidths(columns, first.rows));
  const { rows, height, place, scrollToRow } = useLongScroll(scroller, rowCount, rowHeight, headHeight);
  const numberWidth = Math.max(44, formatCount(rowCount).length * 7.3 + 20);
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (column) => widths[column] ?? 120,
    paddingStart: numberWidth,
    overscan: 3,
  });
  const items = rows.getVirtualItems();
  const cells = across.getVirtualItems();
  const { rowAt, failed } = useTableRows(
    value,
    query,
    first,
    rowCount,
    items[0]?.index ?? 0,
    items[items.length - 1]?.index ?? 0,
  );
  const width = across.getTotalSize();
  const resize = (column: number, wanted: number) => {
    setWidths((before) => before.map((old, i) => (i === column ? Math.max(48, Math.round(wanted)) : old)));
    across.measure();
  };

  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.scroller}
        tabIndex={0}
        role="table"
        aria-label="Rows"
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
      >
        <div className={css.head} style={{ width, height: headHeight }} role="row" aria-rowindex={1}>
          <div className={css.corner} style={{ width: numberWidth }} aria-hidden />
          {cells.map(({ index, start, size }) => (
            <HeadCell
              key={index}
              column={columns[index]!}
              index={index}
              start={start}
              width={size}
              sort={query.sort?.column === index ? query.sort : undefined}
              onSort={onSort}
              onResize={resize}
            />
          ))}
        </div>
        <div style={{ position: 'relative', width, minWidth: '100%', height }}>
          {items.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              <div
                key={index}
                className={css.row}
                role="row"
                aria-rowindex={index + 2}
                style={{ width, height: rowHeight, transform: `translateY(${place(start)}px)` }}
              >
                <div className={css.number} style={{ width: numberWidth }} aria-hidden>
                  {formatCount(index)}
                </div>
                {cells.map(({ index: column, start: left, size }) => (
                  <Cell
                    key={column}
                    value={row?.[column]}
                    isLoading={row === undefined}
                    isNumber={isNumeric(columns[column]!.type)}
                    left={left}
                    width={size}
                    column={column}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <footer className={css.foot}>
        <span>
          {rowCount === allCount
            ? formatPlural(rowCount, 'row')
            : `${formatCount(rowCount)} of ${formatPlural(allCount, 'row')}`}{' '}
          · {formatPlural(columns.length, 'column')}
        </span>
        {failed ? <span role="alert">Some rows could not be read.</span> : null}
        {rowCount > 1000 ? <GoToRow rowCount={rowCount} onGo={scrollToRow} /> : null}
      </footer>
    </div>
  );
}

interface HeadCellProps {
  readonly column: TableColumn;
  readonly index: number;
  readonly start: number;
  readonly width: number;
  readonly sort: TableQuery['sort'] | undefined;
  onSort(column: number): void;
  onResize(column: number, width: number): void;
}

function HeadCell({ column, index, start, width, sort, onSort, onResize }: HeadCellProps) {
  const from = useRef<{ readonly x: number; readonly width: number }>(undefined);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (from.current) onResize(index, from.current.width + event.clientX - from.current.x);
  };
  return (
    <div
      className={css.headCell}
      role="columnheader"
      aria-colindex={index + 1}
      data-number={isNumeric(column.type) || undefined}
      style={{ left: start, width }}
      title={`${column.name}: ${column.type}`}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className={css.sorter} onClick={() => onSort(index)}>
        <span className={css.name}>{column.name}</span>
        <span className={css.type}>
          {column.type}
          {sort ? (sort.descending ? ' ↓' : ' ↑') : ''}
        </span>
      </button>
      <span
        className={css.grip}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          from.current = undefined;
        }}
      />
    </div>
  );
}

interface CellProps {
  readonly value: unknown;
  readonly isLoading: boolean;
  readonly isNumber: boolean;
  readonly left: number;
  readonly width: number;
  readonly column: number;
}

function Cell({ value, isLoading, isNumber, left, width, column }: CellProps) {
  const { text, tone } = useMemo(() => cellText(value), [value]);
  return (
    <div
      className={css.cell}
      role="cell"
      aria-colindex={column + 1}
      data-number={isNumber || tone === 'number' || undefined}
      data-none={tone === 'none' || undefined}
      style={{ left, width }}
      title={isLoading || text.length < 20 ? undefined : text}
    >
      {isLoading ? <span className={css.loading} /> : text}
    </div>
  );
}

function GoToRow({ rowCount, onGo }: { readonly rowCount: number; onGo(row: number): void }) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return;
    const row = Number(event.currentTarget.value.replace(/[,\s]/g, ''));
    if (Number.isInteger(row) && row >= 0) onGo(Math.min(row, rowCount - 1));
  };
  return (
    <label className={css.goTo}>
      Go to row
      <input className={css.goToInput} inputMode="numeric" onKeyDown={onKeyDown} placeholder="0" />
    </label>
  );
}
