// A value to be looked at and no more: its first rows, or its tree. For places without a store behind them.

import type { ValuePreview } from '#engine/value-preview.ts';
import { formatCount, formatPlural } from '#ui/kit/format.ts';
import { ScrollRegion } from '#ui/kit/scroll-region.tsx';
import { cellText } from './cell-text.ts';
import css from './plain-value.module.css';
import { TreeView } from './tree-view.tsx';

export function PlainValue({ preview }: { readonly preview: ValuePreview }) {
  if (preview.type === 'lost') return <p className={css.note}>The value is not kept.</p>;
  if (preview.type === 'tree') return <TreeView root={preview.root} />;
  const { columns, rowCount, first } = preview;
  return (
    <>
      <ScrollRegion className={css.table} label="Rows">
        <table>
          <thead>
            <tr>
              {columns.map(({ name, type }) => (
                <th key={name} title={type}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a value never move
              <tr key={i}>
                {columns.map(({ name }, column) => {
                  const { text, tone } = cellText(row[column]);
                  return (
                    <td key={name} data-tone={tone}>
                      {text}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className={css.note}>
        {rowCount > first.rows.length
          ? `The first ${formatCount(first.rows.length)} of ${formatPlural(rowCount, 'row')}.`
          : formatPlural(rowCount, 'row')}
      </p>
    </>
  );
}
