// Checks with a body of their own: `@dg.asset_check`, and `@dg.multi_asset_check` for several at once.

import { checkInputs } from '#engine/check-inputs.ts';
import type { Asset, Check, CheckSpecData } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import { functionText, inputParameters, insPython, resourceKeywords, resourceSet } from './body-function.ts';
import { assetKeyPython, checkSpecPython, keyPython, retryPython } from './keywords.ts';
import { Call, jsonPython } from './python.ts';
import { resolvedKey } from './write-asset.ts';

export function writeCheck(check: Check, graph: AssetGraph, name: string): string {
  const reader = checkedAsset(check, graph);
  const inputs = inputParameters(
    checkInputs(check).map(({ name: input, key }) => ({
      name: input,
      key: reader ? resolvedKey(graph, key, reader) : key,
    })),
  );
  const resources = resourceKeywords(check);
  const [spec, ...others] = check.specs;
  const isOne = spec !== undefined && others.length === 0;
  const shared = {
    retry_policy: retryPython(check.retryPolicy),
    required_resource_keys: resourceSet(resources),
  };
  const decorator = isOne
    ? new Call('dg.asset_check', {
        name: spec.name,
        asset: keyPython(spec.asset ?? ''),
        description: spec.description,
        blocking: spec.blocking ? true : undefined,
        additional_ins: insPython(inputs.filter(({ key }) => key !== spec.asset)),
        additional_deps: spec.additionalDeps?.length ? spec.additionalDeps.map(assetKeyPython) : undefined,
        metadata: spec.metadata && jsonPython(spec.metadata),
        ...shared,
      })
    : new Call('dg.multi_asset_check', {
        name: check.name,
        specs: specsWith(check.specs, inputs).map((item) => checkSpecPython(item, undefined)),
        ins: insPython(inputs),
        can_subset: check.canSubset ? true : undefined,
        ...shared,
      });
  return functionText({
    name,
    decorator,
    holder: check,
    step: { check: check.name, asset: isOne ? spec.asset : undefined, timeout: check.timeoutSeconds },
    inputs,
    resources,
    context: 'dg.AssetCheckExecutionContext',
    runs: isOne ? 'return check_typescript' : 'yield from run_typescript',
  });
}

// Dagster loads for several checks at once only what one of them is about or depends on.
function specsWith(
  [first, ...others]: readonly CheckSpecData[],
  inputs: readonly { readonly key: string }[],
): readonly CheckSpecData[] {
  if (!first) return [];
  const known = new Set([first, ...others].flatMap((spec) => [spec.asset, ...(spec.additionalDeps ?? [])]));
  const more = new Set(inputs.flatMap(({ key }) => (known.has(key) ? [] : [key])));
  return [{ ...first, additionalDeps: [...(first.additionalDeps ?? []), ...more] }, ...others];
}

export function checkedAsset(check: Check, graph: AssetGraph): Asset | undefined {
  const key = check.specs[0]?.asset;
  const id = key === undefined ? undefined : graph.idByKey.get(key);
  return id === undefined ? undefined : graph.document.assets.get(id);
}
