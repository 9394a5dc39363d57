// The checks that come with the SDK, as data: which checks of which assets there are, and what each decides from
// what was recorded. Making bodies of them is the business of check-factories.

import { type Cron, latestTick, nextTick, parseCron } from '#model/cron.ts';
import type { CheckSpecData, Json } from '#model/document.ts';
import { type CoercibleToAssetKey, keyTextOf } from './asset-spec.ts';
import {
  boundsText,
  type CheckDecision,
  decideColumnSchemaChange,
  decideLastUpdate,
  decideMetadataBounds,
  freshnessParams,
  type MetadataBounds,
  type UpdateRecord,
} from './check-decisions.ts';
import { type DurationLike, durationSeconds } from './duration.ts';

/** Several checks of one kind, one for each asset, that can be run apart. */
export interface BuiltInChecks {
  /** Names the step: letters, digits and "_". The same for the same checks of the same assets. */
  readonly name: string;
  readonly specs: readonly (CheckSpecData & { readonly asset: string })[];
  readonly severity: 'WARN' | 'ERROR';
  /** What it says of one asset. `records`: the two latest of each type at least, newest first. */
  decide(records: readonly UpdateRecord[], nowSeconds: number): CheckDecision;
}

interface CommonOptions {
  /** The assets to check; each once. */
  readonly assets: readonly CoercibleToAssetKey[];
  /** How bad a failure is. WARN by default. */
  readonly severity?: 'WARN' | 'ERROR';
}

/** The options of `buildMetadataBoundsChecks`. */
export interface MetadataBoundsOptions extends CommonOptions, MetadataBounds {}

/** Whether a number in the metadata lies within bounds. Throws a TypeError when no bound is set, or the lower one is above the upper one. */
export function metadataBoundsChecks({
  assets,
  severity = 'WARN',
  ...bounds
}: MetadataBoundsOptions): BuiltInChecks {
  const { metadataKey, minValue, maxValue } = bounds;
  if (minValue === undefined && maxValue === undefined)
    throw new TypeError('buildMetadataBoundsChecks takes a minValue, a maxValue, or both.');
  if (minValue !== undefined && maxValue !== undefined && minValue > maxValue)
    throw new TypeError('buildMetadataBoundsChecks: minValue is greater than maxValue.');
  const specs = keysOf('buildMetadataBoundsChecks', assets).map((asset) => ({
    name: `${metadataKey.replace(/[^A-Za-z0-9_]/g, '_')}_bounds_check`,
    asset,
    description: `Checks that the latest materialization has metadata value \`${metadataKey}\` ${boundsText(bounds)}`,
  }));
  return {
    name: nameOf('asset_check', specs),
    specs,
    severity,
    decide: (records) =>
      decideMetadataBounds(
        records.find(({ type }) => type === 'materialization'),
        bounds,
      ),
  };
}

/** The options of `buildColumnSchemaChangeChecks`. */
export interface ColumnSchemaChangeOptions extends CommonOptions {}

/** Whether the columns of an asset are what they were, by the metadata `dagster/column_schema`. */
export function columnSchemaChangeChecks({
  assets,
  severity = 'WARN',
}: ColumnSchemaChangeOptions): BuiltInChecks {
  const specs = keysOf('buildColumnSchemaChangeChecks', assets).map((asset) => ({
    name: 'column_schema_change',
    asset,
    description:
      'Checks whether there are changes to column schema between the asset’s two most recent materializations',
  }));
  return { name: nameOf('asset_check', specs), specs, severity, decide: decideColumnSchemaChange };
}

/** The options of `buildLastUpdateFreshnessChecks`. */
export interface LastUpdateFreshnessOptions extends CommonOptions {
  /** How long before the deadline the last update may lie. */
  readonly lowerBoundDelta: DurationLike;
  /** A cron expression whose last tick is the deadline; without it the deadline is the time of the check. */
  readonly deadlineCron?: string;
  /** The IANA zone of `deadlineCron`. UTC by default. */
  readonly timezone?: string;
  /** Whether a failure of severity ERROR keeps what reads the asset from running. False by default. */
  readonly blocking?: boolean;
}

/** Whether an asset was updated lately. Throws a TypeError for a wrong duration or cron expression, a RangeError for an unknown zone. */
export function lastUpdateFreshnessChecks({
  assets,
  severity = 'WARN',
  lowerBoundDelta,
  deadlineCron,
  timezone = 'UTC',
  blocking = false,
}: LastUpdateFreshnessOptions): BuiltInChecks {
  const lowerBoundDeltaSeconds = durationSeconds(lowerBoundDelta);
  const cron = deadlineCron === undefined ? undefined : cronOf(deadlineCron);
  const ruleAt = (nowSeconds: number) => ({
    lowerBoundDeltaSeconds,
    timezone,
    ...(cron === undefined
      ? {}
      : {
          deadline: {
            cron: cron.text,
            latest: latestTick(cron, nowSeconds, timezone),
            next: nextTick(cron, nowSeconds, timezone),
          },
        }),
  });
  const metadata: Record<string, Json> = { 'dagster/freshness_params': freshnessParams(ruleAt(0)).value };
  const specs = keysOf('buildLastUpdateFreshnessChecks', assets).map((asset) => ({
    name: 'freshness_check',
    asset,
    description: 'Evaluates freshness for targeted asset.',
    metadata,
    blocking,
  }));
  return {
    name: nameOf('freshness_check', specs),
    specs,
    severity,
    decide: (records, nowSeconds) => decideLastUpdate(records, ruleAt(nowSeconds), nowSeconds),
  };
}

function cronOf(text: string): Cron {
  const cron = parseCron(text);
  if (!cron.ok) throw new TypeError(`deadlineCron: ${cron.error}`);
  return cron.value;
}

function keysOf(factory: string, assets: readonly CoercibleToAssetKey[]): readonly string[] {
  const keys = assets.map(keyTextOf);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  if (twice !== undefined) throw new TypeError(`${factory}: “${twice}” is named twice.`);
  return keys;
}

// FNV-1a: short, and the same everywhere for the same checks.
function nameOf(prefix: string, specs: readonly { readonly name: string; readonly asset: string }[]): string {
  let hash = 0x811c9dc5;
  for (const char of specs
    .map(({ asset, name }) => `${asset}:${name}`)
    .sort()
    .join('\n'))
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return `${prefix}_${hash.toString(16).padStart(8, '0')}`;
}
