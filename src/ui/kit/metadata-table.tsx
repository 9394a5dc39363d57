// Metadata entries as rows of name and value; each value shown as its type asks.

import type { ReactNode } from 'react';
import type { Json } from '#model/document.ts';
import type { MetadataEntries, MetadataEntry } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { formatExact, formatNumber } from './format.ts';
import { JsonTree } from './json-tree.tsx';
import { AssetLink, RunLink } from './links.tsx';
import { Markdown } from './markdown.tsx';
import { MetadataChart } from './metadata-chart.tsx';
import records from './metadata-records.module.css';
import { LineageList, RecordsTable, ReferenceList, SchemaTable } from './metadata-records.tsx';
import { readChart, readImage, readLineage, readSchema, readTable } from './metadata-shapes.ts';
import css from './metadata-table.module.css';
import { SafeLink } from './safe-link.tsx';

export function MetadataTable({ entries }: { readonly entries: MetadataEntries }) {
  return (
    <dl className={css.table}>
      {Object.entries(entries).map(([name, entry]) => (
        <div key={name} className={css.row}>
          <dt className={css.name}>{name}</dt>
          <dd className={css.value}>
            <MetadataValueView entry={entry} name={name} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface MetadataValueProps {
  readonly entry: MetadataEntry;
  /** What the entry is called. */
  readonly name: string;
}

export function MetadataValueView({ entry, name }: MetadataValueProps): ReactNode {
  const { type, value } = entry;
  switch (type) {
    case 'url':
      return <SafeLink address={asText(value)} />;
    case 'int':
    case 'float':
      return (
        <span className="hw-mono">{typeof value === 'number' ? formatNumber(value) : asText(value)}</span>
      );
    case 'bool':
      return <span className="hw-mono">{asText(value)}</span>;
    case 'timestamp':
      // Seconds since the epoch, as in Dagster.
      return typeof value === 'number' ? (
        <time dateTime={new Date(value * 1000).toISOString()}>{formatExact(value * 1000)}</time>
      ) : (
        asText(value)
      );
    case 'null':
      return <span className={css.none}>null</span>;
    case 'asset':
      return <AssetLink assetKey={Array.isArray(value) ? value.map(String).join('/') : asText(value)} />;
    case 'dagsterRun':
      return <RunLink runId={asRunId(asText(value))} />;
    case 'text':
    case 'path':
    case 'notebook':
    case 'job':
      return <span className={css.text}>{asText(value)}</span>;
    case 'md':
      return <Markdown text={asText(value)} />;
    case 'table': {
      const table = readTable(value);
      return table ? <RecordsTable table={table} label={name} /> : <Anything value={value} />;
    }
    case 'tableSchema': {
      const columns = readSchema(value);
      return columns ? <SchemaTable columns={columns} label={name} /> : <Anything value={value} />;
    }
    case 'columnLineage': {
      const lineage = readLineage(value);
      return lineage ? <LineageList lineage={lineage} /> : <Anything value={value} />;
    }
    case 'codeReferences':
      return <ReferenceList value={value} />;
    case 'image': {
      const address = readImage(value);
      return address ? (
        <img className={records.image} src={address} alt={name} />
      ) : (
        <Anything value={value} />
      );
    }
    case 'chart': {
      const chart = readChart(value);
      return chart ? <MetadataChart chart={chart} label={name} /> : <Anything value={value} />;
    }
    case 'json':
      return <Anything value={value} />;
  }
}

/** What does not have the form of its type is still shown. */
function Anything({ value }: { readonly value: Json }) {
  return typeof value === 'object' && value !== null ? (
    <JsonTree value={value} />
  ) : (
    <span className={css.text}>{asText(value)}</span>
  );
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Definition metadata (plain JSON) in the form that the table shows. */
export function entriesOfJson(metadata: Readonly<Record<string, Json>>): MetadataEntries {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]): [string, MetadataEntry] => [
      name,
      { type: typeOf(value), value },
    ]),
  );
}

function typeOf(value: Json): MetadataEntry['type'] {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? 'url' : 'text';
  return 'json';
}
