// Assets and units that name other assets outside their inputs, under the new keys of those: in bodies, in what
// outputs are made from, and in checks.

import { sameRecord } from '../diff.ts';
import type { Asset, CheckSpecData, Unit } from '../document.ts';
import { bodyWithKeys } from './key-names.ts';

type Rename = (key: string) => string;

export const specsWithKeys = (specs: readonly CheckSpecData[], rename: Rename): readonly CheckSpecData[] =>
  specs.map((spec) => ({
    ...spec,
    ...(spec.asset === undefined ? {} : { asset: rename(spec.asset) }),
    ...(spec.additionalDeps === undefined ? {} : { additionalDeps: spec.additionalDeps.map(rename) }),
  }));

/** The asset itself when it names none of them. */
export function assetWithKeys<T extends Asset>(asset: T, rename: Rename): T {
  if (asset.kind !== 'asset' && asset.kind !== 'observable') return asset;
  const { body, checks } = asset;
  const after = {
    ...asset,
    body: bodyWithKeys(body, rename),
    ...(checks ? { checks: specsWithKeys(checks, rename) } : {}),
  };
  return after.body === body && sameRecord(after.checks, checks) ? asset : after;
}

/** The unit itself when it names none of them. */
export function unitWithKeys(unit: Unit, rename: Rename): Unit {
  const { checks } = unit;
  const checked = checks ? { ...unit, checks: specsWithKeys(checks, rename) } : unit;
  const after =
    checked.kind === 'graph'
      ? { ...checked, ops: checked.ops.map((op) => ({ ...op, body: bodyWithKeys(op.body, rename) })) }
      : {
          ...checked,
          body: bodyWithKeys(checked.body, rename),
          ...(checked.internalDeps
            ? {
                internalDeps: Object.fromEntries(
                  Object.entries(checked.internalDeps).map(([output, keys]) => [output, keys.map(rename)]),
                ),
              }
            : {}),
        };
  return sameRecord(after, unit) ? unit : after;
}
