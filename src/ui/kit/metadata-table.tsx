// Metadata entries as rows of name and value; each value shown as its type asks.

import type { ReactNode } from 'react';
import type { Json } from '#model/document.ts';
import type { MetadataEntries, MetadataEntry } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { formatExact, formatNumber } from './format.ts';
import { JsonTree } from './json-tree.tsx';
import { AssetLink, RunLink } from './links.tsx';
import { Markdown } from './markdown.tsx';
import css from './metadata-table.module.css';

export function MetadataTable({ entries }: { readonly entries: MetadataEntries }) {
  return (
    <dl className={css.table}>
      {Object.entries(entries).map(([name, entry]) => (
        <div key={name} className={css.row}>
          <dt className={css.name}>{name}</dt>
          <dd className={css.value}>
            <MetadataValueView entry={entry} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function MetadataValueView({ entry }: { readonly entry: MetadataEntry }): ReactNode {
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
    default:
      return typeof value === 'object' && value !== null ? (
        <JsonTree value={value} />
      ) : (
        <span className={css.text}>{asText(value)}</span>
      );
  }
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const safeProtocols = new Set(['http:', 'https:', 'mailto:']);

/** An address from a project's data: a link only when following it can do nothing but go there. */
function SafeLink({ address }: { readonly address: string }) {
  const isSafe = URL.canParse(address) && safeProtocols.has(new URL(address).protocol);
  if (!isSafe) return <span className={css.text}>{address}</span>;
  return (
    <a className={css.link} href={address} target="_blank" rel="noopener noreferrer">
      {address}
    </a>
  );
}

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
