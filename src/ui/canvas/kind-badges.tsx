// The kinds of an asset as small pictures on its node; a kind without a picture of its own is a tag.

import {
  IconApi,
  IconBraces,
  IconBrain,
  IconBrandPython,
  IconBrandTypescript,
  IconChartBar,
  IconCloud,
  IconCsv,
  IconDatabase,
  IconFileSpreadsheet,
  IconFileText,
  IconJson,
  IconMap2,
  IconMarkdown,
  IconPhoto,
  IconSql,
  IconTable,
  IconTag,
} from '@tabler/icons-react';
import type { Asset } from '#model/document.ts';
import css from './kind-badges.module.css';

const pictures: Readonly<Record<string, typeof IconTag>> = {
  api: IconApi,
  arrow: IconFileSpreadsheet,
  bigquery: IconDatabase,
  chart: IconChartBar,
  csv: IconCsv,
  dashboard: IconChartBar,
  dbt: IconDatabase,
  duckdb: IconDatabase,
  excel: IconFileSpreadsheet,
  gcs: IconCloud,
  image: IconPhoto,
  javascript: IconBraces,
  json: IconJson,
  map: IconMap2,
  markdown: IconMarkdown,
  ml: IconBrain,
  model: IconBrain,
  ndjson: IconJson,
  pandas: IconTable,
  parquet: IconFileSpreadsheet,
  postgres: IconDatabase,
  python: IconBrandPython,
  report: IconFileText,
  s3: IconCloud,
  snowflake: IconDatabase,
  sql: IconSql,
  table: IconTable,
  text: IconFileText,
  tsv: IconFileSpreadsheet,
  typescript: IconBrandTypescript,
};

const mostShown = 3;

/** What the first picture of the node says already is not said twice. */
export const shownKinds = (asset: Asset): readonly string[] =>
  (asset.kinds ?? []).filter((kind) => asset.kind !== 'asset' || kind !== 'typescript');

export function KindBadges({ asset }: { readonly asset: Asset }) {
  const kinds = shownKinds(asset);
  if (kinds.length === 0) return null;
  const words = `${kinds.length === 1 ? 'Kind' : 'Kinds'}: ${kinds.join(', ')}`;
  return (
    <span className={css.kinds} role="img" aria-label={words} title={words}>
      {kinds.slice(0, mostShown).map((kind) => {
        const Picture = pictures[kind.toLowerCase()] ?? IconTag;
        return <Picture key={kind} size={14} stroke={1.5} aria-hidden />;
      })}
      {kinds.length > mostShown ? `+${kinds.length - mostShown}` : null}
    </span>
  );
}
