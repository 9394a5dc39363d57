// The checks that come with the SDK, as definitions: each looks back at what was recorded of its asset.

import {
  type BuiltInChecks,
  type ColumnSchemaChangeOptions,
  columnSchemaChangeChecks,
  type LastUpdateFreshnessOptions,
  lastUpdateFreshnessChecks,
  type MetadataBoundsOptions,
  metadataBoundsChecks,
} from './built-in-checks.ts';
import { type AssetChecksDefinition, assetCheck } from './check.ts';
import type { AssetContext, AssetHistory, AssetRecord } from './context.ts';
import { historyOf } from './create-context.ts';
import { AssetCheckResult } from './results.ts';

/**
 * Checks that a number in the metadata of each asset's latest materialization lies within bounds. Throws a TypeError
 * when no bound is set, or the lower one is above the upper one. Dagster: `build_metadata_bounds_checks`, whose
 * checks share one step; here each has its own.
 */
export const buildMetadataBoundsChecks = (options: MetadataBoundsOptions): readonly AssetChecksDefinition[] =>
  definitionsOf(metadataBoundsChecks(options));

/**
 * Checks that the columns of each asset, by its metadata `dagster/column_schema`, are the same in its two latest
 * materializations. Dagster: `build_column_schema_change_checks`.
 */
export const buildColumnSchemaChangeChecks = (
  options: ColumnSchemaChangeOptions,
): readonly AssetChecksDefinition[] => definitionsOf(columnSchemaChangeChecks(options));

/**
 * Checks that each asset was materialized lately, or observed with the metadata `dagster/last_updated_timestamp`.
 * Throws a TypeError for a wrong duration or cron expression, and a RangeError for an unknown zone. Dagster:
 * `build_last_update_freshness_checks`.
 */
export const buildLastUpdateFreshnessChecks = (
  options: LastUpdateFreshnessOptions,
): readonly AssetChecksDefinition[] => definitionsOf(lastUpdateFreshnessChecks(options));

function definitionsOf({ specs, severity, decide }: BuiltInChecks): readonly AssetChecksDefinition[] {
  return specs.map((spec) =>
    assetCheck(spec, async (_inputs: unknown, context: AssetContext) => {
      const history = historyOf(context);
      if (!history) throw new Error(`The check “${spec.name}” looks back, and nothing is remembered here.`);
      const records = await latestOf(history, spec.asset);
      // A body may ask the clock, and this is one.
      return new AssetCheckResult({ severity, ...decide(records, Date.now() / 1000) });
    }),
  );
}

const maxRecords = 1024;

// Two materializations and an observation are all that any of the checks asks for.
async function latestOf(history: AssetHistory, assetKey: string): Promise<readonly AssetRecord[]> {
  for (let limit = 16; ; limit *= 4) {
    const records = await history.records(assetKey, limit);
    const made = records.filter(({ type }) => type === 'materialization').length;
    const isEnough = made >= 2 && records.length > made;
    if (isEnough || records.length < limit || limit >= maxRecords) return records;
  }
}
