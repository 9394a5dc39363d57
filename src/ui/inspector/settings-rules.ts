// What the settings form accepts, and why not. The rules themselves are the model's: a change is tried on a
// document with this one asset and the model says what is wrong with it.

import { assetKeyProblem } from '#model/asset-key.ts';
import type { AssetChange } from '#model/commands/command.ts';
import { type Asset, emptyDocument, type Json, type RetryPolicyData } from '#model/document.ts';
import { validateDocument } from '#model/validate.ts';

/** Why a change of one field cannot stand, as a sentence; undefined when it can. */
export function changeProblem(asset: Asset, change: AssetChange): string | undefined {
  const fields = Object.entries(change).filter(([, value]) => value !== null && value !== undefined);
  const changed = { ...asset, ...Object.fromEntries(fields) } as Asset;
  const document = { ...emptyDocument('settings'), assets: new Map([[asset.id, changed]]) };
  for (const problem of validateDocument(document))
    if (problem.type === 'FieldInvalid' && problem.field in change) return sentence(problem.reason);
  return undefined;
}

const sentence = (text: string): string => {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?]$/.test(start) ? start : `${start}.`;
};

/** Each key must be one that an asset could have, and no asset waits for itself. */
export function depsProblem(asset: Asset, deps: readonly string[]): string | undefined {
  for (const key of deps) {
    if (key === asset.key) return 'An asset cannot wait for itself.';
    const problem = assetKeyProblem(key);
    if (problem !== undefined) return problem;
  }
  return changeProblem(asset, { deps });
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** Nothing, or a number within limits. */
export function parseNumber(
  text: string,
  { min, whole, what }: { readonly min: number; readonly whole: boolean; readonly what: string },
): Parsed<number | null> {
  if (text.trim() === '') return { ok: true, value: null };
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || (whole && !Number.isInteger(value)))
    return { ok: false, problem: `${what} is a ${whole ? 'whole ' : ''}number of at least ${min}.` };
  return { ok: true, value };
}

/** `name=value` entries as the model has them. */
export function parseTags(entries: readonly string[]): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const entry of entries) {
    const at = entry.indexOf('=');
    tags[(at < 0 ? entry : entry.slice(0, at)).trim()] = at < 0 ? '' : entry.slice(at + 1).trim();
  }
  return tags;
}

export const formatTags = (tags: Readonly<Record<string, string>> | undefined): string[] =>
  Object.entries(tags ?? {}).map(([name, value]) => (value === '' ? name : `${name}=${value}`));

/** A JSON object, or nothing. */
export function parseMetadata(text: string): Parsed<Readonly<Record<string, Json>> | null> {
  if (text.trim() === '') return { ok: true, value: null };
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { ok: false, problem: 'Metadata is a JSON object: { "name": value }.' };
    return { ok: true, value: value as Readonly<Record<string, Json>> };
  } catch (error) {
    return { ok: false, problem: `This is not JSON: ${error instanceof Error ? error.message : ''}.` };
  }
}

/** Any JSON value; null stands for nothing. */
export function parseJson(text: string): Parsed<Json> {
  if (text.trim() === '') return { ok: true, value: null };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, problem: `This is not JSON: ${error instanceof Error ? error.message : ''}.` };
  }
}

/** A policy without what has no meaning: no retries, no policy; no delay, no back-off and no jitter. */
export function tidyRetryPolicy(policy: {
  readonly maxRetries: number | null;
  readonly delay: number | null;
  readonly backoff: RetryPolicyData['backoff'] | null;
  readonly jitter: RetryPolicyData['jitter'] | null;
}): RetryPolicyData | null {
  if (policy.maxRetries === null) return null;
  const { delay, backoff, jitter } = policy;
  return {
    maxRetries: policy.maxRetries,
    ...(delay === null ? {} : { delay }),
    ...(delay === null || !backoff ? {} : { backoff }),
    ...(delay === null || !jitter ? {} : { jitter }),
  };
}
