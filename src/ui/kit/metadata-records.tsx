// Metadata of rows and columns: tables, their schemas, where columns come from, where code stands.

import { useState } from 'react';
import type { Json } from '#model/document.ts';
import { formatCount, formatNumber } from './format.ts';
import { AssetLink } from './links.tsx';
import css from './metadata-records.module.css';
import { type ColumnFacts, type LineageFacts, readReferences, type TableFacts } from './metadata-shapes.ts';
import { SafeLink } from './safe-link.tsx';
import { ScrollRegion } from './scroll-region.tsx';

const shownAtFirst = 20;
const mostColumns = 50;

export function RecordsTable({ table, label }: { readonly table: TableFacts; readonly label: string }) {
  const [shown, setShown] = useState(shownAtFirst);
  const { rows } = table;
  if (rows.length === 0) return <span className={css.none}>No rows</span>;
  const columns = table.columns.slice(0, mostColumns);
  return (
    <>
      <ScrollRegion className={css.frame} label={label}>
        <table className={css.table}>
          <thead>
            <tr>
              {columns.map(({ name, description, type }) => (
                <th
                  key={name}
                  data-kind={typeof rows[0]?.[name] === 'number' ? 'number' : undefined}
                  title={[type, description].filter((text) => text !== undefined).join(': ')}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of metadata never move
              <tr key={i}>
                {columns.map(({ name }) => (
                  <Cell key={name} value={row[name]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown ? (
        <button type="button" className={css.more} onClick={() => setShown(shown + 200)}>
          Show more of {formatCount(rows.length)} rows
        </button>
      ) : null}
    </>
  );
}

function Cell({ value }: { readonly value: Json | undefined }) {
  if (value === null || value === undefined) return <td data-kind="null">null</td>;
  if (typeof value === 'number')
    return (
      <td data-kind="number" title={String(value)}>
        {formatNumber(value)}
      </td>
    );
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return <td title={text}>{text.length > 200 ? `${text.slice(0, 200)}…` : text}</td>;
}

export function SchemaTable({
  columns,
  label,
}: {
  readonly columns: readonly ColumnFacts[];
  readonly label: string;
}) {
  return (
    <ScrollRegion className={css.frame} label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            <th>Column</th>
            <th>Type</th>
            <th>Description</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, type, description, constraints }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{[type, ...constraints].filter((text) => text !== undefined).join(', ')}</td>
              <td className={css.words}>{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export function LineageList({ lineage }: { readonly lineage: readonly LineageFacts[] }) {
  return (
    <ul className={css.list}>
      {lineage.map(({ column, from }) => (
        <li key={column}>
          <span className="hw-mono">{column}</span> from{' '}
          {from.length === 0
            ? 'nothing upstream'
            : from.map((dep, i) => (
                <span key={`${dep.assetKey} ${dep.column}`}>
                  {i === 0 ? '' : ', '}
                  <AssetLink assetKey={dep.assetKey} />
                  {dep.column === '' ? '' : <span className="hw-mono">.{dep.column}</span>}
                </span>
              ))}
        </li>
      ))}
    </ul>
  );
}

export function ReferenceList({ value }: { readonly value: Json }) {
  return (
    <ul className={css.list}>
      {readReferences(value).map(({ label, url }) => (
        <li key={`${label} ${url}`}>
          {url === undefined ? (
            <span className="hw-mono">{label}</span>
          ) : (
            <SafeLink address={url} label={label} />
          )}
        </li>
      ))}
    </ul>
  );
}
