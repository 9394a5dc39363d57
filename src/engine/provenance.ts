// What a body may know of the materialization before: `context.getAssetProvenance`.

import type { DataProvenance } from '#sdk/context.ts';
import { assetOutputs, type CodeStep } from './plan-types.ts';
import type { RunSpec } from './run-types.ts';

export function provenanceOf(
  step: CodeStep,
  { latestOf }: Pick<RunSpec, 'latestOf'>,
): Readonly<Record<string, DataProvenance>> {
  return Object.fromEntries(
    assetOutputs(step).flatMap(({ assetId, assetKey }) => {
      const latest = latestOf(assetId);
      if (!latest) return [];
      const { codeVersion, dataVersion, inputVersions, dataVersionIsUserProvided } = latest;
      const provenance: DataProvenance = {
        codeVersion,
        dataVersion,
        inputDataVersions: inputVersions,
        isUserProvided: dataVersionIsUserProvided,
      };
      return [[assetKey, provenance] as const];
    }),
  );
}
