// What the built-in checks decide, from what was recorded of an asset. Pure: records and time are handed in.
// The sentences are Dagster's, so that a history of both reads as one.

import type { Json } from '#model/document.ts';
import type { MetadataEntries } from '#model/events.ts';
import { secondsInWords } from './duration.ts';
import { MetadataValue } from './metadata.ts';

/** A materialization or observation of the past. */
export interface UpdateRecord {
  readonly type: 'materialization' | 'observation';
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly metadata: MetadataEntries;
}

/** What a check says of an asset. */
export interface CheckDecision {
  readonly passed: boolean;
  readonly description: string;
  readonly metadata?: Readonly<Record<string, MetadataValue>>;
}

/** Bounds of a number; at least one of them is set. */
export interface MetadataBounds {
  readonly metadataKey: string;
  readonly minValue?: number;
  readonly maxValue?: number;
  /** Is a value equal to `minValue` outside? False by default. */
  readonly exclusiveMin?: boolean;
  /** Is a value equal to `maxValue` outside? False by default. */
  readonly exclusiveMax?: boolean;
}

/** "… greater than or equal to 1 and less than 3". */
export function boundsText({ minValue, maxValue, exclusiveMin, exclusiveMax }: MetadataBounds): string {
  const least =
    minValue === undefined ? [] : [`greater than ${exclusiveMin ? '' : 'or equal to '}${minValue}`];
  const most = maxValue === undefined ? [] : [`less than ${exclusiveMax ? '' : 'or equal to '}${maxValue}`];
  return [...least, ...most].join(' and ');
}

/** Whether a number in the metadata of the latest materialization lies within bounds. */
export function decideMetadataBounds(
  latest: UpdateRecord | undefined,
  bounds: MetadataBounds,
): CheckDecision {
  const { metadataKey, minValue, maxValue, exclusiveMin = false, exclusiveMax = false } = bounds;
  if (!latest) return failed('Asset has not been materialized');
  if (!Object.hasOwn(latest.metadata, metadataKey))
    return failed(`Metadata key \`${metadataKey}\` not found`);
  const { value } = latest.metadata[metadataKey]!;
  if (typeof value !== 'number') return failed(`Value \`${textOf(value)}\` is not a number`);
  if (minValue !== undefined && (exclusiveMin ? value <= minValue : value < minValue))
    return failed(`Value \`${value}\` is less than ${exclusiveMin ? 'or equal to ' : ''}${minValue}`);
  if (maxValue !== undefined && (exclusiveMax ? value >= maxValue : value > maxValue))
    return failed(`Value \`${value}\` is greater than ${exclusiveMax ? 'or equal to ' : ''}${maxValue}`);
  return { passed: true, description: `Value \`${value}\` is within range` };
}

const columnSchemaKey = 'dagster/column_schema';

/** Whether the columns of the two latest materializations are the same. `records`: newest first. */
export function decideColumnSchemaChange(records: readonly UpdateRecord[]): CheckDecision {
  const [latest, previous] = records.filter(({ type }) => type === 'materialization');
  if (!latest || !previous)
    return { passed: true, description: 'The asset has been materialized fewer than 2 times' };
  const after = columnTypes(latest.metadata);
  if (!after) return failed('Latest materialization has no column schema metadata');
  const before = columnTypes(previous.metadata);
  if (!before) return failed('Previous materialization has no column schema metadata');
  const added = [...after.keys()].filter((name) => !before.has(name));
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after].filter(([name, type]) => before.has(name) && before.get(name) !== type);
  if (added.length + removed.length + changed.length === 0)
    return {
      passed: true,
      description: 'No changes to column schema between previous and latest materialization',
    };
  const paragraphs = ['Column schema changed between previous and latest materialization.'];
  if (added.length > 0) paragraphs.push(`Added columns: ${added.join(', ')}`);
  if (removed.length > 0) paragraphs.push(`Removed columns: ${removed.join(', ')}`);
  if (changed.length > 0)
    paragraphs.push(
      [
        'Column type changes:',
        ...changed.map(([name, type]) => `- ${name}: ${before.get(name)} -> ${type}`),
      ].join('\n'),
    );
  return failed(paragraphs.join('\n\n'));
}

