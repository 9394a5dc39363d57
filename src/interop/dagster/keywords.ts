// What several writers say alike: keys, retries, checks, and what an asset is in Dagster's words.

import { parseUserString } from '#model/asset-key.ts';
import type { Asset, CheckSpecData, RetryPolicyData } from '#model/document.ts';
import { Call, Dict, jsonPython, Name, type Python, StringSet } from './python.ts';

/** A key of one part is its text; Dagster would not split one with "/" in it. */
export const keyPython = (key: string): Python => {
  const [first, ...others] = parseUserString(key);
  return others.length === 0 ? (first ?? '') : parseUserString(key);
};

export const assetKeyPython = (key: string): Python => new Call('dg.AssetKey', {}, [parseUserString(key)]);

/** What every form of an asset says of it in Dagster's words. */
export const specKeywords = (asset: Asset): Record<string, Python | undefined> => ({
  description: asset.description,
  group_name: asset.group,
  tags: asset.tags && new Dict(Object.entries(asset.tags)),
  kinds: asset.kinds?.length ? new StringSet(asset.kinds) : undefined,
  owners: asset.owners?.length ? asset.owners : undefined,
  metadata: asset.metadata && jsonPython(asset.metadata),
  code_version: asset.codeVersion,
});

/** `retryPolicy` in Dagster's words. */
export function retryPython(policy: RetryPolicyData | undefined): Python | undefined {
  if (!policy) return undefined;
  return new Call('dg.RetryPolicy', {
    max_retries: policy.maxRetries,
    delay: policy.delay,
    backoff: policy.backoff && new Name(`dg.Backoff.${policy.backoff}`),
    jitter: policy.jitter && new Name(`dg.Jitter.${policy.jitter}`),
  });
}

/** `own` is the asset whose definition declares the check. */
export const checkSpecPython = (spec: CheckSpecData, own: string | undefined): Python =>
  new Call('dg.AssetCheckSpec', {
    name: spec.name,
    asset: keyPython(spec.asset ?? own ?? ''),
    description: spec.description,
    blocking: spec.blocking ? true : undefined,
    additional_deps: spec.additionalDeps?.length ? spec.additionalDeps.map(keyPython) : undefined,
    metadata: spec.metadata && jsonPython(spec.metadata),
  });
