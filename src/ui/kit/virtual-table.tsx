// A table of any length: a head that stays and rows that exist only while they are in view. Its columns are a
// CSS grid (`--columns` and `--row-height` of the class handed in). A link that covers its row makes it clickable.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import css from './virtual-table.module.css';

export interface Column<Row> {
  /** Also `data-column` of its cells, so that narrow screens can leave it out. */
  readonly name: string;
  readonly header: ReactNode;
  cell(row: Row): ReactNode;
  title?(row: Row): string | undefined;
  readonly quiet?: boolean;
  readonly align?: 'end';
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowHeight: number;
  readonly className: string | undefined;
  keyOf(row: Row): string;
  /** Attributes of a row's element, e.g. its status. */
  attributesOf?(row: Row): Readonly<Record<`data-${string}`, string>>;
}

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowHeight, className, keyOf, attributesOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <TablePart
      role="table"
      className={`${css.table} ${className ?? ''}`}
      aria-label={label}
      aria-rowcount={rows.length + 1}
    >
      <div ref={scroller} className={css.scroller}>
        <TablePart role="row" className={`${css.row} ${css.head}`} aria-rowindex={1}>
          {columns.map((column) => (
            <TablePart
              key={column.name}
              role="columnheader"
              className={css.cell}
              data-column={column.name}
              data-align={column.align}
            >
              {column.header}
            </TablePart>
          ))}
        </TablePart>
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TablePart
                key={keyOf(row)}
                role="row"
                className={`${css.row} ${css.item}`}
                aria-rowindex={index + 2}
                style={{ height: size, transform: `translateY(${start}px)` }}
                {...attributesOf?.(row)}
              >
                {columns.map((column) => (
                  <TablePart
                    key={column.name}
                    role="cell"
                    className={css.cell}
                    title={column.title?.(row)}
                    data-column={column.name}
                    data-quiet={column.quiet}
                    data-align={column.align}
                  >
                    {column.cell(row)}
                  </TablePart>
                ))}
              </TablePart>
            );
          })}
        </div>
      </div>
    </TablePart>
  );
}

// The elements of a real table cannot be placed by a virtualizer, so these have the roles instead.
const TablePart = (props: React.ComponentProps<'div'>) => <div {...props} />;