/** When an asset is fresh enough. */
export interface LastUpdateRule {
  readonly lowerBoundDeltaSeconds: number;
  /** The deadlines around now, seconds since the epoch; without them now is the deadline. */
  readonly deadline?: { readonly cron: string; readonly latest: number; readonly next: number };
  /** The zone of the deadlines. */
  readonly timezone: string;
}

const lastUpdatedKey = 'dagster/last_updated_timestamp';

/** The parameters of a freshness check as its metadata has them. */
export const freshnessParams = ({
  lowerBoundDeltaSeconds,
  deadline,
  timezone,
}: LastUpdateRule): MetadataValue =>
  MetadataValue.json({
    timezone,
    lower_bound_delta_seconds: lowerBoundDeltaSeconds,
    ...(deadline === undefined ? {} : { deadline_cron: deadline.cron }),
  });

/**
 * Whether the last update is no older than the deadline minus the rule's span. `records`: newest first; of each
 * type the first counts. An observation counts only when it says when the data was updated.
 */
export function decideLastUpdate(
  records: readonly UpdateRecord[],
  rule: LastUpdateRule,
  nowSeconds: number,
): CheckDecision {
  const latestOf = (type: UpdateRecord['type']) => records.find((record) => record.type === type);
  const updates = [latestOf('materialization'), latestOf('observation')].flatMap(
    (record) => (record && updateTime(record)) ?? [],
  );
  const updatedAt = updates.length === 0 ? undefined : Math.max(...updates);
  const lowerBound = (rule.deadline?.latest ?? nowSeconds) - rule.lowerBoundDeltaSeconds;
  const passed = updatedAt !== undefined && updatedAt >= lowerBound;
  const moments: Record<string, number | undefined> = {
    'dagster/freshness_lower_bound_timestamp': lowerBound,
    'dagster/latest_cron_tick_timestamp': rule.deadline?.latest,
    'dagster/fresh_until_timestamp': passed
      ? (rule.deadline?.next ?? updatedAt + rule.lowerBoundDeltaSeconds)
      : undefined,
    [lastUpdatedKey]: updatedAt,
  };
  const metadata: Record<string, MetadataValue> = { 'dagster/freshness_params': freshnessParams(rule) };
  for (const [name, moment] of Object.entries(moments))
    if (moment !== undefined) metadata[name] = MetadataValue.timestamp(moment);
  const allowed = secondsInWords(nowSeconds - lowerBound);
  const ago = updatedAt === undefined ? '' : secondsInWords(nowSeconds - updatedAt);
  const description =
    updatedAt === undefined
      ? 'Asset has never been observed/materialized.'
      : passed
        ? `Asset is currently fresh. The last update was ${ago} ago, within the allowed time range of ${allowed}.`
        : `Asset is overdue for an update. The last update was ${ago} ago, which is past the allowed distance of ${allowed} ago.`;
  return { passed, description, metadata };
}

function updateTime({ type, timestamp, metadata }: UpdateRecord): number | undefined {
  const said = Object.hasOwn(metadata, lastUpdatedKey) ? metadata[lastUpdatedKey]! : undefined;
  if (said && (said.type !== 'timestamp' || typeof said.value !== 'number'))
    throw new TypeError(`The metadata “${lastUpdatedKey}” is a timestamp; got ${said.type}.`);
  return (said?.value as number | undefined) ?? (type === 'materialization' ? timestamp : undefined);
}

function columnTypes(metadata: MetadataEntries): Map<string, string> | undefined {
  if (!Object.hasOwn(metadata, columnSchemaKey)) return undefined;
  const { type, value } = metadata[columnSchemaKey]!;
  const columns = isRecord(value) ? value.columns : undefined;
  if (type !== 'tableSchema' || !Array.isArray(columns))
    throw new TypeError(`The metadata “${columnSchemaKey}” is a table schema; got ${type}.`);
  return new Map(
    columns.filter(isRecord).map((column) => [String(column.name), String(column.type ?? 'string')]),
  );
}

const isRecord = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const failed = (description: string): CheckDecision => ({ passed: false, description });
