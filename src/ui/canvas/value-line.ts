// The third line of a node, on demand: what its latest value is, in a few words.

import type { Materialization } from '#model/asset-state.ts';
import type { MetadataEntry } from '#model/events.ts';
import { formatNumber, formatPlural } from '#ui/kit/format.ts';

const mostFacts = 2;

/** A scalar's text, else the first numbers that the body told about it, else its shape. */
export function valueLine(latest: Materialization | undefined): string | undefined {
  if (!latest) return undefined;
  const summary = latest.value?.summary;
  if (summary?.count === undefined && summary?.text) return summary.text;
  const facts = Object.entries(latest.metadata).flatMap(([name, entry]) => factOf(name, entry));
  if (facts.length > 0) return facts.slice(0, mostFacts).join(' · ');
  if (summary?.columns !== undefined) return formatPlural(summary.columns, 'column');
  return summary === undefined ? 'No value' : summary.kind;
}

function factOf(name: string, { type, value }: MetadataEntry): string[] {
  if (name.startsWith('dagster/')) return [];
  if ((type === 'int' || type === 'float') && typeof value === 'number')
    return [`${name} ${formatNumber(value)}`];
  return type === 'text' && typeof value === 'string' && value.length <= 24 ? [`${name} ${value}`] : [];
}
