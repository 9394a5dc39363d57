// What kinds of thing bodies give, and the error of the checks that keep a step from succeeding.

import type { MetadataEntries } from '#model/events.ts';
import { BodyRuleError } from './body-rule-error.ts';
import { AssetCheckResult, DynamicOutput, MaterializeResult, ObserveResult, Output } from './results.ts';

/** As Dagster 1.13 words it: one line per asset, its checks joined by commas. */
export function blockedError(
  failed: readonly { readonly name: string; readonly assetKey: string }[],
): BodyRuleError {
  const byAsset = new Map<string, string[]>();
  for (const { assetKey, name } of failed) byAsset.set(assetKey, [...(byAsset.get(assetKey) ?? []), name]);
  const lines = [...byAsset].map(([key, list]) => `${key}: ${list.join(',')}`);
  return new BodyRuleError(
    `${failed.length} blocking asset check${failed.length > 1 ? 's' : ''} failed with ERROR severity:\n${lines.join('\n')}`,
    'AssetCheckFailed',
  );
}

/** `added` overrides. */
export function mergeMetadata(
  own: MetadataEntries | undefined,
  added: MetadataEntries | undefined,
): MetadataEntries | undefined {
  return own && added ? { ...own, ...added } : (added ?? own);
}

/** What a body may yield, or return in an array. */
export const isEvent = (value: unknown): boolean =>
  value instanceof Output ||
  value instanceof DynamicOutput ||
  value instanceof MaterializeResult ||
  value instanceof ObserveResult ||
  value instanceof AssetCheckResult;

/** An object literal, or one without a prototype. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** "an array", "a number": for sentences. */
export function describeKind(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
